import assert from "node:assert/strict";
import { test } from "node:test";
import { slugsToLabel } from "../../geo/map/scripts/canvas.js";

const ALL = Array.from({ length: 200 }, (_, i) => `s${i}`);
const STATE = { tones: { s150: "#fff", s160: "#000", elsewhere: "#aaa" } };

test("the chosen one is labelled first, then the stories, then others", () => {
  const labelled = [...slugsToLabel(ALL, ["s199"], STATE, () => true)];
  assert.deepEqual(labelled.slice(0, 4), ["s199", "s150", "s160", "s0"]);
  assert.equal(labelled.length, 80);
});

test("only what is in view is labelled", () => {
  const labelled = slugsToLabel(ALL, ["s199"], STATE, (slug) => slug.endsWith("50"));
  assert.deepEqual([...labelled], ["s150", "s50"]);
});

test("a story that the map does not hold is not labelled", () => {
  assert.ok(!slugsToLabel(ALL, [null], STATE, () => true).has("elsewhere"));
});
