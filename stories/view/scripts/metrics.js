/* A metric colours the map: its legend, the slider through its periods, and what follows them.
 *
 * The page holds the words and numbers of all periods, so a step of the slider asks nobody: the
 * map, the legend's counts, the panel's value and the table follow here. The address keeps the
 * period without a step of its own in the history, a moment later, and the server hears of it with
 * the reader's next choice, as of a scene.
 */

import { find, write } from "./dom.js";
import { periodQuery } from "./links.js";
import { MetricCircles } from "./metric_circles.js";
import { MetricPlayer } from "./metric_player.js";
import { MetricTable } from "./metric_table.js";

/** @typedef {{ metric: string, period: string | null, highlight: number | null }} MetricDetail */
/** @import { ShownCircles } from "./metric_circles.js" */
/**
 * @typedef {{
 *   showMetric(detail: MetricDetail | null): void,
 *   onCircles(listener: (shown: ShownCircles) => void, signal: AbortSignal): void,
 * }} MetricMap
 */
/** @typedef {{ id: string, words: string }} Period */

const BAR = ".metric-bar:not(.brief)"; // with a scene stands one that moves nothing
const CLASS = `${BAR} button[data-class]`;
const REST = 250; // ms until the address follows; browsers allow few changes in a short time

export class Metrics {
  /**
   * @param {Partial<MetricMap>} map
   * @param {{ onAddress: (panel: HTMLElement) => void }} events the address has followed
   */
  constructor(map, { onAddress }) {
    this.map = map;
    this.onAddress = onAddress;
    /** @type {HTMLElement | null} */
    this.panel = null;
    /** @type {HTMLElement | null} */
    this.bar = null;
    /** @type {Period[]} in order of time */
    this.periods = [];
    this.at = 0; // which of them is shown
    this.metric = "";
    this.isAsked = false; // the reader has moved the slider, which the server need not know
    /** @type {number | null} */
    this.hovered = null; // number of a class
    /** @type {number | null} */
    this.pinned = null;
    this.addressTimer = 0;
    this.table = new MetricTable();
    this.circles = new MetricCircles();
    this.player = new MetricPlayer({
      step: (by) => this.#step(by),
      isAtEnd: () => this.at === this.periods.length - 1,
    });
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    document.addEventListener("input", (event) => this.#onSlider(event), { signal });
    document.addEventListener("click", (event) => this.#press(event), { signal });
    for (const [name, isOver] of /** @type {const} */ ([
      ["pointerover", true],
      ["pointerout", false],
      ["focusin", true],
      ["focusout", false],
    ])) {
      document.addEventListener(name, (event) => this.#point(event, isOver), { signal });
    }
    window.addEventListener("popstate", () => this.#goBack(), { signal });
    document.addEventListener("error", hideMissing, { signal, capture: true });
    this.map.onCircles?.((shown) => this.circles.take(shown), signal);
    window.addEventListener("resize", () => this.circles.draw(), { signal });
    this.table.listen(signal);
    this.player.listen(signal);
    signal.addEventListener("abort", () => clearTimeout(this.addressTimer));
  }

  /** Period that is shown and that the server may not know of; none where no metric is. */
  get period() {
    return this.isAsked ? this.periods[this.at]?.id : undefined;
  }

  /**
   * Something of the page was drawn.
   * @param {HTMLElement} panel
   */
  follow(panel) {
    /** @type {HTMLElement | null} */
    const bar = document.querySelector(BAR);
    if (panel === this.panel && bar === this.bar) return;
    const isSameBar = bar === this.bar;
    this.panel = panel;
    if (!isSameBar) this.#take(bar);
    this.circles.draw(); // a scene has a legend of its own
    if (!this.bar) return;
    this.#show();
    if (this.isAsked) this.#keepLater(); // the server may have written another one
  }

  /**
   * Another legend is there, or none.
   * @param {HTMLElement | null} bar
   */
  #take(bar) {
    this.bar = bar;
    const { metric = "", periods = "[]", at = "0" } = bar?.dataset ?? {};
    if (metric !== this.metric) this.#forget();
    const before = this.period;
    this.metric = metric;
    this.periods = JSON.parse(periods);
    const kept = this.periods.findIndex(({ id }) => id === before);
    this.at = kept < 0 ? Number(at) : kept;
    this.hovered = null;
    if (!bar) {
      this.player.stop();
      this.map.showMetric?.(null);
    } else {
      this.player.take(bar);
    }
  }

  #forget() {
    this.isAsked = false;
    this.pinned = null;
    this.player.stop();
    if (this.bar) this.at = Number(this.bar.dataset.at ?? 0);
  }

  /** The reader has gone back or forth, where the address names the period. */
  #goBack() {
    const here = new URLSearchParams(location.search);
    const at = this.periods.findIndex(({ id }) => id === here.get("period"));
    if (!this.bar || here.get("metric") !== this.metric || at < 0) {
      this.#forget(); // the server draws what else there was
      return;
    }
    this.player.stop();
    this.at = at;
    this.isAsked = at !== Number(this.bar.dataset.at);
    this.#show();
    if (this.isAsked) this.#keepLater();
  }

  // ---- periods ----

  /** @param {Event} event */
  #onSlider({ target }) {
    if (!(target instanceof HTMLInputElement) || target.parentElement !== this.slider) return;
    this.player.stop();
    this.#go(Number(target.value));
  }

  get slider() {
    return this.bar?.querySelector(".slider") ?? null;
  }

  /** @param {number} by */
  #step(by) {
    const { length } = this.periods;
    this.#go((this.at + by + length) % length);
  }

  /** @param {number} at */
  #go(at) {
    this.at = at;
    this.isAsked = true;
    this.#show();
    this.#keepLater();
  }

  #keepLater() {
    clearTimeout(this.addressTimer);
    this.addressTimer = window.setTimeout(() => this.#keepInAddress(), REST);
  }

  /** Everything on the page shows the period. */
  #show() {
    const { bar, panel, at } = this;
    if (!bar || !panel) return;
    const { words } = this.periods[at];
    write(bar.querySelector(".period"), words);
    const range = bar.querySelector("input");
    if (range) {
      range.value = String(at);
      range.setAttribute("aria-valuetext", words);
    }
    showCounts(bar, at);
    const own = `[data-metric="${CSS.escape(this.metric)}"]`;
    showEntry(panel.querySelector(`.metric-entry${own}[data-cells]`), at);
    this.table.follow(panel.querySelector(`.metric-table${own}`));
    this.table.show(at, words);
    linkPictures(panel, this.periods[at].id);
    this.#tellMap();
    if (this.isAsked) panel.dataset.period = this.periods[at].id;
    else delete panel.dataset.period;
  }

  #keepInAddress() {
    const { search, hash, pathname } = location;
    const here = new URLSearchParams(search);
    const { period, panel } = this;
    if (!period || !panel?.isConnected || here.get("metric") !== this.metric) return;
    if (here.get("period") !== period) {
      try {
        const query = periodQuery(search, period);
        history.replaceState(history.state, "", `${pathname}?${query}${hash}`);
      } catch {
        return; // too many changes in a short time; the next one will do
      }
    }
    followLinks(panel, period);
    this.onAddress(panel);
  }

  // ---- classes ----

  /**
   * @param {Event} event
   * @param {boolean} isOver
   */
  #point({ target }, isOver) {
    const number = classOf(target);
    if (number === null) return;
    this.hovered = isOver ? number : null;
    this.#tellMap();
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const number = classOf(target);
    if (number === null || !this.bar) return;
    this.pinned = this.pinned === number ? null : number;
    for (const button of this.bar.querySelectorAll("button[data-class]")) {
      button.setAttribute("aria-pressed", String(classOf(button) === this.pinned));
    }
    this.#tellMap();
  }

  #tellMap() {
    const { metric, hovered, pinned } = this;
    if (!this.bar) return;
    const period = this.isAsked ? this.periods[this.at].id : null;
    this.map.showMetric?.({ metric, period, highlight: hovered ?? pinned });
  }
}

/**
 * Number of the class of the legend that an element is in.
 * @param {EventTarget | null} target
 */
function classOf(target) {
  const button = target instanceof Element ? target.closest(CLASS) : null;
  return button instanceof HTMLElement ? Number(button.dataset.class) : null;
}

/**
 * How many divisions each class has.
 * @param {HTMLElement} bar
 * @param {number} at
 */
function showCounts(bar, at) {
  /** @type {NodeListOf<HTMLElement>} */
  const cells = bar.querySelectorAll("[data-counts]");
  for (const cell of cells) write(cell, JSON.parse(cell.dataset.counts ?? "[]")[at]);
}

/**
 * The chosen metric among those of the panel's division.
 * @param {HTMLElement | null} entry
 * @param {number} at
 */
function showEntry(entry, at) {
  if (!entry) return;
  /** @type {Record<string, string>} */
  const words = JSON.parse(entry.dataset.cells ?? "[]")[at] ?? {};
  for (const [name, text] of Object.entries(words)) {
    const part = find(entry, `[data-part="${name}"]`);
    write(part, text);
    part.hidden = !text;
  }
  /** @type {NodeListOf<HTMLElement>} */
  const points = entry.querySelectorAll(".line b");
  for (const point of points) {
    point.classList.toggle("now", point.dataset.at === String(at));
  }
}

/**
 * @param {HTMLElement} part
 * @param {string} period
 */
function followLinks(part, period) {
  const shown = new URLSearchParams(location.search).get("metric");
  for (const link of part.querySelectorAll("a[href*='metric=']")) {
    const [address, hash = ""] = (link.getAttribute("href") ?? "").split("#");
    const [page, query = ""] = address.split("?");
    if (new URLSearchParams(query).get("metric") !== shown) continue;
    link.setAttribute("href", `${page}?${periodQuery(query, period)}${hash && `#${hash}`}`);
  }
}

/**
 * Maps to take away are those of the period that is shown.
 * @param {HTMLElement} panel
 * @param {string} period
 */
function linkPictures(panel, period) {
  /** @type {NodeListOf<HTMLElement>} */
  const links = panel.querySelectorAll("a[data-period-link]");
  for (const link of links) {
    const { periodLink = "" } = link.dataset;
    const name = encodeURIComponent(period.replaceAll("/", "_"));
    link.setAttribute("href", periodLink.replace("{period}", name));
  }
}

/**
 * A still map that cannot be had leaves no hole.
 * @param {Event} event
 */
function hideMissing({ target }) {
  if (!(target instanceof HTMLImageElement)) return;
  const figure = target.closest(".small-maps li");
  if (figure instanceof HTMLElement) figure.hidden = true;
}
