/* Land that changed hands: hatched, so that any colour below is seen, and named under the mouse.
 *
 * The list beside the map says the same to everybody else.
 */

import { loadIfItCan } from "./loading.js";
import { nameOf } from "./names.js";

/** @import { Divisions } from "./divisions.js" */
/** @import { DatesHost, DivisionSet } from "./dates.js" */
/** @import { LandChanges as Collection, MapState } from "./types.js" */
/** @typedef {Collection["features"][number]} LandChange */

const PANE = "changes";
const HATCH = "changed-land"; // id of the pattern
const SVG = "http://www.w3.org/2000/svg";
/** @type {Collection} */
const NOTHING = { type: "FeatureCollection", features: [] };

export class LandChanges {
  /**
   * @param {L.Map} map
   * @param {string | null} address of the file
   * @param {Pick<DatesHost, "onWords" | "events">} host
   */
  constructor(map, address, host) {
    this.map = map;
    this.address = address;
    this.host = host;
    this.collection = NOTHING;
    /** @type {Promise<void> | null} */
    this.loading = null;
    /** @type {L.GeoJSON | null} */
    this.layer = null;
    /** @type {MapState | null} */
    this.state = null;
    /** @type {readonly Divisions[]} in which names are looked up */
    this.named = [];
  }

  /** Fetch the file, once. */
  load() {
    this.loading ??= loadIfItCan(this.address).then((collection) => {
      this.collection = collection ?? NOTHING;
    });
    return this.loading;
  }

  /**
   * @param {MapState} state
   * @param {Divisions} today
   * @param {readonly DivisionSet[]} visible
   */
  translate(state, today, visible) {
    this.state = state;
    this.named = [...visible.map(({ divisions }) => divisions), today];
  }

  /** @param {readonly LandChange[]} features */
  show(features) {
    this.layer?.remove();
    this.layer = null;
    if (features.length === 0) return;
    addPattern();
    const { map, host } = this;
    this.layer = L.geoJSON(/** @type {Collection} */ ({ ...NOTHING, features: [...features] }), {
      pane: PANE,
      style: { className: "changed-land", fillColor: `url(#${HATCH})`, fillOpacity: 1 },
      bubblingMouseEvents: false,
    }).addTo(map);
    const changeOf = (/** @type {L.LeafletEvent} */ event) => event.propagatedFrom.feature;
    this.layer.on("mouseover", (event) => {
      const { clientX, clientY } = event.originalEvent;
      const words = this.#wordsFor(changeOf(event));
      if (words) host.onWords(words, { x: clientX, y: clientY });
    });
    this.layer.on("mouseout", host.events.onLeave);
    this.layer.on("click", (event) => host.events.onChoose(changeOf(event).properties.to_slug));
  }

  /** Where land that is shown lies. */
  get bounds() {
    return this.layer?.getBounds() ?? null;
  }

  /** @param {LandChange} change */
  #wordsFor({ properties }) {
    const { state } = this;
    if (!state) return null;
    const area = new Intl.NumberFormat(state.lang, { maximumFractionDigits: 1 });
    const name = new Intl.ListFormat(state.lang, { type: "unit" }).format(
      villagesOf(properties, state),
    );
    const note = state.text.dates_moved
      .replace("{old}", this.#name(properties.from_slug, state))
      .replace("{new}", this.#name(properties.to_slug, state))
      .replace("{area}", area.format(properties.area_km2));
    return { name: name || state.text.hatched, note };
  }

  /**
   * @param {string} slug
   * @param {MapState} state
   */
  #name(slug, state) {
    const known = this.named.find((divisions) => divisions.has(slug));
    return known ? nameOf(known.properties(slug), state) : slug;
  }
}

/**
 * Names of the villages on a piece of land, in the first language that has them.
 * @param {LandChange["properties"]} properties
 * @param {Pick<MapState, "lang" | "order">} state
 * @returns {string[]}
 */
export function villagesOf(properties, { lang, order }) {
  const keys = [lang, ...order].map((tag) => `villages_${tag.replaceAll("-", "_")}`);
  const found = [...keys, "villages"].map((key) => properties[key]).find(Array.isArray);
  return (found ?? []).map(String);
}

/** The page has one pattern, which paths refer to by its id; the style sheet colours it. */
function addPattern() {
  if (document.getElementById(HATCH)) return;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "patterns");
  svg.setAttribute("aria-hidden", "true");
  const pattern = document.createElementNS(SVG, "pattern");
  const size = { width: "8", height: "8", patternUnits: "userSpaceOnUse" };
  for (const [key, value] of Object.entries({ id: HATCH, ...size })) {
    pattern.setAttribute(key, value);
  }
  pattern.setAttribute("patternTransform", "rotate(45)");
  for (const [name, x] of [
    ["paper", "2"],
    ["ink", "2"],
  ]) {
    const line = document.createElementNS(SVG, "line");
    line.setAttribute("class", name);
    for (const [key, value] of Object.entries({ x1: x, x2: x, y1: "0", y2: "8" })) {
      line.setAttribute(key, value);
    }
    pattern.append(line);
  }
  svg.append(pattern);
  document.body.append(svg);
}
