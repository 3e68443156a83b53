/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town, a place in it, a metric or a language (`data-town`, `data-place`,
 *   `data-metric`, `data-lang`) chooses it without loading the page anew, and shows the figure it
 *   leads to (`#figure-…`); the buttons of the filter (`data-theme`) choose themes.
 * - The document's title and language follow the panel, and screen readers hear of it.
 * - The focus goes on in the new panel, and the panel comes into view; back and forth in the
 *   browser's history each view is where it was left. A figure that the address names is shown.
 * - While a story is scrolled, the map shows what each of its scenes speaks of.
 * - Graphics are drawn, which Streamlit lets nobody put on its page.
 * - In story mode the keys ← and → go back and forth.
 *
 * The panel says in its own attributes what it shows, so a click need send nothing else.
 */

import { Choices } from "./choices.js";
import { Dates } from "./dates.js";
import { Disclosure } from "./disclosure.js";
import { find } from "./dom.js";
import { followFigureLinks } from "./figures.js";
import { drawGraphics } from "./graphics.js";
import { tendMedia } from "./media.js";
import { Metrics } from "./metrics.js";
import { fetchForPaper, fetchStillsSoon, keepMapSize } from "./print.js";
import { Scenes } from "./scenes.js";
import { Scrolling } from "./scrolling.js";
import { Share } from "./share.js";

/** @typedef {import("./share.js").Words} Words */
/** @typedef {import("./scenes.js").MapLink & Partial<import("./metrics.js").MetricMap>} MapLink */
/**
 * @typedef {{
 *   lang?: string, town?: string, place?: string, tour?: boolean, themes?: string[],
 *   scene?: string, metric?: string, period?: string, dates?: string[],
 * }} PageChoice
 */

export class Page {
  /**
   * @param {HTMLElement} parent
   * @param {MapLink} map
   */
  constructor(parent, map) {
    /** @type {(choice: PageChoice) => void} */
    this.send = () => {};
    /** @type {PageChoice} */
    this.asked = {}; // what was chosen since the panel was drawn
    this.share = new Share(parent);
    this.choices = new Choices();
    this.disclosure = new Disclosure();
    this.live = find(parent, "[aria-live]");
    this.scrolling = new Scrolling();
    this.scenes = new Scenes(map, {
      onScene: (scene) => this.#onScene(scene?.cue?.words),
      onAddress: () => this.scrolling.note(),
    });
    this.dates = new Dates(map, {
      onDates: () => this.#followDates(),
      onAddress: () => this.scrolling.note(),
    });
    this.metrics = new Metrics(map, {
      onAddress: (panel) => {
        this.choices.followAddress(panel);
        this.scrolling.note();
      },
    });
    /** @type {HTMLElement | null} */
    this.panel = null;
    /** @type {string | undefined} */
    this.from = undefined; // where the link stood that was followed; "" for nowhere in particular
    this.figure = ""; // which figure of the next panel the link leads to, as `#figure-…`
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    document.addEventListener("click", (event) => this.#choose(event), { signal });
    document.addEventListener("keydown", (event) => this.#turnPage(event), { signal });
    window.addEventListener("popstate", () => this.#forget(), { signal });
    window.addEventListener("beforeprint", keepMapSize, { signal });
    window.addEventListener("beforeprint", fetchForPaper, { signal });
    this.scrolling.listen(signal);
    this.disclosure.listen(signal);
    this.share.listen(signal);
    this.scenes.listen(signal);
    this.dates.listen(signal);
    this.metrics.listen(signal);
    followFigureLinks(signal, () => this.scenes.hold());
    tendMedia(signal);
    this.observer = new MutationObserver(() => this.#follow());
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  leave() {
    this.leaving.abort();
    this.observer.disconnect();
  }

  /** @param {Words} words of the share dialog */
  update(words) {
    this.share.update(words);
    this.#follow();
  }

  /** Say what the panel shows now, and keep the reader there. */
  #follow() {
    /** @type {HTMLElement | null} */
    const panel = document.querySelector("article.panel");
    if (!panel) return;
    const isNew = panel !== this.panel;
    this.metrics.follow(panel);
    if (isNew) this.dates.follow(panel);
    this.choices.follow(panel);
    if (!isNew) return;
    const before = this.panel?.dataset.title;
    const isSame = townOf(this.panel) === townOf(panel);
    this.panel = panel;
    drawGraphics(panel);
    fetchStillsSoon(panel, this.leaving.signal);
    this.#forget();
    const { title = "" } = panel.dataset;
    document.documentElement.lang = panel.lang;
    document.documentElement.dir = panel.dir;
    document.title = title;
    const isOther = before !== undefined && before !== title;
    if (isOther) {
      this.live.textContent = title;
      this.disclosure.close(); // it lies over what was chosen
    }
    const hasPlace = this.scenes.hasPlaceIn(panel, isSame);
    const isBack = this.scrolling.follow(panel, isOther, hasPlace);
    const isPlaced = isBack || (before !== undefined && !isOther);
    this.scenes.follow(panel, { isBack, isPlaced, isSame });
    if (panel.dataset.scene) this.choices.followAddress(panel); // it is known only now
    if (this.from !== undefined) this.#keepFocus(panel, this.from);
    this.from = undefined;
    if (this.figure && isOther) this.scrolling.aimAt(this.figure);
    this.figure = "";
  }

  /** @param {string | undefined} words that say what the map shows */
  #onScene(words) {
    if (words) this.live.textContent = words;
    if (this.panel) this.choices.followAddress(this.panel);
  }

  #followDates() {
    if (this.panel) this.choices.followAddress(this.panel);
  }

  /**
   * The link that was followed is gone: go on at its like, or at the heading.
   * @param {HTMLElement} panel
   * @param {string} from
   */
  #keepFocus(panel, from) {
    const heading = find(panel, "h2");
    heading.tabIndex = -1;
    /** @type {HTMLElement | null} */
    const like = from ? document.querySelector(from) : null;
    (like?.checkVisibility() ? like : heading).focus({ preventScroll: true });
  }

  /** @param {MouseEvent} event */
  #choose(event) {
    const isPlain = event.button === 0 && !hasModifier(event) && !event.shiftKey;
    const chosen = closest(event, "a[data-town], a[data-lang], a[data-metric], button[data-theme]");
    if (!isPlain || !chosen) return;
    event.preventDefault();
    const { town, place, tour, lang, theme, metric } = chosen.dataset;
    if (theme) {
      this.#ask({ themes: this.choices.toggleTheme(chosen) });
    } else if (lang) {
      this.from = `nav.languages a[data-lang="${CSS.escape(lang)}"]`;
      this.#ask({ lang });
    } else if (metric !== undefined && town === undefined) {
      this.from = chosen.closest(".panel")
        ? `.panel a[data-metric="${CSS.escape(metric)}"]`
        : "details.metric-choice summary";
      this.disclosure.close();
      this.#ask({ metric, period: "" });
    } else {
      const { hash = "" } = chosen instanceof HTMLAnchorElement ? chosen : {};
      this.from = chosen.closest(".tour") ? `.tour .${chosen.className}` : "";
      if (place) this.from = `a[data-place="${CSS.escape(place)}"]`;
      this.figure = place ? "" : hash;
      this.disclosure.close();
      this.#ask({ town, place, tour: tour === "1" });
    }
  }

  /**
   * Send a choice with those that were not answered: a later one may reach the server in its place.
   * @param {PageChoice} choice
   */
  #ask(choice) {
    const scene = this.panel?.dataset.scene ?? ""; // the server was not told of it
    const isOther = this.asked.metric !== undefined; // the period is of the one that gives way
    const period = isOther ? undefined : this.metrics.period; // nor of it
    const { shown: dates } = this.dates; // nor of them
    this.asked = { ...this.asked, scene, dates, ...(period && { period }), ...choice };
    this.send(this.asked);
  }

  #forget() {
    this.asked = {};
  }

  /** @param {KeyboardEvent} event */
  #turnPage(event) {
    const [back, on] = this.panel?.dir === "rtl" ? ["Right", "Left"] : ["Left", "Right"];
    const step = { [`Arrow${back}`]: "previous", [`Arrow${on}`]: "next" }[event.key];
    const isElsewhere = closest(event, "input, textarea, select, dialog");
    if (!step || isElsewhere || hasModifier(event)) return;
    /** @type {HTMLElement | null | undefined} */
    const link = this.panel?.querySelector(`.tour a.${step}`);
    if (!link) return;
    event.preventDefault();
    link.click();
  }
}

/** @param {HTMLElement | null} panel */
function townOf(panel) {
  return panel && new URLSearchParams(panel.dataset.query).get("town");
}

/** @param {MouseEvent | KeyboardEvent} event */
function hasModifier({ altKey, ctrlKey, metaKey }) {
  return altKey || ctrlKey || metaKey;
}

/**
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
function closest({ target }, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}
