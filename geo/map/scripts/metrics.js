/* A metric on the map: densities, shares and indices fill the divisions, counts are circles.
 *
 * The scale is one for all periods, so a step from one to the next changes colours and radii and
 * nothing else. Colours stand in variables of a style sheet of its own, in those of a dark page
 * where the page is dark and in those of a light one on paper.
 */

import { canvasColours } from "./canvas.js";
import { paintDivisions, unpaintDivisions } from "./metric_fills.js";
import { drawDivides } from "./metric_lines.js";
import { addPatterns } from "./metric_patterns.js";
import { inkOn, isDark, largestRadius, NO_CLASS } from "./metric_scale.js";
import { Symbols } from "./symbols.js";

/** @import { CanvasColours } from "./canvas.js" */
/** @import { Divisions } from "./divisions.js" */
/** @import { Labels } from "./labels.js" */
/** @import { Look } from "./metric_fills.js" */
/** @import { MetricFile, MetricPeriod, MetricWords, ShownCircles } from "./types.js" */
/** @import { View } from "./view.js" */

const UNDER_NAME = 0.85; // of a name's width lies on a circle that is its ground

/** @typedef {{ divisions: Divisions, labels: Labels }} Drawn */
/**
 * What is shown.
 * @typedef {{ file: MetricFile, period: number, highlight: number | null }} Shown
 */

export class Metrics {
  /**
   * @param {L.Map} map
   * @param {View} view
   * @param {() => readonly Drawn[]} drawn what is on the map, the boundaries of today first
   * @param {(shown: ShownCircles) => void} onCircles they are drawn in some size
   */
  constructor(map, view, drawn, onCircles) {
    this.map = map;
    this.view = view;
    this.drawn = drawn;
    this.onCircles = onCircles;
    this.symbols = new Symbols(map);
    this.scale = document.head.appendChild(document.createElement("style"));
    addPatterns(map.getContainer());
    /** @type {Shown | null} */
    this.shown = null;
    /** @type {MetricWords | null} */
    this.words = null;
    /** @type {(L.GeoJSON | null)[]} */
    this.lines = []; // between the divisions
    /** @type {Map<string, number>} */
    this.places = new Map(); // of divisions in the file's lists, by slug
    /** @type {ReadonlySet<number>} */
    this.uncertain = new Set();
    /** @type {readonly string[]} */
    this.colours = [];
    /** @type {CanvasColours | null} */
    this.page = null; // whose colours the scale is for
    map.on("zoomend", () => this.#placeCircles());
  }

  /** Whether a metric colours the map. */
  get isShown() {
    return this.shown !== null;
  }

  /** Id of the period that is shown; null without a metric. */
  get period() {
    return this.shown ? this.#period().id : null;
  }

  /**
   * @param {MetricFile} file
   * @param {number} period its number in the file
   * @param {number | null} highlight number of the class that stands out
   * @param {boolean} isOver whether something else was painted over it
   */
  show(file, period, highlight, isOver) {
    const { shown } = this;
    const isOther = file !== shown?.file;
    const isSame = !isOther && period === shown?.period && highlight === shown?.highlight;
    if (isSame && !isOver) return;
    this.shown = { file, period, highlight };
    if (isOther) this.#begin(file);
    this.uncertain = new Set(this.#period().uncertain);
    this.#paint();
  }

  /** Give the map back to whatever colours it without a metric. */
  clear() {
    if (!this.shown) return;
    this.shown = null;
    this.words = null;
    this.symbols.remove();
    for (const line of this.lines) line?.remove();
    this.lines = [];
    this.map.getContainer().classList.remove("with-metric", "with-circles", "with-divides");
    delete this.map.getContainer().dataset.metric;
    this.#strip();
  }

  /** @param {MetricFile} file */
  #begin(file) {
    this.places = new Map(file.slugs.map((slug, i) => [slug, i]));
    this.words = null;
    this.#writeScale();
    const classes = this.map.getContainer().classList;
    classes.add("with-metric");
    classes.toggle("with-circles", file.drawn === "circle");
    this.#outfit();
  }

  /** Draw what lies on the divisions, anew where other boundaries are shown. */
  #outfit() {
    const { file } = /** @type {Shown} */ (this.shown);
    const isCircles = file.drawn === "circle";
    const drawn = this.drawn();
    this.symbols.remove();
    for (const line of this.lines) line?.remove();
    // Two sets side by side lie each on a part of the map, and keep their own lines.
    const isOne = drawn.length === 1 && !isCircles;
    this.lines = isOne ? [drawDivides(drawn[0].divisions, this.map)] : [];
    this.map.getContainer().classList.toggle("with-divides", isOne);
    if (isCircles) {
      const all = drawn.map(({ divisions }) => divisions);
      this.symbols.draw(bySize(file), all, this.#largest());
      this.#tellCircles();
    }
    for (const { labels } of drawn) {
      labels.lower(isCircles ? (slug, width) => this.symbols.below(slug, width) : null);
    }
  }

  /** Other boundaries are shown, or something else was painted over them. */
  repaint() {
    if (!this.shown) this.#strip();
    else {
      this.#outfit();
      this.#paint();
    }
  }

  /** Take a metric's looks from all divisions and names. */
  #strip() {
    for (const { divisions, labels } of this.drawn()) {
      unpaintDivisions(divisions);
      labels.colour(null);
      labels.lower(null);
    }
  }

  #period() {
    const { file, period } = /** @type {Shown} */ (this.shown);
    return file.periods[period];
  }

  #paint() {
    const { file, highlight } = /** @type {Shown} */ (this.shown);
    const period = this.#period();
    const lookOf = (/** @type {string} */ slug) => this.#look(slug, period);
    const page = /** @type {CanvasColours} */ (this.page);
    for (const { divisions } of this.drawn()) {
      paintDivisions(divisions, lookOf, this.colours, page);
    }
    if (file.drawn === "circle") {
      this.symbols.paint(lookOf, (slug) => period.sizes?.[this.places.get(slug) ?? -1] ?? 0);
    }
    this.#colourNames();
    const { dataset, classList } = this.map.getContainer();
    dataset.metric = `${file.id} ${period.id}`; // tests and measurements wait for it
    classList.toggle("with-highlight", highlight !== null);
    this.light();
  }

  #colourNames() {
    const period = this.#period();
    for (const { labels } of this.drawn()) {
      labels.colour((slug, width) => this.#ground(slug, width, this.#look(slug, period)));
    }
  }

  /** What stands out does so in its new colours. */
  light() {
    for (const { divisions } of this.drawn()) {
      if (divisions.onCanvas && divisions.lit.length) divisions.light(divisions.lit, this.map);
    }
    this.symbols.light(this.drawn().flatMap(({ divisions }) => divisions.lit));
  }

  /**
   * @param {string} slug
   * @param {MetricPeriod} period
   * @returns {Look}
   */
  #look(slug, period) {
    const { file, highlight } = /** @type {Shown} */ (this.shown);
    const place = this.places.get(slug) ?? -1;
    const index = period.classes[place] ?? NO_CLASS;
    return {
      index,
      isUncertain: index !== NO_CLASS && this.uncertain.has(place),
      isFilled: file.drawn === "fill",
      isBack: highlight !== null && highlight !== index,
    };
  }

  /**
   * The class whose colour the name of a division stands on; none where that is no class's.
   * @param {string} slug
   * @param {number} width px, of the name
   * @param {Look} look
   */
  #ground(slug, width, { index, isFilled, isBack }) {
    if (index === NO_CLASS || isBack) return null;
    return isFilled || this.symbols.radius(slug) * 2 >= width * UNDER_NAME ? index : null;
  }

  // ---- colours ----

  /** The page's theme may be another. */
  followTheme() {
    if (!this.shown || canvasColours().paper === this.page?.paper) return;
    this.#writeScale();
    this.#paint();
  }

  #writeScale() {
    const { file } = /** @type {Shown} */ (this.shown);
    this.page = canvasColours();
    this.colours = isDark(this.page.paper) ? file.dark : file.light;
    const onPaper = `@media print { ${variables(file.light)} }`;
    this.scale.textContent = `${variables(this.colours)} ${onPaper}`;
  }

  // ---- circles ----

  #largest() {
    const { file } = /** @type {Shown} */ (this.shown);
    const { map, view } = this;
    const whole = view.whole().zoom;
    const [a, b] = [view.bounds.getNorthWest(), view.bounds.getSouthEast()];
    const { x, y } = map.project(b, whole).subtract(map.project(a, whole));
    return largestRadius(file, x * y, map.getZoom() - whole);
  }

  #tellCircles() {
    const { file } = /** @type {Shown} */ (this.shown);
    this.onCircles({ metric: file.id, radius: this.symbols.largest });
  }

  #placeCircles() {
    if (this.shown?.file.drawn !== "circle") return;
    this.symbols.place(this.#largest());
    this.#tellCircles();
    this.#colourNames();
  }

  // ---- words ----

  /**
   * Take the words of the metric that is shown.
   * @param {MetricWords | null} words
   */
  say(words) {
    this.words = words;
  }

  /**
   * What is said of a division; null where nothing is, or not yet.
   * @param {string} slug
   */
  wordsOf(slug) {
    if (!this.shown || !this.words) return null;
    const { label, none, periods } = this.words;
    const { name, values, marks, marked } = periods[this.shown.period];
    const place = this.places.get(slug) ?? -1;
    const more = [name, marks[marked[place]]].filter(Boolean).join(" · ");
    return { note: `${label}${values[place] || none}`, more };
  }
}

/**
 * @param {readonly string[]} colours of the classes
 */
function variables(colours) {
  const each = colours.map((colour, i) => `--class-${i}: ${colour}; --on-${i}: ${inkOn(colour)};`);
  return `:root { ${each.join(" ")} }`;
}

/**
 * The divisions by the largest circle that each has in any period, the largest first.
 * @param {MetricFile} file
 */
function bySize({ slugs, periods }) {
  const largest = slugs.map((_, i) => Math.max(...periods.map(({ sizes }) => sizes?.[i] ?? 0)));
  const order = [...slugs.keys()].sort((a, b) => largest[b] - largest[a]);
  return order.map((i) => ({ slug: slugs[i], most: largest[i] }));
}
