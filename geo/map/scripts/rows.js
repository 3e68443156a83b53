/* Where in a shape a line of text has room: level rows from edge to edge. */

/** @import { Box, Pixels } from "./boxes.js" */
/** @import { Room } from "./label_placement.js" */

/** @typedef {{ y: number, left: number, right: number }} Row px */

const STEP = 5; // px between rows that are tried
const MOST = 40; // px from the shape's own point
const HALF_LINE = 4; // px; letters have room above and below the row
const LINE = 16; // px high
const SHARES = [0.5, 0.3, 0.7, 0.15, 0.85]; // rows of a part in view, from its top

/**
 * Rows of a shape around a point, the nearest first.
 * @param {readonly (readonly Pixels[])[]} rings outlines and holes; px
 * @param {Pixels} at
 * @param {Room} room
 * @returns {Row[]}
 */
export function rowsAround(rings, at, { frame, reserved }) {
  const rows = [];
  for (let far = 0; far <= MOST; far += STEP) {
    for (const y of far === 0 ? [at.y] : [at.y - far, at.y + far]) {
      const above = stretches(rings, y - HALF_LINE, frame);
      const below = stretches(rings, y + HALF_LINE, frame);
      const both = above.flatMap((a) => below.flatMap((b) => shared(a, b)));
      const over = reserved.filter((box) => box.top < y + LINE / 2 && box.bottom > y - LINE / 2);
      const row = longest(over.reduce((rows, box) => rows.flatMap((each) => cut(each, box)), both));
      if (row) rows.push({ ...row, y });
    }
  }
  return rows;
}

/**
 * A point of a shape in the frame: the middle of the longest of some rows.
 * @param {readonly (readonly Pixels[])[]} rings
 * @param {Box} frame
 * @returns {Pixels | null} none where the rows meet nothing of the shape
 */
export function visiblePoint(rings, frame) {
  let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y } of rings.flat()) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  top = Math.max(top, frame.top);
  bottom = Math.min(bottom, frame.bottom);
  if (top >= bottom) return null;
  const row = longest(
    SHARES.flatMap((share) => stretches(rings, top + (bottom - top) * share, frame)),
  );
  return row && { x: (row.left + row.right) / 2, y: row.y };
}

/**
 * Where a level line lies in the shape and in the frame.
 * @param {readonly (readonly Pixels[])[]} rings
 * @param {number} y
 * @param {Box} frame
 * @returns {Row[]}
 */
function stretches(rings, y, frame) {
  const xs = rings.flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b);
  const rows = [];
  for (let i = 0; i + 1 < xs.length; i += 2) {
    const [left, right] = [Math.max(xs[i], frame.left), Math.min(xs[i + 1], frame.right)];
    if (left < right) rows.push({ y, left, right });
  }
  return rows;
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
 * Where a ring crosses a level line.
 * @param {readonly Pixels[]} ring
 * @param {number} y
 */
function crossings(ring, y) {
  const xs = [];
  for (let i = 0, last = ring.length - 1; i < ring.length; last = i, i += 1) {
    const [from, to] = [ring[last], ring[i]];
    if (from.y > y !== to.y > y) {
      xs.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
    }
  }
  return xs;
}
