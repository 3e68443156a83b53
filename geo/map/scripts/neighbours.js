/* The outlines of what lies around the county. */

/** @import { Position } from "geojson" */
/** @import { Shapes } from "./types.js" */

/**
 * The rings as lines, without the segments where the file was cut at its bounding box: those are
 * no boundaries.
 * @param {Shapes} collection
 * @returns {Position[][]} lines of at least two points, [longitude, latitude] in degrees
 */
export function linesWithoutCut(collection) {
  const rings = collection.features.flatMap(({ geometry }) =>
    geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : geometry.coordinates,
  );
  const isCut = cutAt(rings.flat());
  return rings.flatMap((ring) => splitWhere(isCut, ring)).filter((line) => line.length > 1);
}

/**
 * Whether a segment runs along an edge of the points' bounding box.
 * @param {Position[]} points
 * @returns {(a: Position, b: Position) => boolean}
 */
function cutAt(points) {
  const edges = [0, 1].map((axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const point of points) {
      low = Math.min(low, point[axis]);
      high = Math.max(high, point[axis]);
    }
    return [low, high];
  });
  return (a, b) => [0, 1].some((axis) => a[axis] === b[axis] && edges[axis].includes(a[axis]));
}

/**
 * @param {(a: Position, b: Position) => boolean} isCut
 * @param {Position[]} ring its last point is its first
 */
function splitWhere(isCut, ring) {
  const lines = [[ring[0]]];
  for (let i = 1; i < ring.length; i += 1) {
    if (isCut(ring[i - 1], ring[i])) lines.push([]);
    lines[lines.length - 1].push(ring[i]);
  }
  return lines;
}
