/* What the map's lines and colours mean. */

/** @import { MapState } from "./types.js" */
/** @import { Divisions } from "./divisions.js" */

const LINES = ["published", "reconstructed", "unknown", "inset"]; // in this order

export class Legend {
  /**
   * @param {L.Map} map
   * @param {Divisions} divisions
   */
  constructor(map, divisions) {
    this.element = L.DomUtil.create("div", "legend", map.getContainer());
    this.colours = L.DomUtil.create("p", "colours", this.element);
    this.lineRow = L.DomUtil.create("p", "lines", this.element);
    new ResizeObserver(() => {
      map.getContainer().style.setProperty("--legend-height", `${this.height}px`);
    }).observe(this.element); // what stands in the lower corners stands above it
    const listed = divisions.statuses();
    if (divisions.insets.length > 0) listed.add("inset");
    /** @type {[HTMLElement, string][]} with the keys of their words */
    this.lines = LINES.filter((kind) => listed.has(kind)).map((kind) => [
      L.DomUtil.create("span", kind, this.lineRow),
      kind,
    ]);
  }

  /** @param {Pick<MapState, "text" | "legend">} state */
  translate({ text, legend }) {
    for (const [line, kind] of this.lines) line.textContent = text[kind];
    const rows = legend.map(({ colour, label }) => {
      const row = document.createElement("span");
      row.textContent = label;
      row.style.setProperty("--tone", colour);
      return row;
    });
    this.colours.replaceChildren(...rows);
  }

  /**
   * A metric has a legend on the page: then what the themes' colours stand for is not said here.
   * @param {boolean} isHidden
   */
  hideColours(isHidden) {
    this.colours.hidden = isHidden;
  }

  /** How much of the map's lower edge it takes, in px. */
  get height() {
    return this.element.offsetHeight;
  }
}
