import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsAround, visiblePoint } from "../../geo/map/scripts/rows.js";

const FRAME = { left: 0, right: 100, top: 0, bottom: 100 };
const ROOM = { frame: FRAME, reserved: [] };

/** @param {[number, number][]} points */
const ring = (...points) => Float64Array.from(points.flat());
const SQUARE = ring([10, 10], [60, 10], [60, 60], [10, 60]);

test("rows go from edge to edge, the nearest to the point first", () => {
  const rows = rowsAround([SQUARE], { x: 35, y: 30 }, ROOM);
  assert.deepEqual(rows[0], { y: 30, left: 10, right: 60 });
  assert.deepEqual(rows.map(({ y }) => y).slice(0, 3), [30, 25, 35]);
  assert.ok(rows.every(({ y }) => y > 14 && y < 56));
});

test("a hole cuts a row, and so do the frame and what lies over the map", () => {
  const hole = ring([20, 20], [30, 20], [30, 40], [20, 40]);
  const [row] = rowsAround([SQUARE, hole], { x: 35, y: 30 }, ROOM);
  assert.deepEqual(row, { y: 30, left: 30, right: 60 });
  const [cut] = rowsAround([SQUARE], { x: 35, y: 30 }, { ...ROOM, frame: { ...FRAME, right: 40 } });
  assert.deepEqual(cut, { y: 30, left: 10, right: 40 });
  const bar = { left: 0, right: 25, top: 0, bottom: 25 };
  const [under] = rowsAround([SQUARE], { x: 35, y: 30 }, { ...ROOM, reserved: [bar] });
  assert.deepEqual(under, { y: 30, left: 25, right: 60 });
});

test("a point in view lies in the shape, however that is bent", () => {
  const bent = ring([-50, 80], [90, 80], [90, -50], [80, -50], [80, 60], [-50, 60]);
  assert.deepEqual(visiblePoint([bent], FRAME), { x: 45, y: 68 });
});

/**
 * @param {number} right
 * @param {number} down
 */
const moved = (right, down) => SQUARE.map((each, i) => each + (i % 2 ? down : right));

test("of a shape out of view there is no such point", () => {
  assert.equal(visiblePoint([moved(0, 200)], FRAME), null);
  assert.equal(visiblePoint([moved(200, 0)], FRAME), null);
});
