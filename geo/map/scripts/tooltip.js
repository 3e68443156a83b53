/* Name and note of the division or the place under the mouse.
 *
 * Leaflet's own tooltip is made anew for each division and measured at each move of the mouse,
 * which lays out the page while a reader is about to press. This one is a single element that
 * only ever moves by a transform, once per picture.
 */

/** @typedef {{ name: string, note: string, more?: string }} Words */

const DISTANCE = 12; // px beside the mouse

export class Tooltip {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.element = L.DomUtil.create("div", "tip", map.getContainer());
    this.element.setAttribute("aria-hidden", "true"); // the divisions carry the same words
    this.element.hidden = true;
    this.name = this.element.appendChild(document.createElement("strong"));
    this.note = this.element.appendChild(document.createElement("span"));
    this.more = this.element.appendChild(document.createElement("span"));
    this.more.className = "more";
    /** @type {Words | null} */
    this.words = null; // to be shown
    this.at = { x: 0, y: 0 }; // px in the window
    this.isDue = false;
    map.getContainer().addEventListener(
      "mousemove",
      (event) => {
        if (this.words) this.show(this.words, { x: event.clientX, y: event.clientY });
      },
      { passive: true },
    );
  }

  /**
   * @param {Words} words
   * @param {{ x: number, y: number }} at px in the window
   */
  show(words, at) {
    this.words = words;
    this.at = at;
    this.#drawSoon();
  }

  hide() {
    this.words = null;
    this.#drawSoon();
  }

  #drawSoon() {
    if (this.isDue) return;
    this.isDue = true;
    requestAnimationFrame(() => {
      this.isDue = false;
      this.#draw();
    });
  }

  #draw() {
    this.element.hidden = !this.words;
    if (!this.words) return;
    this.name.textContent = this.words.name;
    this.note.textContent = this.words.note;
    this.more.textContent = this.words.more ?? "";
    const { x, y } = this.at;
    const isLeft = x > this.map.getSize().x / 2; // where there is more room
    const beside = isLeft ? `calc(${x - DISTANCE}px - 100%)` : `${x + DISTANCE}px`;
    this.element.style.transform = `translate(${beside}, calc(${y}px - 50%))`;
  }
}
