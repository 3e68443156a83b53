import assert from "node:assert/strict";
import { test } from "node:test";
import { areApart, placeLabels } from "../../geo/map/scripts/label_placement.js";

const LINE = 10; // px high
const LETTER = 10; // px wide

/** @type {(label: string, name: string) => { x: number, y: number }} */
const sizeOf = (_label, name) => ({ x: name.length * LETTER, y: LINE });

/**
 * @param {[number, number, ...string[]][]} labels x, y and names
 */
function place(...labels) {
  const wanted = labels.map(([x, y, ...names]) => ({ label: names[0], at: { x, y }, names }));
  return placeLabels(wanted, sizeOf);
}

/** @param {ReturnType<typeof place>[number]} found */
const where = (found) => found && [found.name, found.x, found.y];

test("a label that has room lies on its point", () => {
  assert.deepEqual(place([0, 0, "aaaa"], [100, 0, "bbbb"]).map(where), [
    ["aaaa", 0, 0],
    ["bbbb", 0, 0],
  ]);
});

test("the first keeps its place and the second is moved", () => {
  const [first, second] = place([0, 0, "aaaa"], [5, 0, "bbbb"]);
  assert.deepEqual(where(first), ["aaaa", 0, 0]);
  assert.deepEqual(where(second), ["bbbb", 0, -13]);
});

test("a name is moved before it is shortened", () => {
  const [, second] = place([0, 0, "aaaa"], [0, 8, "bbbb", "b"]);
  assert.deepEqual(where(second), ["bbbb", 0, 13]);
});

test("a name that fits nowhere is shortened", () => {
  const wall = /** @type {[number, number, string][]} */ (
    [-26, -13, 0, 13, 26].map((y) => [0, y, "wall"])
  );
  const [last] = place(...wall, [90, 0, "wall"], [40, 0, "bbbb", "b"]).slice(-1);
  assert.deepEqual(where(last), ["b", 0, 0]);
});

test("a label without any room has no place", () => {
  const wall = /** @type {[number, number, string][]} */ (
    [-26, -13, 0, 13, 26].map((y) => [0, y, "wall".repeat(4)])
  );
  const [last] = place(...wall, [0, 0, "b"]).slice(-1);
  assert.equal(last, null);
});

test("no two labels that are placed lie on each other", () => {
  const labels = /** @type {[number, number, string, string][]} */ (
    Array.from({ length: 60 }, (_, i) => [(i * 37) % 200, (i * 53) % 90, "name".repeat(2), "n"])
  );
  const boxes = place(...labels).flatMap((found) => (found ? [found.box] : []));
  assert.ok(boxes.length > 5 && boxes.length < labels.length);
  for (const [i, box] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) assert.ok(areApart(box, other));
  }
});

test("labels side by side keep a gap, labels above each other need none", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(areApart(box, { ...box, left: 12, right: 22 }), false);
  assert.equal(areApart(box, { ...box, left: 14, right: 24 }), true);
  assert.equal(areApart(box, { ...box, top: 11, bottom: 21 }), true);
});
