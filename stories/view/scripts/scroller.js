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
 * How much of it something covers that stays above the text, in px: on phones the map.
 * @param {HTMLElement} scroller
 */
export function coveredHeight(scroller) {
  return Number.parseFloat(getComputedStyle(scroller).scrollPaddingTop) || 0;
}

/** @returns {ScrollBehavior} */
export function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
