/* What the bar's buttons unfold over the page: each closes as a menu does. */

const BUTTONS = "details:is(.choose, .metric-choice, .language-choice)";
// A button and what it unfolds, inner ones first.
const PARTS = [".metric-chooser", ":is(.st-key-choose, .choose-box)", ".language-chooser"];

export class Disclosure {
  /** @param {AbortSignal} signal */
  listen(signal) {
    /** @param {Event} event */
    const closeOutside = ({ target }) => {
      if (!(target instanceof Element) || !target.closest(".stApp, .atlas-page")) return; // a widget's layer
      for (const details of opened()) if (!isInMenu(target, details)) details.open = false;
    };
    document.addEventListener("pointerdown", closeOutside, { signal });
    document.addEventListener("focusin", closeOutside, { signal });
    window.addEventListener("blur", () => this.#closeForFrame(), { signal });
    document.addEventListener("keydown", (event) => this.#escape(event), { signal });
  }

  close() {
    for (const details of opened()) details.open = false;
  }

  /** @param {KeyboardEvent} event */
  #escape({ key, target }) {
    const details = opened().at(-1); // the inner one
    if (key !== "Escape" || !details) return;
    const isInside = target instanceof Element && isInMenu(target, details);
    details.open = false;
    if (isInside) details.querySelector("summary")?.focus();
  }

  /** The map is a window of its own, whose clicks are not heard here. */
  #closeForFrame() {
    if (document.activeElement?.nodeName === "IFRAME") this.close();
  }
}

/** @returns {HTMLDetailsElement[]} */
function opened() {
  return [...document.querySelectorAll(`${BUTTONS}[open]`)].map(
    (each) => /** @type {HTMLDetailsElement} */ (each),
  );
}

/**
 * Where a menu stands in the bar beside the other, the two are apart; else one is in the other.
 * @param {Element} target
 * @param {HTMLDetailsElement} details
 */
function isInMenu(target, details) {
  const part = PARTS.map((each) => details.closest(each)).find(Boolean);
  if (!part?.contains(target)) return false;
  const inner = target.closest(PARTS[0]);
  return !inner || inner === part || !isApart(inner);
}

/** @param {Element} chooser */
function isApart(chooser) {
  const menu = chooser.querySelector("nav");
  return menu !== null && getComputedStyle(menu).position === "absolute";
}
