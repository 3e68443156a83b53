/* The divisions: read, drawn, given their looks, and chosen by mouse, finger and keyboard. */

import { CANVAS_ABOVE, canvasColours, paintCanvas } from "./canvas.js";
import { laterSvg } from "./later_svg.js";
import { nameOf } from "./names.js";

/** @import { Feature, MultiPolygon, Polygon } from "geojson" */
/** @import { DivisionProperties, Divisions as Collection, MapState } from "./types.js" */
/** @import { Words } from "./tooltip.js" */
/** @typedef {L.Polygon & { feature: Feature<Polygon | MultiPolygon, DivisionProperties> }} DivisionLayer */

/**
 * @typedef {{
 *   onChoose: (slug: string) => void,
 *   onPoint: (slug: string, at: { x: number, y: number }) => void, // px in the window
 *   onLeave: () => void,
 * }} DivisionEvents
 */

// Published lines are drawn last, so that a line shared with a reconstructed division shows as
// what it is: published.
/** @type {Record<string, number>} */
const DRAWN_AT = { reconstructed: 0, unknown: 0, published: 1 };

/**
 * Where divisions are drawn, and what is said of them, that are not those of today.
 * @typedef {{
 *   shapes: string, // pane
 *   rings: string, // pane of what lies above them
 *   suffix: string, // of ids
 *   words: (slug: string, state: MapState) => Words,
 * }} Place
 */

export class Divisions {
  /**
   * @param {Collection} collection
   * @param {Place | null} [place]
   */
  constructor(collection, place = null) {
    this.place = place;
    const pane = place?.shapes ?? "divisions";
    this.rings = place?.rings ?? "rings";
    const features = [...collection.features].sort((a, b) => drawnAt(a) - drawnAt(b));
    /** @type {Map<string, DivisionLayer>} */
    this.layers = new Map();
    this.onCanvas = features.length > CANVAS_ABOVE;
    /** @type {import("./canvas.js").CanvasColours | null} */
    this.colours = null;
    /** @type {string | null} */
    this.marked = null;
    /** @type {Map<string, HTMLElement>} */
    this.descriptions = new Map(); // what screen readers hear of a division besides its name
    /** @type {L.GeoJSON[]} */
    this.chosenRings = [];
    /** @type {L.GeoJSON | null} */
    this.focusRing = null;
    /** @type {readonly string[]} */
    this.lit = []; // slugs
    /** @type {L.GeoJSON[]} */
    this.litShapes = []; // on a canvas, which no style sheet reaches
    /** @type {Map<string, string>} */
    this.patterned = new Map(); // what stands for a fill that is a picture there, by slug
    const options = {
      pane,
      renderer: this.onCanvas ? L.canvas({ pane }) : laterSvg(pane, 1),
      /** @param {any} feature */
      style: (feature) => ({ className: `division ${feature.properties.boundary_status}` }),
    };
    /** @type {L.LatLngBounds[]} */
    this.insets = (collection.insets ?? []).map(([west, south, east, north]) =>
      L.latLngBounds([south, west], [north, east]),
    );
    /** @type {(slug: string) => { note: string, more: string } | null} */
    this.wordsOf = () => null; // what a metric says of a division
    this.shapes = L.geoJSON(undefined, options);
    for (const feature of features) this.shapes.addData(feature);
    this.shapes.eachLayer((each) => {
      const layer = /** @type {DivisionLayer} */ (each);
      this.layers.set(layer.feature.properties.slug, layer);
    });
  }

  /** @param {string | null} slug */
  has(slug) {
    return slug !== null && this.layers.has(slug);
  }

  /** @param {string} slug */
  layer(slug) {
    const layer = this.layers.get(slug);
    if (!layer) throw new Error(`no division has the slug ${slug}`);
    return layer;
  }

  /** @param {string} slug */
  properties(slug) {
    return this.layer(slug).feature.properties;
  }

  /** What the map has to show: all divisions, and the frames of those that were moved. */
  bounds() {
    return this.insets.reduce((all, inset) => all.extend(inset), this.shapes.getBounds());
  }

  /** Which kinds of boundary there are. */
  statuses() {
    return new Set([...this.layers.keys()].map((slug) => this.properties(slug).boundary_status));
  }

  /**
   * Where the name of a division stands, or a mouse can press it.
   * @param {string} slug
   */
  pointOf(slug) {
    return labelPoint(this.layer(slug), this.properties(slug));
  }

  /**
   * @param {L.Map} map
   * @param {DivisionEvents} events
   */
  draw(map, { onChoose, onPoint, onLeave }) {
    for (const inset of this.place ? [] : this.insets) {
      L.rectangle(inset, { pane: "insets", interactive: false, className: "inset" }).addTo(map);
    }
    this.shapes.addTo(map);
    const slugOf = (/** @type {L.LeafletEvent} */ event) =>
      event.propagatedFrom.feature.properties.slug;
    this.shapes.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      onChoose(slugOf(event));
    });
    this.shapes.on("mouseover", (event) => {
      const { clientX, clientY } = event.originalEvent;
      onPoint(slugOf(event), { x: clientX, y: clientY });
    });
    this.shapes.on("mouseout", onLeave);
    if (this.onCanvas) return; // the list beside the map is the way of the keyboard
    for (const [slug, layer] of this.layers) {
      const path = elementOf(layer);
      if (path) this.#answerKeyboard(path, slug, map, { onChoose, onPoint, onLeave });
    }
  }

  /**
   * @param {SVGElement} path
   * @param {string} slug
   * @param {L.Map} map
   * @param {DivisionEvents} events
   */
  #answerKeyboard(path, slug, map, { onChoose, onPoint, onLeave }) {
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-pressed", "false");
    path.dataset.slug = slug;
    this.descriptions.set(slug, addDescription(`${slug}${this.place?.suffix ?? ""}`, map));
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onChoose(slug);
    });
    path.addEventListener("focus", () => {
      if (!path.matches(":focus-visible")) return;
      this.focusRing = this.#outline(slug, "focus-ring", map);
      const corner = map.getContainer().getBoundingClientRect();
      const { x, y } = map.latLngToContainerPoint(this.pointOf(slug));
      onPoint(slug, { x: corner.left + x, y: corner.top + y });
    });
    path.addEventListener("blur", () => {
      this.focusRing?.remove();
      onLeave();
    });
  }

  /**
   * Give all divisions the looks and names of a state.
   * @param {MapState} state
   */
  restyle(state) {
    if (this.onCanvas) {
      this.colours = canvasColours();
      this.patterned.clear();
      paintCanvas(this.layers, this.colours, state);
      return;
    }
    const faded = new Set(state.faded);
    for (const [slug, layer] of this.layers) {
      const path = elementOf(layer);
      const tone = state.tones[slug];
      path?.classList.toggle("story", Boolean(tone));
      path?.classList.toggle("faded", faded.has(slug));
      if (tone) path?.style.setProperty("--tone", tone);
    }
    this.name(state);
  }

  /**
   * Say of each division to those who hear the map what the others read.
   * @param {MapState} state
   */
  name(state) {
    if (this.onCanvas) return;
    for (const [slug, layer] of this.layers) {
      const { name, note, more } = this.wordsFor(slug, state);
      const words = [name, note, more].filter(Boolean).join(", ");
      elementOf(layer)?.setAttribute("aria-label", words);
    }
  }

  /**
   * Leave some divisions to the mouse alone, where the keyboard meets them elsewhere.
   * @param {(slug: string) => boolean} isElsewhere
   */
  leaveToMouse(isElsewhere) {
    for (const slug of this.descriptions.keys()) {
      const path = elementOf(this.layer(slug));
      path?.setAttribute("tabindex", isElsewhere(slug) ? "-1" : "0");
      if (isElsewhere(slug)) path?.setAttribute("aria-hidden", "true");
      else path?.removeAttribute("aria-hidden");
    }
  }

  /**
   * Say more of each division to those who hear the map.
   * @param {(slug: string) => string} words empty where there is nothing more to say
   */
  describe(words) {
    for (const [slug, element] of this.descriptions) {
      const said = words(slug);
      element.textContent = said;
      const path = elementOf(this.layer(slug));
      if (said) path?.setAttribute("aria-describedby", element.id);
      else path?.removeAttribute("aria-describedby");
    }
  }

  /** Whether the page's theme has other colours than those that the canvas was painted in. */
  isOutOfTheme() {
    if (!this.colours) return false;
    const { quiet, line } = canvasColours();
    return this.colours.quiet !== quiet || this.colours.line !== line;
  }

  /**
   * @param {string} slug
   * @param {MapState} state
   */
  wordsFor(slug, state) {
    if (this.place) return this.place.words(slug, state);
    const name = this.nameOf(slug, state);
    const said = this.wordsOf(slug);
    if (said) return { name, note: said.note, more: said.more };
    return { name, note: state.notes[slug] || state.text.no_story, more: "" };
  }

  /**
   * @param {string} slug
   * @param {MapState} state
   */
  nameOf(slug, state) {
    return nameOf(this.properties(slug), state);
  }

  /**
   * Mark a division as the chosen one.
   * @param {string | null} slug
   * @param {L.Map} map
   */
  mark(slug, map) {
    this.#press(this.marked, false);
    this.#press(slug, true);
    this.marked = slug;
    for (const ring of this.chosenRings) ring.remove();
    const rings = ["chosen-casing", "chosen-ring"]; // the first stands out from a dark class
    this.chosenRings = slug === null ? [] : rings.map((each) => this.#outline(slug, each, map));
  }

  /**
   * Let divisions stand out; the map's class `dimmed` lets all others stand back.
   * @param {readonly string[]} slugs
   * @param {L.Map} map
   */
  light(slugs, map) {
    for (const slug of this.lit) elementOf(this.layer(slug))?.classList.remove("lit");
    for (const slug of slugs) elementOf(this.layer(slug))?.classList.add("lit");
    this.lit = slugs;
    if (!this.onCanvas) return;
    for (const shape of this.litShapes) shape.remove();
    // Painting thousands anew takes longer than a picture may; the canvas as a whole stands back.
    this.litShapes = slugs.map((slug) => {
      const fillColor = this.patterned.get(slug) ?? this.layer(slug).options.fillColor;
      const style = { className: "lit-shape", fill: true, fillColor };
      const options = { pane: this.rings, interactive: false, style };
      return L.geoJSON(this.layer(slug).feature, options).addTo(map).bringToBack();
    });
  }

  /**
   * @param {string | null} slug
   * @param {boolean} on
   */
  #press(slug, on) {
    const path = slug === null ? null : elementOf(this.layer(slug));
    path?.classList.toggle("chosen", on);
    path?.setAttribute("aria-pressed", String(on));
  }

  /**
   * A second path above the others: raising the path itself would take the focus from it.
   * @param {string} slug
   * @param {string} className
   * @param {L.Map} map
   */
  #outline(slug, className, map) {
    const style = { className, fill: false };
    const options = { pane: this.rings, interactive: false, style };
    return L.geoJSON(this.layer(slug).feature, options).addTo(map);
  }
}

/** @param {Feature<Polygon | MultiPolygon, DivisionProperties>} feature */
function drawnAt({ properties }) {
  return DRAWN_AT[properties.boundary_status ?? ""] ?? 0;
}

/**
 * @param {string} name of its id
 * @param {L.Map} map
 */
function addDescription(name, map) {
  const element = L.DomUtil.create("span", "description", map.getContainer());
  element.id = `about-${name}`;
  element.hidden = true; // heard with the division alone
  return element;
}

/**
 * The path of a layer; none on a canvas.
 * @param {L.Polygon} layer
 */
export function elementOf(layer) {
  return /** @type {SVGElement | undefined} */ (layer.getElement());
}

/**
 * @param {L.Polygon} layer
 * @param {{ readonly label_point?: unknown }} properties
 */
export function labelPoint(layer, { label_point: point }) {
  return Array.isArray(point) && point.every(Number.isFinite)
    ? L.latLng(point[1], point[0])
    : layer.getBounds().getCenter();
}
