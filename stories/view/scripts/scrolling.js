/* Where on the page a reader is: at the top of what was chosen, where a view was left, at a figure.
 *
 * The page scrolls in an element of its own, so that browsers restore nothing by themselves.
 */

import { namedFigure, showFigure } from "./figures.js";
import { coveredHeight, motion, scrollerOf } from "./scroller.js";

export class Scrolling {
  constructor() {
    /** @type {Map<string, { top: number, query: string }>} px, by the address */
    this.left = new Map();
    /** @type {{ top: number, query: string } | undefined} */
    this.wanted = undefined; // where the reader goes back to, until the panel is there
    /** @type {HTMLElement | null} */
    this.panel = null;
    /** @type {HTMLElement | null} */
    this.scroller = null;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const note = () => this.note();
    const goBack = () => {
      this.wanted = this.left.get(here());
    };
    document.addEventListener("scroll", note, { signal, passive: true, capture: true });
    window.addEventListener("popstate", goBack, { signal });
    window.addEventListener("hashchange", () => this.#stepWithin(), { signal });
  }

  /**
   * A panel was drawn.
   * @param {HTMLElement} panel
   * @param {boolean} isOther whether it shows something else than before
   * @param {boolean} hasPlace whether something else will say where in it the reader is
   * @returns {boolean} whether the reader's place in it is settled
   */
  follow(panel, isOther, hasPlace) {
    const isFirst = this.panel === null;
    this.panel = panel;
    this.scroller = scrollerOf(panel);
    const isBack = this.wanted?.query === panel.dataset.query;
    if (isBack) {
      this.scroller.scrollTop = this.wanted?.top ?? 0;
      this.wanted = undefined;
    } else if (isOther && !this.wanted && !hasPlace) {
      this.#bringIntoView(panel);
    }
    const figure = isFirst ? namedFigure(panel) : null;
    if (figure) showFigure(figure, "instant");
    this.note();
    return isBack || figure !== null;
  }

  /**
   * Show a figure of the panel as if the address had named it on arrival.
   * @param {string} hash such as `#figure-jobs`
   */
  aimAt(hash) {
    history.replaceState(history.state, "", hash);
    showFigure(namedFigure(this.panel), "instant");
    this.note();
  }

  /** Keep where the reader is, under the address as it is now. */
  note() {
    const { panel, scroller } = this;
    if (!panel?.isConnected || !scroller || this.wanted) return;
    const { query = "" } = panel.dataset;
    this.left.set(here(), { top: scroller.scrollTop, query });
  }

  /** A step in the history to or from a figure, which draws no other panel. */
  #stepWithin() {
    const { panel, scroller, wanted } = this;
    this.wanted = undefined;
    const figure = namedFigure(panel);
    showFigure(figure, "instant");
    if (figure || !wanted || wanted.query !== panel?.dataset.query) return;
    scroller?.scrollTo({ top: wanted.top, behavior: "instant" });
  }

  /** @param {HTMLElement} panel */
  #bringIntoView(panel) {
    const { top } = panel.getBoundingClientRect();
    const covered = coveredHeight(panel);
    if (top >= covered && top < innerHeight * 0.6) return;
    panel.scrollIntoView({ behavior: motion(), block: "start" });
  }
}

function here() {
  return location.pathname + location.search + location.hash;
}
