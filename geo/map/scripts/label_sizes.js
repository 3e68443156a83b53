/* How large names are in px. To lay out each name to measure it would be slow, so one is laid out
 * for each look, and of the others only the letters are measured. */

/** @import { Pixels } from "./boxes.js" */

const HALO = 2; // px

export class LabelSizes {
  /** @param {HTMLElement} container in which labels have their looks */
  constructor(container) {
    this.container = container;
    this.pen = /** @type {CanvasRenderingContext2D} */ (
      document.createElement("canvas").getContext("2d")
    );
    /** @type {Map<string, { font: string, spacing: number, ratio: number, height: number }>} */
    this.looks = new Map();
    /** @type {Map<string, Pixels>} */
    this.sizes = new Map();
  }

  /** Measure anew, as the language is another. */
  forget() {
    this.looks.clear();
    this.sizes.clear();
  }

  /**
   * @param {string} name
   * @param {string} parent classes of the label
   * @param {string} look classes of its text
   * @returns {Pixels}
   */
  of(name, parent, look) {
    const key = `${parent}/${look}/${name}`;
    const known = this.sizes.get(key);
    if (known) return known;
    const { font, spacing, ratio, height } = this.#look(`${parent}/${look}`, name, parent, look);
    this.pen.font = font;
    const width = this.pen.measureText(name).width * ratio + name.length * spacing;
    const size = { x: width + HALO, y: height };
    this.sizes.set(key, size);
    return size;
  }

  /**
   * @param {string} key
   * @param {string} sample
   * @param {string} parent
   * @param {string} look
   */
  #look(key, sample, parent, look) {
    const known = this.looks.get(key);
    if (known) return known;
    const label = L.DomUtil.create("div", parent, this.container);
    const text = L.DomUtil.create("span", look, label);
    text.textContent = sample;
    const { fontStyle, fontWeight, fontSize, fontFamily, letterSpacing } = getComputedStyle(text);
    const font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const spacing = Number.parseFloat(letterSpacing) || 0;
    this.pen.font = font;
    const { width, height } = text.getBoundingClientRect();
    const letters = width - sample.length * spacing;
    const measured = {
      font,
      spacing,
      ratio: letters / (this.pen.measureText(sample).width || letters || 1),
      height,
    };
    label.remove();
    this.looks.set(key, measured);
    return measured;
  }
}
