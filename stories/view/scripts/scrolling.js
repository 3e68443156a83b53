/* Where on the page a reader is: at the top of what was chosen, where a view was left, at a figure.
 *
 * The page scrolls in an element of its own, so that browsers restore nothing by themselves.
 */

export class Scrolling {
  constructor() {
    /** @type {Map<string, { top: number, query: string }>} px, by the address's query */
    this.left = new Map();
    /** @type {{ top: number, query: string } | undefined} */
    this.wanted = undefined; // where the reader goes back to, until the panel is there
    /** @type {HTMLElement | null} */
    this.panel = null;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const note = () => this.#note();
    const goBack = () => {
      this.wanted = this.left.get(location.search);
    };
    document.addEventListener("scroll", note, { signal, passive: true, capture: true });
    window.addEventListener("popstate", goBack, { signal });
    window.addEventListener("hashchange", () => this.#showFigure(), { signal });
  }

  /**
   * A panel was drawn.
   * @param {HTMLElement} panel
   * @param {boolean} isOther whether it shows something else than before
   */
  follow(panel, isOther) {
    const isFirst = this.panel === null;
    this.panel = panel;
    if (this.wanted?.query === panel.dataset.query) {
      scrollerOf(panel).scrollTop = this.wanted?.top ?? 0;
      this.wanted = undefined;
    } else if (isOther && !this.wanted) {
      bringIntoView(panel);
    }
    if (isFirst) this.#showFigure();
    this.#note();
  }

  /**
   * Show a figure of the panel as if the address had named it on arrival.
   * @param {string} hash such as `#figure-jobs`
   */
  aimAt(hash) {
    history.replaceState(history.state, "", hash);
    this.#showFigure();
    this.#note();
  }

  #note() {
    const { panel } = this;
    if (!panel?.isConnected || this.wanted) return;
    const { query = "" } = panel.dataset;
    this.left.set(location.search, { top: scrollerOf(panel).scrollTop, query });
  }

  #showFigure() {
    this.wanted = undefined; // a step within the page draws no other panel
    for (const each of document.querySelectorAll(".aimed-at")) each.classList.remove("aimed-at");
    const figure = document.getElementById(location.hash.slice(1));
    if (!figure || !this.panel?.contains(figure)) return;
    figure.classList.add("aimed-at");
    figure.scrollIntoView({ behavior: "instant", block: "center" });
  }
}

/** @param {HTMLElement} panel */
function bringIntoView(panel) {
  const { top } = panel.getBoundingClientRect();
  const covered = Number.parseFloat(getComputedStyle(scrollerOf(panel)).scrollPaddingTop) || 0;
  if (top >= covered && top < innerHeight * 0.6) return;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  panel.scrollIntoView({ behavior: isCalm ? "instant" : "smooth", block: "start" });
}

/**
 * @param {HTMLElement} panel
 * @returns {HTMLElement}
 */
function scrollerOf(panel) {
  let each = panel.parentElement;
  while (each && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement;
  return each ?? document.documentElement;
}
