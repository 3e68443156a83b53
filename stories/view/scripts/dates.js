/* The dates whose boundaries the map shows: links of the panel change them, and so does the map.
 *
 * Neither asks the server. The address keeps them without a step of its own in the history, and
 * the next choice tells the server of them.
 */

import { datesQuery } from "./links.js";

/**
 * @typedef {{ date: string | null, against: string | null }} ShownDates those of a date, or two
 *   side by side; none for the latest
 * @typedef {{
 *   showDates(shown: ShownDates): void,
 *   onDates(listener: (shown: ShownDates) => void, signal: AbortSignal): void,
 * }} MapDates
 */

const LINKS = "a[data-dates]";
const REST = 250; // ms until the address follows; browsers allow few changes in a short time

export class Dates {
  /**
   * @param {MapDates} map
   * @param {{ onDates: () => void, onAddress: () => void }} events other dates are shown; the
   *   address has followed
   */
  constructor(map, { onDates, onAddress }) {
    this.map = map;
    this.onDates = onDates;
    this.onAddress = onAddress;
    /** @type {string[]} */
    this.shown = [];
    /** @type {HTMLElement | null} */
    this.panel = null;
    this.timer = 0;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    this.map.onDates(({ date, against }) => this.#take(listed(date, against)), signal);
    document.addEventListener("click", (event) => this.#press(event), { signal });
    window.addEventListener("popstate", () => this.#goBack(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.timer));
  }

  /**
   * A panel was drawn; the server may not have known of the dates.
   * @param {HTMLElement} panel
   */
  follow(panel) {
    const { query } = panel.dataset;
    if (!this.panel) this.shown = new URLSearchParams(query).getAll("date"); // those that are known
    this.panel = panel;
    this.#mark();
    this.#keepSoon();
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event;
    const link = target instanceof Element ? target.closest(LINKS) : null;
    if (!(link instanceof HTMLElement) || button !== 0) return;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    this.#show(link.dataset.dates?.split(" ").filter(Boolean) ?? []);
  }

  #goBack() {
    clearTimeout(this.timer);
    this.#show(addressDates());
  }

  /** @param {string[]} dates */
  #show(dates) {
    const [date = null, against = null] = dates;
    this.map.showDates({ date, against });
    this.#take(dates);
  }

  /** @param {string[]} dates that the map shows */
  #take(dates) {
    this.shown = dates;
    this.#mark();
    this.#keepSoon();
    this.onDates();
  }

  #mark() {
    if (!this.panel) return;
    const shown = this.shown.join(" ");
    this.panel.dataset.dates = shown;
    for (const link of this.panel.querySelectorAll(LINKS)) {
      if (link instanceof HTMLElement && link.dataset.dates === shown) link.ariaCurrent = "true";
      else link.removeAttribute("aria-current");
    }
  }

  #keepSoon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.#keepInAddress(), REST);
  }

  #keepInAddress() {
    const { search, hash, pathname } = location;
    const here = addressDates();
    if (here.join(" ") === this.shown.join(" ")) return;
    const query = datesQuery(search, this.shown);
    try {
      history.replaceState(history.state, "", `${pathname}${query && `?${query}`}${hash}`);
    } catch {
      return; // too many changes in a short time; the next one will do
    }
    this.onAddress();
  }
}

/** The dates that the address asks for; which of them are known, the map says. */
function addressDates() {
  return new URLSearchParams(location.search).getAll("date");
}

/**
 * @param {string | null} date
 * @param {string | null} against
 */
function listed(date, against) {
  return [date, against].filter((each) => each !== null);
}
