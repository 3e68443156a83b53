/* The names of divisions and neighbours on the map. The divisions carry their names for screen
 * readers themselves, so labels are hidden from those.
 */

import { placeLabels } from "./label_placement.js";
import { nameOf, shortName } from "./names.js";

/** @import { MapState, Properties } from "./types.js" */

const NARROW = 480; // px; a map less wide shows short names alone

/**
 * @typedef {{
 *   slug: string | null, // none for a neighbour
 *   properties: Properties,
 *   marker: L.Marker,
 *   element: HTMLElement,
 * }} Label
 */

export class Labels {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** @type {Label[]} */
    this.labels = [];
    /** @type {readonly string[]} */
    this.lit = []; // slugs of the divisions that stand out
    /** @type {Map<string, L.Point>} look and name of a label -> its size in px */
    this.sizes = new Map();
  }

  /**
   * @param {string | null} slug none for a neighbour
   * @param {Properties} properties
   * @param {L.LatLng} at
   */
  add(slug, properties, at) {
    const className = slug === null ? "label context" : "label";
    this.labels.push({ slug, properties, ...addText(this.map, at, className, "marks") });
  }

  /**
   * Label these divisions and no others.
   * @param {ReadonlySet<string>} slugs
   * @param {(slug: string) => void} add
   */
  keepOnly(slugs, add) {
    const named = new Set(this.labels.map((label) => label.slug));
    for (const slug of slugs) if (!named.has(slug)) add(slug);
    this.labels = this.labels.filter((label) => {
      const stays = label.slug === null || slugs.has(label.slug);
      if (!stays) label.marker.remove();
      return stays;
    });
  }

  /**
   * @param {MapState} state
   * @param {string | null} chosen
   */
  restyle({ tones, faded }, chosen) {
    for (const { slug, element } of this.labels) {
      if (slug === null) continue;
      element.classList.toggle("story", Boolean(tones[slug]));
      element.classList.toggle("faded", faded.includes(slug));
    }
    this.mark(chosen);
    this.light(this.lit);
  }

  /**
   * Let the names of divisions stand out.
   * @param {readonly string[]} slugs
   */
  light(slugs) {
    this.lit = slugs;
    for (const { slug, element } of this.labels) {
      element.classList.toggle("lit", slug !== null && slugs.includes(slug));
    }
  }

  /** @param {string | null} chosen */
  mark(chosen) {
    for (const { slug, element } of this.labels) {
      element.classList.toggle("chosen", slug !== null && slug === chosen);
    }
  }

  /**
   * Find each label a place: the chosen first, then those that stand out, stories, the rest, the neighbours. One that
   * would lie on another is moved a little, then shortened, and hidden if that does not help.
   * @param {MapState} state
   * @param {string | null} chosen
   */
  arrange(state, chosen) {
    const isNarrow = this.map.getSize().x < NARROW;
    const weight = (/** @type {Label} */ label) => weightOf(label, state, chosen, this.lit);
    const wanted = [...this.labels]
      .sort((a, b) => weight(b) - weight(a))
      .map((label) => ({
        label,
        at: this.map.latLngToContainerPoint(label.marker.getLatLng()),
        names: namesFor(label, state, isNarrow),
      }));
    const places = placeLabels(wanted, (label, name) => this.#sizeOf(label, name));
    for (const [i, { label }] of wanted.entries()) {
      const place = places[i];
      label.element.hidden = !place;
      if (!place) continue;
      label.element.style.translate = `${place.x}px ${place.y}px`;
      write(label, place.name);
    }
  }

  /**
   * How large a name is in a label of this look; measuring is slow, so it is done once.
   * @param {Label} label
   * @param {string} name
   */
  #sizeOf(label, name) {
    const { element } = label;
    const key = `${element.parentElement?.className} ${element.className} ${name}`;
    const known = this.sizes.get(key);
    if (known) return known;
    element.hidden = false;
    write(label, name);
    const size = L.point(element.offsetWidth, element.offsetHeight);
    this.sizes.set(key, size);
    return size;
  }
}

/**
 * Put text on the map that only eyes shall meet.
 * @param {L.Map} map
 * @param {L.LatLngExpression} at
 * @param {string} className
 * @param {string} pane
 */
export function addText(map, at, className, pane) {
  const element = document.createElement("span");
  const icon = L.divIcon({ className, html: element, iconSize: undefined });
  const marker = L.marker(at, { icon, pane, interactive: false, keyboard: false }).addTo(map);
  marker.getElement()?.setAttribute("aria-hidden", "true");
  return { marker, element };
}

/**
 * @param {Label} label
 * @param {MapState} state
 * @param {string | null} chosen
 * @param {readonly string[]} lit
 */
function weightOf({ slug }, { tones }, chosen, lit) {
  if (slug === null) return 0;
  if (slug === chosen) return 4;
  if (lit.includes(slug)) return 3;
  return tones[slug] ? 2 : 1;
}

/**
 * @param {Label} label
 * @param {MapState} state
 * @param {boolean} isNarrow
 */
function namesFor({ slug, properties }, state, isNarrow) {
  const name = nameOf(properties, state);
  if (slug === null) return [name];
  const short = shortName(name, state.kinds);
  return isNarrow ? [short] : [name, short];
}

/**
 * @param {Label} label
 * @param {string} name
 */
function write({ element }, name) {
  if (element.textContent !== name) element.textContent = name;
}
