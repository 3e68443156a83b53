/**
 * Find what the page's own HTML is known to hold.
 * @template {Element} [E=HTMLElement]
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {E}
 */
export function find(parent, selector) {
  const element = parent.querySelector(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return /** @type {E} */ (element);
}

/**
 * Write into an element without a change of its children, which the page would look into.
 * @param {Element | null} element
 * @param {string} words
 */
export function write(element, words) {
  if (!element) return;
  if (element.firstChild instanceof Text && element.childNodes.length === 1) {
    if (element.firstChild.data !== words) element.firstChild.data = words;
  } else if (element.textContent !== words) {
    element.textContent = words;
  }
}
