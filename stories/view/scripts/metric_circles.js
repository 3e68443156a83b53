/* The circles of a legend: half of each, as large as the map draws them, as far as there is room.
 *
 * The map tells how large its largest circle is, which changes with the zoom; of the others the
 * page holds the part. Where they have no room they are smaller, and the legend says by how much.
 */

import { write } from "./dom.js";

const ALIKE = 1.02; // times; less of a difference is not seen

/** @typedef {{ metric: string, radius: number }} ShownCircles radius in px of the largest circle */

export class MetricCircles {
  constructor() {
    /** @type {ShownCircles | null} */
    this.shown = null;
  }

  /** @param {ShownCircles} shown by the map */
  take(shown) {
    this.shown = shown;
    this.draw();
  }

  /** Size the circles of all legends of the metric. */
  draw() {
    if (!this.shown) return;
    const { metric, radius } = this.shown;
    /** @type {NodeListOf<HTMLElement>} */
    const bars = document.querySelectorAll(`.circles[data-metric="${CSS.escape(metric)}"]`);
    for (const bar of bars) sizeCircles(bar, radius);
  }
}

/**
 * @param {HTMLElement} bar
 * @param {number} radius px, on the map
 */
function sizeCircles(bar, radius) {
  const high = Number.parseFloat(getComputedStyle(bar).getPropertyValue("--room"));
  const wide = (bar.querySelector("i.circle")?.parentElement?.clientWidth || Infinity) / 2;
  const shown = Math.min(radius, high, wide - 1);
  bar.style.setProperty("--circle", `${shown}px`);
  /** @type {HTMLElement | null} */
  const note = bar.querySelector(".scale");
  if (!note) return;
  const times = radius / shown;
  const number = times.toLocaleString(bar.lang, { maximumFractionDigits: 1 });
  note.hidden = times < ALIKE;
  write(note, (note.dataset.words ?? "").replace("{times}", number));
}
