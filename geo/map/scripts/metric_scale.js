/* Which period, which ink and how large a circle: what can be said of a metric without a map. */

/** @import { MetricFile } from "./types.js" */

export const NO_CLASS = -1; // of a division that has no value

const BLACK = "#000000";
const WHITE = "#ffffff";
const COVERED = 0.14; // of the county, by the circles of the fullest period
const RADIUS = { least: 5, most: 30 }; // px, of the largest circle while the whole county is seen
const GROWTH = 0.5; // zoom levels by which circles grow for each that the map does
const MOST_GROWTH = 3; // times
const DARK = 0.2; // relative luminance of a page that is dark

/**
 * Number of a period in its file; the last one where there is no such period.
 * @param {MetricFile} file
 * @param {string | null | undefined} id
 */
export function periodNumber({ periods }, id) {
  const found = periods.findIndex((each) => each.id === id);
  return found < 0 ? periods.length - 1 : found;
}

/**
 * Relative luminance of a colour (WCAG 2.2), from 0 to 1.
 * @param {string} colour `#rrggbb` or `rgb(r, g, b)`
 */
export function luminance(colour) {
  const [r, g, b] = channels(colour).map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Contrast of two colours (WCAG 2.2), from 1 to 21.
 * @param {string} one
 * @param {string} other
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The ink of words on a colour: of black and white one has 4.5:1 or more on any.
 * @param {string} colour
 */
export const inkOn = (colour) =>
  contrast(BLACK, colour) >= contrast(WHITE, colour) ? BLACK : WHITE;

/** @param {string} paper colour of the page */
export const isDark = (paper) => luminance(paper) < DARK;

/**
 * Radius of a metric's largest circle: those of its fullest period cover a part of the county.
 * @param {MetricFile} file
 * @param {number} area of the county in square px, while the whole of it is seen
 * @param {number} levels by which the map has been zoomed in from there
 * @returns {number} px
 */
export function largestRadius({ periods }, area, levels) {
  const sums = periods.map(({ sizes = [] }) => sizes.reduce((all, each) => all + each, 0));
  const fullest = Math.max(...sums);
  if (!(fullest > 0)) return RADIUS.least;
  const radius = Math.sqrt((area * COVERED) / (Math.PI * fullest));
  const growth = Math.min(2 ** (Math.max(levels, 0) * GROWTH), MOST_GROWTH);
  return Math.min(Math.max(radius, RADIUS.least), RADIUS.most) * growth;
}

/**
 * Radius of a circle whose area is a part of the largest one's.
 * @param {number} size the part, from 0 to 1
 * @param {number} largest px
 */
export const radiusOf = (size, largest) => Math.sqrt(size) * largest;

/** @param {string} colour */
function channels(colour) {
  if (colour.startsWith("#")) {
    return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  }
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}
