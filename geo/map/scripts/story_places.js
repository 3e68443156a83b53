/* The places that the stories name: points as buttons, clustered where they are dense.
 *
 * A place whose point is not known is never drawn: its division says that it has it, and the line
 * below the map names it once it is chosen.
 */

import { loadIfItCan } from "./loading.js";
import { nameOf } from "./names.js";
import { keyOf, keyOfPlace, PlaceClusters } from "./place_clusters.js";

/** @import { MapState, StoryPlace, StoryPlaces as Collection } from "./types.js" */
/** @import { Cluster, PointPlace, Single } from "./place_clusters.js" */
/** @import { Words } from "./tooltip.js" */

/**
 * @typedef {{
 *   onChoose: (town: string, place: string) => void,
 *   onPoint: (words: Words, at: { x: number, y: number }) => void, // px in the window
 *   onLeave: () => void,
 *   onLoad: () => void, // places came, or were let go
 * }} PlaceEvents
 * @typedef {{ marker: L.Marker, button: HTMLButtonElement, disc: L.Circle | null }} Pin
 */

const PANE = "storyPlaces";
const DISCS = "discs";
const MARGIN = 0.25; // of the map around what is seen; what lies there is drawn already
const NEAR = 13; // zoom from which a place that is looked for is shown
const CARD_GAP = 14; // px from the map's edge, and the legend, to the line about the chosen place
const SEEN = { pin: 13, chosen: 27, cluster: 28 }; // px of a pin, larger as a button; no name lies on it
const NAMED = 3; // places without a point that a division's tooltip names

export class StoryPlaces {
  /**
   * @param {L.Map} map
   * @param {PlaceEvents} events
   */
  constructor(map, events) {
    this.map = map;
    this.events = events;
    /** @type {string | null} */
    this.address = null;
    /** @type {Map<string, StoryPlace>} */
    this.places = new Map();
    /** @type {PlaceClusters | null} */
    this.clusters = null;
    /** @type {Map<string, Pin>} */
    this.pins = new Map();
    /** @type {MapState | null} */
    this.state = null;
    /** @type {string | null} */
    this.chosen = null; // key
    /** @type {string[] | null} */
    this.opened = null; // keys of the places whose cluster a reader has opened
    const container = map.getContainer();
    this.card = L.DomUtil.create("p", "place-card", container);
    this.card.hidden = true;
    this.list = L.DomUtil.create("ul", "place-choices", container);
    this.list.hidden = true;
    L.DomEvent.disableClickPropagation(this.list);
    L.DomEvent.disableScrollPropagation(this.list);
    this.list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#closeList();
    });
    map.on("click movestart", () => this.#closeList());
    map.on("moveend resize", () => this.#draw()); // each zoom ends with a move
    map.on("resize", () => this.#standAboveLegend());
  }

  /** @param {MapState} state */
  show(state) {
    this.state = state;
    if (state.places !== this.address) this.#load(state.places);
    else this.#restyle();
  }

  /** @param {string | null} address */
  async #load(address) {
    this.address = address;
    /** @type {Collection | null} */
    const collection = await loadIfItCan(address);
    if (address !== this.address) return; // others are on their way
    const places = collection?.features ?? [];
    this.places = new Map(places.map((each) => [keyOfPlace(each), each]));
    this.clusters = new PlaceClusters(places, this.map.getMaxZoom());
    for (const key of [...this.pins.keys()]) this.#remove(key);
    this.#draw();
    this.events.onLoad();
  }

  /**
   * Mark a place as the chosen one.
   * @param {string | null} town slug
   * @param {string | null} place id
   */
  mark(town, place) {
    this.chosen = town === null || place === null ? null : keyOf(town, place);
    this.#draw();
    const chosen = this.#chosenPlace();
    this.card.hidden = !chosen;
    if (chosen) {
      const { name, note } = this.#wordsFor(chosen);
      this.card.replaceChildren(textElement("strong", name), textElement("span", note));
      this.#standAboveLegend();
    }
  }

  #standAboveLegend() {
    /** @type {HTMLElement | null} */
    const legend = this.map.getContainer().querySelector(".legend");
    this.card.style.bottom = `${(legend?.offsetHeight ?? 0) + CARD_GAP}px`;
  }

  #chosenPlace() {
    return this.chosen === null ? undefined : this.places.get(this.chosen);
  }

  /**
   * Where the chosen place is to be looked at: its point and what is around it; nothing where its
   * point is not known.
   * @returns {{ bounds: L.LatLngBounds, zoom: number } | null}
   */
  target() {
    const place = this.#chosenPlace();
    if (!place?.geometry) return null;
    const at = pointOf(place.geometry.coordinates);
    const metres = place.properties.within_m ?? 0;
    return { bounds: at.toBounds(Math.max(2 * metres, 1)), zoom: NEAR };
  }

  /** Whether the chosen place is somewhere in its division, and nobody says where. */
  get isInDivision() {
    return this.#chosenPlace()?.properties.known === "division";
  }

  /**
   * Names the places of a division whose points are not known.
   * @param {string} slug
   * @param {number} [most] that are named; the others are counted
   */
  unlocatedIn(slug, most = NAMED) {
    const { state } = this;
    if (!state) return "";
    const here = [...this.places.values()].filter(
      ({ properties: { town, known } }) => town === slug && known === "division",
    );
    if (here.length === 0) return "";
    const names = here.slice(0, most).map((each) => nameOf(each.properties, state));
    const left = here.length - names.length;
    if (left > 0) names.push(state.text.more_places.replace("{n}", numberIn(state.lang, left)));
    const list = new Intl.ListFormat(state.lang, { type: "unit" }).format(names);
    return state.text.here_unstated.replace("{names}", list);
  }

  #draw() {
    const { clusters, map } = this;
    if (!clusters) return;
    const bounds = map.getBounds().pad(MARGIN);
    const wanted = clusters.within(
      [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      map.getZoom(),
    );
    const chosen = this.#chosenPlace();
    if (chosen?.geometry && !wanted.some(({ key }) => key === this.chosen)) {
      wanted.push(singleOf(/** @type {PointPlace} */ (chosen))); // its cluster stays as it is
    }
    const keys = new Set(wanted.map(({ key }) => key));
    const focused = [...this.pins].find(([, { button }]) => button === document.activeElement);
    for (const key of [...this.pins.keys()]) if (!keys.has(key)) this.#remove(key);
    for (const each of wanted) if (!this.pins.has(each.key)) this.#add(each);
    this.#restyle();
    if (focused && !keys.has(focused[0])) this.#keepFocus(keys);
  }

  /**
   * The pin that had the focus is gone: go on at the first place of the cluster that was opened.
   * @param {Set<string>} keys
   */
  #keepFocus(keys) {
    const next = this.opened?.find((key) => keys.has(key)) ?? [...keys][0];
    const button = next === undefined ? undefined : this.pins.get(next)?.button;
    (button ?? this.map.getContainer()).focus({ preventScroll: true });
    this.opened = null;
  }

  /** @param {Single | Cluster} each */
  #add(each) {
    const button = document.createElement("button");
    button.type = "button";
    const icon = L.divIcon({ className: "story-place", html: button, iconSize: undefined });
    const options = { icon, pane: PANE, interactive: false, keyboard: false };
    const marker = L.marker([each.lat, each.lon], options).addTo(this.map);
    L.DomEvent.disableClickPropagation(button);
    /** @type {L.Circle | null} */
    let disc = null;
    if ("place" in each) {
      const { town, place, within_m: radius, known } = each.place.properties;
      button.dataset.place = each.key;
      button.classList.add("pin", known);
      button.addEventListener("click", () => this.events.onChoose(town, place));
      this.#offerTooltip(button, () => this.#wordsFor(each.place));
      if (radius) {
        const look = { pane: DISCS, interactive: false, className: "place-disc" };
        disc = L.circle([each.lat, each.lon], { radius, ...look }).addTo(this.map);
      }
    } else {
      button.dataset.cluster = String(each.count);
      button.classList.add("cluster");
      button.addEventListener("click", () => this.#open(each));
    }
    this.pins.set(each.key, { marker, button, disc });
  }

  /**
   * @param {HTMLElement} button
   * @param {() => Words} words
   */
  #offerTooltip(button, words) {
    const { onPoint, onLeave } = this.events;
    button.addEventListener("mouseenter", ({ clientX: x, clientY: y }) =>
      onPoint(words(), { x, y }),
    );
    button.addEventListener("mouseleave", onLeave);
    button.addEventListener("focus", () => {
      if (!button.matches(":focus-visible")) return;
      const { left, top, width, height } = button.getBoundingClientRect();
      onPoint(words(), { x: left + width / 2, y: top + height / 2 });
    });
    button.addEventListener("blur", onLeave);
  }

  /** @param {string} key */
  #remove(key) {
    const pin = this.pins.get(key);
    if (pin?.button.matches(":hover, :focus")) this.events.onLeave();
    pin?.marker.remove();
    pin?.disc?.remove();
    this.pins.delete(key);
  }

  /** Give all pins the names and looks of the state. */
  #restyle() {
    const { state } = this;
    if (!state) return;
    for (const [key, { button, marker }] of this.pins) {
      const place = this.places.get(key);
      if (!place) {
        const number = numberIn(state.lang, Number(button.dataset.cluster));
        button.textContent = number;
        button.dataset.keepFree = String(SEEN.cluster);
        button.setAttribute("aria-label", state.text.cluster.replace("{n}", number));
        continue;
      }
      const { name, note } = this.#wordsFor(place);
      button.setAttribute("aria-label", `${name}, ${note}`);
      button.setAttribute("aria-pressed", String(key === this.chosen));
      button.dataset.keepFree = String(key === this.chosen ? SEEN.chosen : SEEN.pin);
      button.classList.toggle("faded", state.faded.includes(place.properties.town));
      marker.setZIndexOffset(key === this.chosen ? 1000 : 0);
    }
  }

  /**
   * @param {StoryPlace} place
   * @returns {Words}
   */
  #wordsFor({ properties }) {
    const state = /** @type {MapState} */ (this.state);
    return { name: nameOf(properties, state), note: noteOf(properties, state) };
  }

  /**
   * Look closer at a cluster; where all of it lies at one spot, list what is there.
   * @param {Cluster} cluster
   */
  #open({ cluster, lat, lon }) {
    const { clusters, map } = this;
    if (!clusters) return;
    const places = clusters.placesOf(cluster);
    const zoom = clusters.opensAt(cluster);
    if (zoom === null) {
      this.#list(places);
      return;
    }
    this.opened = places.map(keyOfPlace);
    map.setView([lat, lon], Math.max(zoom, map.getZoom()));
  }

  /** @param {PointPlace[]} places */
  #list(places) {
    const state = /** @type {MapState} */ (this.state);
    this.list.setAttribute("aria-label", state.text.cluster_list);
    this.list.replaceChildren(
      ...places.map((place) => {
        const button = textElement("button", nameOf(place.properties, state));
        button.addEventListener("click", () => {
          this.#closeList();
          this.events.onChoose(place.properties.town, place.properties.place);
        });
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    this.list.hidden = false;
    this.list.querySelector("button")?.focus({ preventScroll: true });
  }

  #closeList() {
    if (this.list.hidden) return;
    const hadFocus = this.list.contains(document.activeElement);
    this.list.hidden = true;
    if (hadFocus) this.map.getContainer().focus({ preventScroll: true });
  }
}

/** @param {number[]} coordinates */
const pointOf = ([lon, lat]) => L.latLng(lat, lon);

/**
 * @param {PointPlace} place
 * @returns {Single}
 */
function singleOf(place) {
  const [lon, lat] = place.geometry.coordinates;
  return { key: keyOfPlace(place), lon, lat, place };
}

/**
 * @param {StoryPlace["properties"]} properties
 * @param {MapState} state
 */
function noteOf(properties, { lang, order }) {
  const tag = [lang, ...order].find((each) => properties[`note_${each}`]);
  return tag ? String(properties[`note_${tag}`]) : "";
}

/**
 * @param {string} lang
 * @param {number} number
 */
const numberIn = (lang, number) => new Intl.NumberFormat(lang).format(number);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} text
 */
function textElement(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
