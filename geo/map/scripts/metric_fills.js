/* The divisions in the colours of a metric's classes, as elements or on a canvas. */

import { elementOf } from "./divisions.js";
import { dottedPicture, hatchPicture, NO_VALUE, uncertainFill } from "./metric_patterns.js";
import { inkOn, NO_CLASS } from "./metric_scale.js";

/** @import { CanvasColours } from "./canvas.js" */
/** @import { Divisions } from "./divisions.js" */

const FAINT = 0.15; // opacity of what stands back
const LINE = 0.5; // px

/**
 * How a division is drawn.
 * @typedef {{
 *   index: number, // of its class; NO_CLASS without a value
 *   isUncertain: boolean,
 *   isFilled: boolean, // in its class's colour
 *   isBack: boolean, // another class stands out
 * }} Look
 */

/**
 * @param {Divisions} divisions
 * @param {(slug: string) => Look} lookOf
 * @param {readonly string[]} colours of the classes
 * @param {CanvasColours} page
 */
export function paintDivisions(divisions, lookOf, colours, page) {
  if (divisions.onCanvas) paintOnCanvas(divisions, lookOf, colours, page);
  else for (const [slug, layer] of divisions.layers) paintPath(elementOf(layer), lookOf(slug));
}

/** @param {Divisions} divisions */
export function unpaintDivisions(divisions) {
  if (divisions.onCanvas) return; // whoever paints it next paints all of it
  for (const layer of divisions.layers.values()) {
    const path = elementOf(layer);
    path?.classList.remove("valued", "no-value", "uncertain", "back");
    path?.style.removeProperty("fill");
  }
}

/**
 * @param {SVGElement | undefined} path
 * @param {Look} look
 */
function paintPath(path, { index, isUncertain, isFilled, isBack }) {
  if (!path) return;
  const hasValue = index !== NO_CLASS;
  path.classList.toggle("valued", hasValue);
  path.classList.toggle("no-value", !hasValue);
  path.classList.toggle("uncertain", isUncertain);
  path.classList.toggle("back", isBack);
  const fill = hasValue ? `var(--class-${index})` : NO_VALUE;
  if (hasValue && !isFilled) path.style.fill = "var(--quiet)";
  else path.style.fill = isUncertain && hasValue ? uncertainFill(index) : fill;
}

/**
 * @param {Divisions} divisions
 * @param {(slug: string) => Look} lookOf
 * @param {readonly string[]} colours
 * @param {CanvasColours} page
 */
function paintOnCanvas(divisions, lookOf, colours, page) {
  const { quiet, line, land } = page;
  const none = hatchPicture(land, line);
  const dotted = colours.map((colour) => dottedPicture(colour, inkOn(colour)));
  divisions.patterned.clear();
  for (const [slug, layer] of divisions.layers) {
    const { index, isUncertain, isFilled, isBack } = lookOf(slug);
    const fill = isUncertain ? dotted[index] : colours[index];
    const fillColor = index === NO_CLASS ? none : isFilled ? fill : quiet;
    if (index === NO_CLASS) divisions.patterned.set(slug, NO_VALUE);
    else if (isFilled && isUncertain) divisions.patterned.set(slug, uncertainFill(index));
    layer.setStyle({
      color: line,
      weight: LINE,
      // A canvas takes a pattern wherever it takes a colour, which Leaflet hands on.
      fillColor: /** @type {string} */ (fillColor),
      fillOpacity: isBack ? FAINT : 1,
    });
  }
}
