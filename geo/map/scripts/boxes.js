/* Rectangles and lines on the map, in px: what covers or crosses what. */

export const GAP = 4; // px kept free beside a label
const CELL = 64; // px; boxes are looked up by the cells of a grid

/**
 * @typedef {{ x: number, y: number }} Pixels
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box
 * @typedef {{ from: Pixels, to: Pixels }} Line
 */

/**
 * @param {Pixels} middle
 * @param {Pixels} size
 * @returns {Box}
 */
export function boxAround({ x, y }, size) {
  return {
    left: x - size.x / 2,
    right: x + size.x / 2,
    top: y - size.y / 2,
    bottom: y + size.y / 2,
  };
}

/**
 * Labels side by side need a gap, labels above each other have theirs in the height of their line.
 * @param {Box} a
 * @param {Box} b
 */
export function areApart(a, b) {
  return a.right + GAP < b.left || b.right + GAP < a.left || a.bottom < b.top || b.bottom < a.top;
}

/**
 * @param {Box} outer
 * @param {Box} inner
 */
export function holds(outer, inner) {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
}

/**
 * The point of a box that is nearest to another point.
 * @param {Box} box
 * @param {Pixels} point
 * @returns {Pixels}
 */
export function nearestPoint({ left, right, top, bottom }, { x, y }) {
  return { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
}

/**
 * Whether a part of a line lies in a box.
 * @param {Line} line
 * @param {Box} box
 */
export function crosses({ from, to }, { left, right, top, bottom }) {
  let [begin, end] = [0, 1]; // how much of the line is left after each edge has cut it
  const edges = [
    [from.x - to.x, from.x - left],
    [to.x - from.x, right - from.x],
    [from.y - to.y, from.y - top],
    [to.y - from.y, bottom - from.y],
  ];
  for (const [run, room] of edges) {
    if (run === 0 && room < 0) return false;
    if (run < 0) begin = Math.max(begin, room / run);
    if (run > 0) end = Math.min(end, room / run);
  }
  return begin <= end;
}

/**
 * @param {Line} a
 * @param {Line} b
 */
export function intersect(a, b) {
  return (
    side(a, b.from) * side(a, b.to) <= 0 &&
    side(b, a.from) * side(b, a.to) <= 0 &&
    !areApart(boxOf(a), boxOf(b)) // lines on one line
  );
}

/**
 * @param {Line} line
 * @param {Pixels} point
 */
function side({ from, to }, point) {
  return Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
}

/**
 * @param {Line} line
 * @returns {Box}
 */
function boxOf({ from, to }) {
  return {
    left: Math.min(from.x, to.x),
    right: Math.max(from.x, to.x),
    top: Math.min(from.y, to.y),
    bottom: Math.max(from.y, to.y),
  };
}

/** Boxes that are found by where they lie, however many there are. */
export class Boxes {
  /** @param {readonly Box[]} boxes */
  constructor(boxes = []) {
    /** @type {Map<number, Box[]>} */
    this.cells = new Map();
    for (const box of boxes) this.add(box);
  }

  /** @param {Box} box */
  add(box) {
    for (const cell of cellsOf(box)) {
      const there = this.cells.get(cell);
      if (there) there.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  /**
   * Whether all boxes keep apart from this one.
   * @param {Box} box
   */
  areApartFrom(box) {
    for (const cell of cellsOf(box)) {
      const there = this.cells.get(cell);
      if (there && !there.every((other) => areApart(box, other))) return false;
    }
    return true;
  }

  /** @param {Line} line */
  areCrossedBy(line) {
    for (const cell of cellsOf(boxOf(line))) {
      if (this.cells.get(cell)?.some((other) => crosses(line, other))) return true;
    }
    return false;
  }
}

/** @param {Box} box */
function cellsOf({ left, right, top, bottom }) {
  const cells = [];
  const [first, last] = [Math.floor((left - GAP) / CELL), Math.floor((right + GAP) / CELL)];
  for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
    for (let column = first; column <= last; column += 1) cells.push(row * 100_003 + column);
  }
  return cells;
}
