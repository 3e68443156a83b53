/* Land that changed hands: hatched, so that any colour below is seen, and named under the mouse.
 *
 * The list beside the map says the same to everybody else.
 */

import { loadIfItCan } from "./loading.js";
import { nameOf } from "./names.js";

/** @import { Divisions } from "./divisions.js" */
/** @import { DatesHost, DivisionSet } from "./dates.js" */
/** @import { LandChanges as Collection, MapSettings, MapState } from "./types.js" */
/** @import { Places, Properties } from "./types.js" */
/** @typedef {Collection["features"][number]} LandChange */

const PANE = "changes";
const HATCH = "changed-land"; // id of the pattern
const SVG = "http://www.w3.org/2000/svg";
/** @type {Collection} */
const NOTHING = { type: "FeatureCollection", features: [] };

export class LandChanges {
  /**
   * @param {L.Map} map
   * @param {Pick<MapSettings, "changes" | "places">} settings
   * @param {Pick<DatesHost, "onWords" | "events" | "lines">} host
   */
  constructor(map, settings, host) {
    this.map = map;
    this.settings = settings;
    this.host = host;
    this.key = L.DomUtil.create("span", "changed", host.lines); // what the hatching means
    this.key.hidden = true;
    this.collection = NOTHING;
    /** @type {Map<unknown, Properties>} */
    this.villages = new Map(); // by code
    /** @type {Promise<void> | null} */
    this.loading = null;
    /** @type {readonly LandChange[]} */
    this.shown = [];
    /** @type {L.GeoJSON | null} */
    this.layer = null;
    /** @type {MapState | null} */
    this.state = null;
    /** @type {readonly Divisions[]} in which names are looked up */
    this.named = [];
  }

  /** Fetch the file, and the villages' names, once. */
  load() {
    this.loading ??= this.#load();
    return this.loading;
  }

  async #load() {
    const { changes, places } = this.settings;
    const [collection, villages] = await Promise.all([changes, places].map(loadIfItCan));
    this.collection = collection ?? NOTHING;
    const features = /** @type {Places["features"]} */ (villages?.features ?? []);
    this.villages = new Map(features.map(({ properties }) => [properties.code, properties]));
  }

  /**
   * @param {MapState} state
   * @param {Divisions} today
   * @param {readonly DivisionSet[]} visible
   */
  translate(state, today, visible) {
    this.state = state;
    this.key.textContent = state.text.hatched ?? "";
    this.named = [...visible.map(({ divisions }) => divisions), today];
  }

  /** @param {readonly LandChange[]} features */
  show(features) {
    this.layer?.remove();
    this.layer = null;
    this.shown = features;
    this.key.hidden = features.length === 0;
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

  /** Where most of the land lies that is shown: that of the division which gained most. */
  get middle() {
    const gained = mostGained(this.shown);
    const land = /** @type {Collection} */ ({ ...NOTHING, features: gained });
    return gained.length > 0 ? L.geoJSON(land).getBounds() : null;
  }

  /** @param {LandChange} change */
  #wordsFor({ properties }) {
    const { state } = this;
    if (!state) return null;
    const area = new Intl.NumberFormat(state.lang, { maximumFractionDigits: 1 });
    const name = new Intl.ListFormat(state.lang, { type: "unit" }).format(
      villagesOf(properties, this.villages, state),
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
 * Names of the villages on a piece of land: from the file with the villages, else as they stand
 * with the land.
 * @param {LandChange["properties"]} properties
 * @param {ReadonlyMap<unknown, Properties>} villages by code
 * @param {Pick<MapState, "lang" | "order">} state
 * @returns {string[]}
 */
export function villagesOf({ villages: names, village_codes: codes }, villages, state) {
  const known = listed(codes).map((code) => villages.get(code));
  if (known.length > 0 && known.every(Boolean)) {
    return known.map((each) => nameOf(/** @type {Properties} */ (each), state));
  }
  return listed(names).map(String);
}

/**
 * The land that went to the division which gained most.
 * @param {readonly LandChange[]} features
 * @returns {LandChange[]}
 */
export function mostGained(features) {
  /** @type {Map<string, LandChange[]>} */
  const gained = new Map();
  for (const each of features) {
    const { to_slug: slug } = each.properties;
    gained.set(slug, [...(gained.get(slug) ?? []), each]);
  }
  const area = (/** @type {LandChange[]} */ group) =>
    group.reduce((sum, { properties }) => sum + (properties.area_km2 || 0), 0);
  return [...gained.values()].sort((a, b) => area(b) - area(a))[0] ?? [];
}

/** @param {unknown} value */
const listed = (value) => (Array.isArray(value) ? value : []);

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
