/* Proportional symbols: a circle for each division, its area in proportion to a count.
 *
 * They lie in one SVG above the divisions and below all names. Leaflet's own circle markers round
 * their radii to whole pixels, and then the areas of small ones say nothing.
 */

import { NO_CLASS, radiusOf } from "./metric_scale.js";

/** @import { Divisions } from "./divisions.js" */
/** @import { Look } from "./metric_fills.js" */

const PANE = "symbols";
const BELOW = 9; // px from a circle to the middle of a name below it
const EDGE = 0.1; // of the county; circles reach over its edges
const ZERO = 2.5; // px; a count of none is a ring of this radius

/**
 * @typedef {{
 *   slug: string, circle: SVGElement, point: L.LatLng,
 *   size: number, // part of the largest, from 0 to 1, in the period that is shown
 *   most: number, // the same in the period in which it is largest
 * }} Symbol
 */

export class Symbols {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.svg = L.SVG.create("svg");
    this.svg.setAttribute("class", "symbols");
    this.svg.setAttribute("aria-hidden", "true"); // the divisions carry the same words
    this.svg.setAttribute("preserveAspectRatio", "none");
    /** @type {L.SVGOverlay | null} */
    this.overlay = null;
    this.bounds = L.latLngBounds([]);
    /** @type {Map<string, Symbol>} */
    this.symbols = new Map();
    this.largest = 0; // px
  }

  /**
   * @param {readonly { slug: string, most: number }[]} sizes from the largest to the smallest, so
   *   that none is hidden
   * @param {readonly Divisions[]} sets a division's circle stands in the first that has it
   * @param {number} largest px, radius of the largest circle of any period
   */
  draw(sizes, sets, largest) {
    this.symbols.clear();
    for (const { slug, most } of sizes) {
      const divisions = sets.find((each) => each.has(slug));
      if (!divisions) continue;
      const circle = L.SVG.create("circle");
      circle.dataset.slug = slug;
      this.symbols.set(slug, { slug, circle, point: divisions.pointOf(slug), size: 0, most });
    }
    this.svg.replaceChildren(...[...this.symbols.values()].map(({ circle }) => circle));
    const bounds = sets.map((each) => each.bounds().pad(EDGE));
    this.bounds = bounds.reduce((all, each) => all.extend(each), L.latLngBounds([]));
    const svg = /** @type {SVGElement} */ (this.svg);
    this.overlay = L.svgOverlay(svg, this.bounds, { pane: PANE }).addTo(this.map);
    this.place(largest);
  }

  /**
   * Put all circles where they belong at the present zoom.
   * @param {number} largest px
   */
  place(largest) {
    this.largest = largest;
    const { map, bounds } = this;
    const zoom = map.getZoom();
    const corner = map.project(bounds.getNorthWest(), zoom);
    const { x, y } = map.project(bounds.getSouthEast(), zoom).subtract(corner);
    this.svg.setAttribute("viewBox", `0 0 ${x} ${y}`);
    for (const symbol of this.symbols.values()) {
      const at = map.project(symbol.point, zoom).subtract(corner);
      symbol.circle.setAttribute("cx", at.x.toFixed(2));
      symbol.circle.setAttribute("cy", at.y.toFixed(2));
      this.#size(symbol);
    }
  }

  /**
   * @param {(slug: string) => Look} lookOf
   * @param {(slug: string) => number} sizeOf part of the largest, from 0 to 1
   */
  paint(lookOf, sizeOf) {
    for (const symbol of this.symbols.values()) {
      const { index, isUncertain, isBack } = lookOf(symbol.slug);
      symbol.size = sizeOf(symbol.slug);
      const isZero = symbol.size === 0 && index !== NO_CLASS;
      const looks = { symbol: true, uncertain: isUncertain, back: isBack, zero: isZero };
      const look = Object.entries(looks)
        .flatMap(([name, isOn]) => (isOn ? [name] : []))
        .join(" ");
      const { circle } = symbol;
      if (circle.getAttribute("class") !== look) circle.setAttribute("class", look);
      circle.style.fill = index === NO_CLASS ? "none" : `var(--class-${index})`;
      this.#size(symbol);
    }
  }

  /** @param {Symbol} symbol */
  #size({ circle, size }) {
    const isZero = circle.classList.contains("zero");
    const radius = isZero ? ZERO : radiusOf(size, this.largest);
    const { largest } = this;
    circle.setAttribute("r", largest ? radius.toFixed(3) : "0");
  }

  /** @param {string} slug */
  radius(slug) {
    return radiusOf(this.symbols.get(slug)?.size ?? 0, this.largest);
  }

  /**
   * How far below its point a name of some width stands: under a circle that is less wide. The same
   * in all periods, so that a step to the next moves no name.
   * @param {string} slug
   * @param {number} width px
   */
  below(slug, width) {
    const radius = radiusOf(this.symbols.get(slug)?.most ?? 0, this.largest);
    return radius > ZERO && radius * 2 < width ? radius + BELOW : 0;
  }

  /** @param {readonly string[]} slugs of the divisions that stand out */
  light(slugs) {
    for (const { slug, circle } of this.symbols.values()) {
      circle.dataset.lit = String(slugs.includes(slug));
    }
  }

  remove() {
    this.overlay?.remove();
    this.symbols.clear();
    this.svg.replaceChildren();
  }
}
