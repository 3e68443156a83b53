import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contrast,
  inkOn,
  isDark,
  largestRadius,
  luminance,
  periodNumber,
  radiusOf,
} from "../../geo/map/scripts/metric_scale.js";

/** @import { MetricFile } from "../../geo/map/scripts/types.js" */

/**
 * @param {number[][]} sizes by period
 * @returns {MetricFile}
 */
const file = (sizes) => ({
  id: "wells",
  drawn: "circle",
  light: ["#ffffff"],
  dark: ["#000000"],
  slugs: ["a", "b"],
  periods: sizes.map((each, i) => ({
    id: String(2020 + i),
    classes: [0, 0],
    uncertain: [],
    sizes: each,
  })),
});
const COUNTY = 300_000; // px²

test("a period is found by its id, and the last one stands in", () => {
  const three = file([[1], [1], [1]]);
  assert.equal(periodNumber(three, "2021"), 1);
  for (const id of ["1999", null, undefined]) assert.equal(periodNumber(three, id), 2);
});

test("the ink of a name has 4.5:1 on any colour", () => {
  for (let r = 0; r < 256; r += 15) {
    for (let g = 0; g < 256; g += 15) {
      for (let b = 0; b < 256; b += 15) {
        const colour = `#${[r, g, b].map((each) => each.toString(16).padStart(2, "0")).join("")}`;
        assert.ok(contrast(inkOn(colour), colour) >= 4.5, colour);
      }
    }
  }
});

test("colours are read as sheets write them and as browsers do", () => {
  assert.equal(luminance("#ff8000"), luminance("rgb(255, 128, 0)"));
  assert.ok(isDark("rgb(14, 17, 23)"));
  assert.ok(!isDark("rgb(251, 250, 247)"));
});

test("areas of circles are in proportion to their values", () => {
  const area = (/** @type {number} */ size) => Math.PI * radiusOf(size, 30) ** 2;
  for (const part of [0.5, 0.1, 0.01]) {
    assert.ok(Math.abs(area(part) / area(1) - part) < 1e-9);
  }
  assert.equal(radiusOf(0, 30), 0);
});

test("circles of the fullest period cover no more than a part of the county", () => {
  const many = Array.from({ length: 400 }, () => 0.5);
  const radius = largestRadius(file([many.slice(0, 10), many]), COUNTY, 0);
  assert.ok(many.length * 0.5 * Math.PI * radius ** 2 < COUNTY * 0.15);
});

test("circles are neither too large nor too small to be told apart", () => {
  assert.ok(largestRadius(file([[1, 0.1]]), COUNTY * 10, 0) <= 30);
  assert.ok(largestRadius(file([Array(5000).fill(1)]), COUNTY, 0) >= 5);
  assert.ok(largestRadius(file([[0, 0]]), COUNTY, 0) > 0);
});

test("circles grow with the map, slower than it does", () => {
  const [whole, near, nearer] = [0, 1, 9].map((levels) =>
    largestRadius(file([[1, 0.1]]), COUNTY, levels),
  );
  assert.ok(whole < near && near < 2 * whole && nearer <= 3 * whole);
});
