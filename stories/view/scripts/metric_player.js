/* The button that plays a metric's periods one after another, and stops at the last.
 *
 * For readers who want less motion it plays nothing: each press is a step.
 */

const PACE = 1200; // ms for each period
const STILL = matchMedia?.("(prefers-reduced-motion: reduce)");

/** @typedef {{ play: string, pause: string, step: string }} PlayWords */

export class MetricPlayer {
  /** @param {{ step: (by: number) => void, isAtEnd: () => boolean }} periods */
  constructor({ step, isAtEnd }) {
    this.step = step;
    this.isAtEnd = isAtEnd;
    this.timer = 0;
    /** @type {HTMLElement | null} */
    this.button = null;
    /** @type {PlayWords} */
    this.words = { play: "", pause: "", step: "" };
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const onClick = (/** @type {Event} */ { target }) => {
      if (target instanceof Element && this.button?.contains(target)) this.#press();
    };
    document.addEventListener("click", onClick, { signal });
    document.addEventListener("visibilitychange", () => this.stop(), { signal });
    STILL.addEventListener("change", () => this.stop(), { signal });
    signal.addEventListener("abort", () => this.stop());
  }

  /**
   * Take the button of a new bar.
   * @param {HTMLElement} bar
   */
  take(bar) {
    const wasPlaying = this.timer !== 0;
    this.button = bar.querySelector(".slider button");
    this.words = JSON.parse(this.button?.dataset.words ?? "{}");
    if (!wasPlaying || !this.button) this.stop();
    else this.#draw();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.#draw();
  }

  #press() {
    if (STILL.matches) {
      this.step(1);
    } else if (this.timer) {
      this.stop();
    } else {
      this.step(1); // from the last one to the first
      this.timer = window.setInterval(() => this.#tick(), PACE);
      if (this.isAtEnd()) this.stop();
      this.#draw();
    }
  }

  #tick() {
    this.step(1);
    if (this.isAtEnd()) this.stop();
  }

  #draw() {
    if (!this.button) return;
    const { play, pause, step } = this.words;
    const state = this.timer ? "pause" : STILL.matches ? "step" : "play";
    this.button.dataset.state = state;
    this.button.ariaLabel = { play, pause, step }[state];
    this.button.title = this.button.ariaLabel ?? "";
  }
}
