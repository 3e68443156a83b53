/* The dates to choose from, in the map's legend: folded away under a button until somebody asks. */

import { LATEST } from "./boundary_dates.js";

/** @import { DateWords, MapState, ShownDates } from "./types.js" */

const NARROW = 480; // px; a map less wide has the short words

export class DateBar {
  /**
   * @param {L.Map} map
   * @param {HTMLElement} legend
   * @param {{
   *   onDates: (shown: ShownDates) => void,
   *   onFold: () => void, // it takes other room
   *   firstComparison: () => Promise<ShownDates>,
   * }} events
   */
  constructor(map, legend, events) {
    this.map = map;
    this.events = events;
    /** @type {readonly DateWords[]} */
    this.dates = [];
    /** @type {ShownDates} */
    this.asked = LATEST; // by the reader
    /** @type {ShownDates} */
    this.shown = LATEST; // by the map, whoever asked for it
    this.button = button(map.getContainer(), "dates-toggle", () => this.#toggle());
    this.button.append(clockIcon());
    this.name = L.DomUtil.create("span", "", this.button);
    this.button.hidden = true;
    this.bar = L.DomUtil.create("div", "date-bar");
    this.bar.setAttribute("role", "group");
    this.bar.hidden = true;
    legend.prepend(this.bar);
    L.DomEvent.disableClickPropagation(this.bar);
    const row = L.DomUtil.create("div", "row", this.bar);
    this.slider = L.DomUtil.create("input", "", row);
    Object.assign(this.slider, { type: "range", min: "0", step: "1" });
    this.slider.setAttribute("list", "boundary-dates");
    this.ticks = L.DomUtil.create("datalist", "", row);
    this.ticks.id = "boundary-dates";
    this.date = L.DomUtil.create("span", "date", row);
    this.date.setAttribute("aria-hidden", "true"); // the slider says it
    this.compare = button(row, "compare-dates", () => this.#toggleComparison());
    this.close = button(row, "close", () => this.#fold());
    this.close.textContent = "×";
    this.note = L.DomUtil.create("p", "note", this.bar);
    this.note.setAttribute("role", "status");
    this.slider.addEventListener("input", () => this.#choose(Number(this.slider.value)));
    this.slider.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") event.stopPropagation(); // the map would move
    });
    this.bar.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.#fold();
    });
    map.on("resize", () => this.#say());
  }

  get isOpen() {
    return !this.bar.hidden;
  }

  /** @param {MapState} state */
  translate({ dates, text }) {
    this.dates = dates;
    this.button.hidden = dates.length < 2;
    if (this.button.hidden) return;
    this.button.title = text.dates_hint;
    this.name.textContent = text.dates;
    this.bar.setAttribute("aria-label", text.dates);
    this.slider.setAttribute("aria-label", text.dates_label);
    this.slider.max = String(dates.length - 1);
    this.ticks.replaceChildren(...dates.map((_, place) => new Option("", String(place))));
    this.compare.textContent = text.dates_compare;
    this.close.title = text.dates_close;
    this.close.setAttribute("aria-label", text.dates_close);
    this.#say();
  }

  /** @param {ShownDates} asked by the reader, who then sees the bar */
  show(asked) {
    this.asked = asked;
    if (asked.date !== null && !this.isOpen) this.#unfold();
  }

  /** @param {ShownDates} shown by the map, which a passage or a metric's period can ask for, too */
  follow(shown) {
    this.shown = shown;
    this.#say();
  }

  get #latest() {
    return this.dates.at(-1)?.date ?? null;
  }

  /** @param {number} place of the date */
  #choose(place) {
    const { date } = this.dates[place];
    const isLatest = date === this.#latest;
    const against = this.shown.against !== null && !isLatest ? this.#latest : null;
    this.events.onDates(isLatest ? LATEST : { date, against });
  }

  async #toggleComparison() {
    const { date, against } = this.shown;
    if (against !== null) this.events.onDates({ date, against: null });
    else if (date !== null) this.events.onDates({ date, against: this.#latest });
    else this.events.onDates(await this.events.firstComparison());
  }

  async #toggle() {
    if (this.isOpen) {
      this.#fold();
      return;
    }
    this.#unfold();
    if (this.asked.date === null) this.events.onDates(await this.events.firstComparison());
    this.slider.focus({ preventScroll: true });
  }

  #unfold() {
    this.bar.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.#say();
    this.events.onFold();
  }

  #fold() {
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (hadFocus) this.button.focus({ preventScroll: true });
    this.events.onFold();
    this.events.onDates(LATEST);
  }

  #say() {
    if (this.dates.length < 2) return;
    const asked = this.shown.date ?? this.#latest;
    const place = this.dates.findIndex(({ date }) => date === asked);
    if (place < 0) return;
    const { label, short, note, later } = this.dates[place];
    const { against } = this.shown;
    this.slider.value = String(place);
    this.slider.setAttribute("aria-valuetext", label);
    this.date.textContent = this.map.getSize().x < NARROW ? short : label;
    const compared = against === this.#latest ? later : "";
    this.note.textContent = against === null ? note : compared;
    this.compare.setAttribute("aria-pressed", String(against !== null));
    this.button.setAttribute("aria-expanded", String(this.isOpen));
  }
}

/**
 * @param {HTMLElement} parent
 * @param {string} className
 * @param {() => void} onClick
 */
function button(parent, className, onClick) {
  const element = L.DomUtil.create("button", className, parent);
  element.type = "button";
  L.DomEvent.disableClickPropagation(element);
  element.addEventListener("click", onClick);
  return element;
}

/** A clock that is turned back. */
function clockIcon() {
  const svg = L.SVG.create("svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  const path = L.SVG.create("path");
  path.setAttribute("d", "M2.2 5.4A6.2 6.2 0 1 1 1.8 8M2 2v3.6h3.6M8 4.6V8l2.4 1.6");
  svg.append(path);
  return svg;
}
