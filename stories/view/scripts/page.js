/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town or a language (`data-town`, `data-lang`) chooses it without loading
 *   the page anew, and shows the figure it leads to (`#figure-…`); the buttons of the filter
 *   (`data-theme`) choose themes.
 * - The document's title and language follow the panel, and screen readers hear of it.
 * - The focus goes on in the new panel, and the panel comes into view; back and forth in the
 *   browser's history each view is where it was left. A figure that the address names is shown.
 * - In story mode the keys ← and → go back and forth.
 *
 * The panel says in its own attributes what it shows, so a click need send nothing else.
 */

import { Choices } from "./choices.js";
import { Disclosure } from "./disclosure.js";
import { find } from "./dom.js";
import { keepMapSize } from "./print.js";
import { Scrolling } from "./scrolling.js";
import { Share } from "./share.js";

/** @typedef {import("./share.js").Words} Words */
/** @typedef {{ lang?: string, town?: string, tour?: boolean, themes?: string[] }} PageChoice */

export class Page {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    /** @type {(choice: PageChoice) => void} */
    this.send = () => {};
    /** @type {PageChoice} */
    this.asked = {}; // what was chosen since the panel was drawn
    this.share = new Share(parent);
    this.choices = new Choices();
    this.disclosure = new Disclosure();
    this.live = find(parent, "[aria-live]");
    this.scrolling = new Scrolling();
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
    this.scrolling.listen(signal);
    this.disclosure.listen(signal);
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
    this.choices.follow(panel);
    if (panel === this.panel) return;
    const before = this.panel?.dataset.title;
    this.panel = panel;
    this.#forget();
    const { title = "" } = panel.dataset;
    document.documentElement.lang = panel.lang;
    document.title = title;
    const isOther = before !== undefined && before !== title;
    if (isOther) this.live.textContent = title;
    this.scrolling.follow(panel, isOther);
    if (this.from !== undefined) this.#keepFocus(panel, this.from);
    this.from = undefined;
    if (this.figure && isOther) this.scrolling.aimAt(this.figure);
    this.figure = "";
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
    const chosen = closest(event, "a[data-town], a[data-lang], button[data-theme]");
    if (!isPlain || !chosen) return;
    event.preventDefault();
    const { town, tour, lang, theme } = chosen.dataset;
    if (theme) {
      this.#ask({ themes: this.choices.toggleTheme(chosen) });
    } else if (lang) {
      this.from = `nav.languages a[data-lang="${CSS.escape(lang)}"]`;
      this.#ask({ lang });
    } else {
      this.from = chosen.closest(".tour") ? `.tour .${chosen.className}` : "";
      this.figure = chosen instanceof HTMLAnchorElement ? chosen.hash : "";
      this.disclosure.close();
      this.#ask({ town, tour: tour === "1" });
    }
  }

  /**
   * Send a choice with those that were not answered: a later one may reach the server in its place.
   * @param {PageChoice} choice
   */
  #ask(choice) {
    this.asked = { ...this.asked, ...choice };
    this.send(this.asked);
  }

  #forget() {
    this.asked = {};
  }

  /** @param {KeyboardEvent} event */
  #turnPage(event) {
    const step = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
    const isElsewhere = closest(event, "input, textarea, select, dialog");
    if (!step || isElsewhere || hasModifier(event)) return;
    /** @type {HTMLElement | null | undefined} */
    const link = this.panel?.querySelector(`.tour a.${step}`);
    if (!link) return;
    event.preventDefault();
    link.click();
  }
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
