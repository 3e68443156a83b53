/* What the page scrolls in: an element of its own, so that browsers restore nothing by themselves. */

/**
 * @param {HTMLElement} panel
 * @returns {HTMLElement}
 */
export function scrollerOf(panel) {
  let each = panel.parentElement;
  while (each && !/auto|scroll/.test(getComputedStyle(each).overflowY)) each = each.parentElement;
  return each ?? document.documentElement;
}

/**
 * How much of what the page scrolls in is covered by what stays above the text, in px: on phones by
 * the map.
 * @param {HTMLElement} panel
 */
export function coveredHeight(panel) {
  return Number.parseFloat(getComputedStyle(panel).scrollMarginTop) || 0;
}

/** @returns {ScrollBehavior} */
export function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
