/* What the bar's button unfolds over the page: it closes as a menu does. */

const PART = ".st-key-choose"; // the button and what it unfolds

export class Disclosure {
  /** @param {AbortSignal} signal */
  listen(signal) {
    /** @param {Event} event */
    const closeOutside = ({ target }) => {
      if (target instanceof Element && isElsewhere(target)) this.close();
    };
    document.addEventListener("pointerdown", closeOutside, { signal });
    document.addEventListener("focusin", closeOutside, { signal });
    window.addEventListener("blur", () => this.#closeForFrame(), { signal });
    document.addEventListener("keydown", (event) => this.#escape(event), { signal });
  }

  close() {
    const details = opened();
    if (details) details.open = false;
  }

  /** @param {KeyboardEvent} event */
  #escape({ key, target }) {
    const details = opened();
    if (key !== "Escape" || !details) return;
    const isInside = target instanceof Element && target.closest(PART) !== null;
    details.open = false;
    if (isInside) details.querySelector("summary")?.focus();
  }

  /** The map is a window of its own, whose clicks are not heard here. */
  #closeForFrame() {
    if (document.activeElement?.nodeName === "IFRAME") this.close();
  }
}

/** @returns {HTMLDetailsElement | null} */
function opened() {
  return document.querySelector("details.choose[open]");
}

/**
 * Lists of Streamlit's widgets unfold in layers beside the page's own elements.
 * @param {Element} target
 */
function isElsewhere(target) {
  return target.closest(PART) === null && target.closest(".stApp") !== null;
}
