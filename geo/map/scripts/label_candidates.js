/* Where a label may lie: within its shape, over its edges, around its point, beside it. */

import { boxAround, GAP, nearestPoint } from "./boxes.js";

/** @import { Pixels } from "./boxes.js" */
/** @import { Form, Place, Wanted } from "./label_placement.js" */

const NUDGES = [
  [0, 0],
  [0, -0.5],
  [0, 0.5],
  [-0.5, 0],
  [0.5, 0],
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
  [-0.8, -0.8],
  [0.8, -0.8],
  [-0.8, 0.8],
  [0.8, 0.8],
]; // in parts of the reach
const STAY = [[0, 0]];
const DISTANCES = [9, 16, 24, 34, 46, 60, 76, 94, 114, 136]; // px from a point to a label beside it
const TURNS = [0, 8, 2, 6, 10, 14, 12, 4, 1, 7, 9, 15, 3, 5, 11, 13]; // sixteenths; level ones first
const FAR = 50; // px; a label so far from its point is as bad as one in a smaller form
const MOST_WITHIN = 0.6; // of a label's width lies in its shape

/**
 * Where a label lies within its shape, the nearest to its point first.
 * @param {Wanted} wanted
 * @param {Pixels} size
 */
export function* withinRows({ at, rows }, size) {
  for (const { y, left, right } of rows) {
    const [first, last] = [left + size.x / 2, right - size.x / 2];
    if (first > last) continue;
    const nearest = Math.min(Math.max(at.x, first), last);
    for (const x of new Set([nearest, (nearest + first) / 2, (nearest + last) / 2, first, last])) {
      yield { x, y };
    }
  }
}

/**
 * Where a label reaches over the shape's edges, on both sides or on one, the widest rows first.
 * @param {Wanted} wanted
 * @param {Pixels} size
 */
export function overRows({ rows, reach }, size) {
  if (!reach) return [];
  const wide = rows.filter(({ left, right }) => right - left > size.x * MOST_WITHIN);
  wide.sort((a, b) => b.right - b.left - (a.right - a.left));
  const out = size.x / 2 + GAP;
  return wide.flatMap(({ y, left, right }) =>
    [(left + right) / 2, left + out, right - out].map((x) => ({ x, y })),
  );
}

/** @param {Wanted} wanted */
export function* aroundPoint({ at, reach }) {
  if (!reach) return;
  for (const [right, down] of reach.x || reach.y ? NUDGES : STAY) {
    yield { x: at.x + right * reach.x, y: at.y + down * reach.y };
  }
}

/**
 * Where a label lies beside its point, the nearest first.
 * @param {Pixels} at
 * @param {Form} form
 */
export function* besidePoint(at, form) {
  for (const distance of DISTANCES) {
    for (const turn of TURNS) yield placeBeside(at, form, distance, (turn * Math.PI) / 8);
  }
}

/**
 * @param {Pixels} at
 * @param {Form} form
 * @param {number} distance px
 * @param {number} angle radians
 * @returns {Place}
 */
function placeBeside(at, form, distance, angle) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const half = Math.min(
    form.size.x / 2 / Math.max(Math.abs(cos), 1e-9),
    form.size.y / 2 / Math.max(Math.abs(sin), 1e-9),
  ); // from the middle of the label to its edge, in this direction
  const far = distance + half;
  const [x, y] = [cos * far, sin * far];
  const box = boxAround({ x: at.x + x, y: at.y + y }, form.size);
  const line = { from: at, to: nearestPoint(box, at) };
  const cost = distance / FAR;
  return { form, x, y, box, line, cost };
}
