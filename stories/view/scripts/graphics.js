/* Graphics are drawn here: what Streamlit puts on its page may hold no drawings.
 *
 * The panel brings each as text, in `data-svg`, with the signs of markup as addresses have them; its place is kept by the sheet until it is drawn.
 * Readers without scripts get the drawing itself.
 */

const SHAPES = new Set("svg title desc g path rect circle line text tspan".split(" "));

/**
 * Draw what has not been drawn yet.
 * @param {ParentNode} parent
 */
export function drawGraphics(parent) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = parent.querySelectorAll(".graphic-drawing[data-svg]");
  for (const place of places) {
    place.replaceChildren(...drawings(decodeURIComponent(place.dataset.svg ?? "")));
    delete place.dataset.svg;
  }
}

/**
 * Nothing but shapes and words comes of it, whatever the text holds.
 * @param {string} text
 */
function drawings(text) {
  const { body } = new DOMParser().parseFromString(text, "text/html");
  for (const element of body.querySelectorAll("*")) {
    const isForeign = !(element instanceof SVGElement) || !SHAPES.has(element.localName);
    if (isForeign) element.remove();
    for (const { name } of [...element.attributes]) {
      if (/^on|href$/i.test(name)) element.removeAttribute(name);
    }
  }
  return body.children;
}
