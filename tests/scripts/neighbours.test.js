import assert from "node:assert/strict";
import { test } from "node:test";
import { linesWithoutCut } from "../../geo/map/scripts/neighbours.js";

/** @import { MultiPolygon, Polygon, Position } from "geojson" */

/**
 * @param {(Polygon | MultiPolygon)[]} geometries
 */
function lines(...geometries) {
  return linesWithoutCut({
    type: "FeatureCollection",
    features: geometries.map((geometry) => ({ type: "Feature", geometry, properties: {} })),
  });
}

/**
 * @param {Position[][]} coordinates
 * @returns {Polygon}
 */
const polygon = (...coordinates) => ({ type: "Polygon", coordinates });

const DIAMOND = [
  [5, 1],
  [9, 5],
  [5, 9],
  [1, 5],
  [5, 1],
];

test("a ring that touches the bounding box in points alone stays whole", () => {
  assert.deepEqual(lines(polygon(DIAMOND)), [DIAMOND]);
});

test("segments along the bounding box are left out", () => {
  const cut = [
    [0, 0],
    [10, 0],
    [6, 5],
    [0, 10],
    [0, 0],
  ];
  assert.deepEqual(lines(polygon(cut)), [
    [
      [10, 0],
      [6, 5],
      [0, 10],
    ],
  ]);
});

test("nothing is left of a ring that is the bounding box", () => {
  const box = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ];
  assert.deepEqual(lines(polygon(box)), []);
});

test("a straight line inside the bounding box is a boundary", () => {
  const left = [
    [0, 0],
    [5, 0],
    [5, 10],
    [0, 10],
    [0, 0],
  ];
  const right = [
    [5, 0],
    [10, 0],
    [10, 10],
    [5, 10],
    [5, 0],
  ];
  assert.deepEqual(lines(polygon(left), polygon(right)), [
    [
      [5, 0],
      [5, 10],
    ],
    [
      [5, 10],
      [5, 0],
    ],
  ]);
});

test("holes and the parts of a multipolygon are rings of their own", () => {
  const hole = [
    [4, 4],
    [5, 6],
    [6, 4],
    [4, 4],
  ];
  const parts = lines({ type: "MultiPolygon", coordinates: [[DIAMOND, hole], [hole]] });
  assert.deepEqual(parts, [DIAMOND, hole, hole]);
});
