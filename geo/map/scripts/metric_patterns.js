/* How a fill says that there is no value, or that a value is uncertain: by hatches and dots, which
 * are told apart without colour. For elements they are SVG patterns, for a canvas pictures.
 */

const HATCH = { side: 7, width: 1.4 }; // px
const DOTS = { side: 9, radius: 0.9 }; // px
const DOT_OPACITY = 0.6;
const MOST_CLASSES = 7;

export const NO_VALUE = "url(#no-value)";

/** @param {number} index of a class */
export const uncertainFill = (index) => `url(#uncertain-${index})`;

/**
 * Put the patterns into the page, in the colours of the style sheet.
 * @param {HTMLElement} parent
 */
export function addPatterns(parent) {
  const svg = L.SVG.create("svg");
  svg.setAttribute("class", "patterns");
  svg.setAttribute("aria-hidden", "true");
  const { side, width } = HATCH;
  const hatch = pattern("no-value", side, "hatch-ground");
  const lines = L.SVG.create("path");
  lines.setAttribute("d", hatchPath(side));
  lines.setAttribute("class", "hatch-line");
  lines.setAttribute("stroke-width", String(width));
  hatch.append(lines);
  svg.append(hatch);
  for (let index = 0; index < MOST_CLASSES; index += 1) svg.append(dotted(index));
  parent.append(svg);
}

/** @param {number} index of a class */
function dotted(index) {
  const { side, radius } = DOTS;
  const dots = pattern(`uncertain-${index}`, side, "");
  /** @type {SVGElement} */ (dots.firstElementChild).style.fill = `var(--class-${index})`;
  for (const [x, y] of dotsIn(side)) {
    const dot = L.SVG.create("circle");
    for (const [name, value] of Object.entries({ cx: x, cy: y, r: radius })) {
      dot.setAttribute(name, String(value));
    }
    dot.style.fill = `var(--on-${index})`;
    dot.style.fillOpacity = String(DOT_OPACITY);
    dots.append(dot);
  }
  return dots;
}

/**
 * @param {string} id
 * @param {number} side px
 * @param {string} ground class of what lies below
 */
function pattern(id, side, ground) {
  const element = L.SVG.create("pattern");
  element.id = id;
  element.setAttribute("patternUnits", "userSpaceOnUse");
  const rect = L.SVG.create("rect");
  for (const each of [element, rect]) {
    each.setAttribute("width", String(side));
    each.setAttribute("height", String(side));
  }
  if (ground) rect.setAttribute("class", ground);
  element.append(rect);
  return element;
}

/** @param {number} side */
const hatchPath = (side) =>
  `M-1,1L1,-1M0,${side}L${side},0M${side - 1},${side + 1}L${side + 1},${side - 1}`;

/**
 * Two in a square, so that they stand in slanting rows.
 * @param {number} side
 */
const dotsIn = (side) => [
  [side * 0.25, side * 0.25],
  [side * 0.75, side * 0.75],
];

/**
 * The same for a canvas.
 * @param {string} ground
 * @param {string} line
 */
export function hatchPicture(ground, line) {
  const { side, width } = HATCH;
  return picture(side, ground, (pen) => {
    pen.strokeStyle = line;
    pen.lineWidth = width;
    pen.stroke(new Path2D(hatchPath(side)));
  });
}

/**
 * @param {string} ground
 * @param {string} ink
 */
export function dottedPicture(ground, ink) {
  const { side, radius } = DOTS;
  return picture(side, ground, (pen) => {
    pen.fillStyle = ink;
    pen.globalAlpha = DOT_OPACITY;
    for (const [x, y] of dotsIn(side)) {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fill();
    }
  });
}

/**
 * @param {number} side px
 * @param {string} ground
 * @param {(pen: CanvasRenderingContext2D) => void} draw
 */
function picture(side, ground, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = ground;
  pen.fillRect(0, 0, side, side);
  draw(pen);
  return /** @type {CanvasPattern} */ (pen.createPattern(canvas, "repeat"));
}
