/* Where in a shape a line of text has room: level rows from edge to edge. */

/** @import { Box, Pixels } from "./boxes.js" */
/** @import { Room } from "./label_placement.js" */

/** @typedef {{ y: number, left: number, right: number }} Row px */
/** @typedef {Float64Array} Ring x and y of its points in turns; px */

const STEP = 5; // px between rows that are tried
const MOST = 40; // px from the shape's own point
const HALF_LINE = 4; // px; letters have room above and below the row
const LINE = 16; // px high
const SHARES = [0.5, 0.3, 0.7, 0.15, 0.85]; // rows of a part in view, from its top

/**
 * Rows of a shape around a point, the nearest first.
 * @param {readonly Ring[]} rings outlines and holes; px
 * @param {Pixels} at
 * @param {Room} room
 * @returns {Row[]}
 */
export function rowsAround(rings, at, { frame, reserved }) {
  const ys = [at.y];
  for (let far = STEP; far <= MOST; far += STEP) ys.push(at.y - far, at.y + far);
  const lines = stretches(
    rings,
    ys.flatMap((y) => [y - HALF_LINE, y + HALF_LINE]),
    frame,
  );
  const rows = [];
  for (const [i, y] of ys.entries()) {
    const both = lines[2 * i].flatMap((a) => lines[2 * i + 1].flatMap((b) => shared(a, b)));
    const over = reserved.filter((box) => box.top < y + LINE / 2 && box.bottom > y - LINE / 2);
    const row = longest(over.reduce((rows, box) => rows.flatMap((each) => cut(each, box)), both));
    if (row) rows.push({ ...row, y });
  }
  return rows;
}

/**
 * A point of a shape in the frame: the middle of the longest of some rows.
 * @param {readonly Ring[]} rings
 * @param {Box} frame
 * @returns {Pixels | null} none where the rows meet nothing of the shape
 */
export function visiblePoint(rings, frame) {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      top = Math.min(top, ring[i]);
      bottom = Math.max(bottom, ring[i]);
    }
  }
  top = Math.max(top, frame.top);
  bottom = Math.min(bottom, frame.bottom);
  if (top >= bottom) return null;
  const ys = SHARES.map((share) => top + (bottom - top) * share);
  const row = longest(stretches(rings, ys, frame).flat());
  return row && { x: (row.left + row.right) / 2, y: row.y };
}

/**
 * Where level lines lie in the shape and in the frame.
 * @param {readonly Ring[]} rings
 * @param {readonly number[]} ys of the lines
 * @param {Box} frame
 * @returns {Row[][]} of each line
 */
function stretches(rings, ys, frame) {
  return crossings(rings, ys).map((xs, line) => {
    xs.sort((a, b) => a - b);
    const rows = [];
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [left, right] = [Math.max(xs[i], frame.left), Math.min(xs[i + 1], frame.right)];
      if (left < right) rows.push({ y: ys[line], left, right });
    }
    return rows;
  });
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function shared(a, b) {
  const [left, right] = [Math.max(a.left, b.left), Math.min(a.right, b.right)];
  return left < right ? [{ y: a.y, left, right }] : [];
}

/**
 * What a box leaves of a row.
 * @param {Row} row
 * @param {Box} box
 */
function cut({ y, left, right }, box) {
  const pieces = [
    { y, left, right: Math.min(right, box.left) },
    { y, left: Math.max(left, box.right), right },
  ];
  return pieces.filter((each) => each.left < each.right);
}

/**
 * @param {readonly Row[]} rows
 * @returns {Row | null}
 */
function longest(rows) {
  /** @type {Row | null} */
  let best = null;
  for (const row of rows) {
    if (!best || row.right - row.left > best.right - best.left) best = row;
  }
  return best;
}

/**
 * Where rings cross level lines. All lines at once: most sides lie above or below all of them, and
 * a map has thousands of sides.
 * @param {readonly Ring[]} rings
 * @param {readonly number[]} ys of the lines
 * @returns {number[][]} xs of each line
 */
function crossings(rings, ys) {
  /** @type {number[][]} */
  const xs = ys.map(() => []);
  const [first, last] = [Math.min(...ys), Math.max(...ys)];
  for (const ring of rings) {
    let [x, y] = [ring[ring.length - 2], ring[ring.length - 1]];
    for (let i = 0; i < ring.length; i += 2) {
      const [fromX, fromY] = [x, y];
      x = ring[i];
      y = ring[i + 1];
      if ((fromY <= first && y <= first) || (fromY > last && y > last)) continue;
      for (let line = 0; line < ys.length; line += 1) {
        const at = ys[line];
        if (fromY > at !== y > at)
          xs[line].push(fromX + ((at - fromY) / (y - fromY)) * (x - fromX));
      }
    }
  }
  return xs;
}
