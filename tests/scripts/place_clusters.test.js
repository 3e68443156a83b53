import assert from "node:assert/strict";
import { test } from "node:test";
import { keyOf, PlaceClusters } from "../../geo/map/scripts/place_clusters.js";

/** @import { StoryPlace } from "../../geo/map/scripts/types.js" */

/**
 * @param {string} place
 * @param {number | null} lon
 * @param {number} lat
 * @returns {StoryPlace}
 */
const spot = (place, lon, lat = 30) => ({
  type: "Feature",
  properties: { town: "a", place, known: lon === null ? "division" : "measured", within_m: null },
  geometry: lon === null ? null : { type: "Point", coordinates: [lon, lat] },
});

/** @type {[number, number, number, number]} */
const AROUND = [119, 29, 121, 31];

test("places that are apart stand alone, from west to east", () => {
  const clusters = new PlaceClusters([spot("east", 120.5), spot("west", 119.5)], 15);
  const keys = clusters.within(AROUND, 11).map(({ key }) => key);
  assert.deepEqual(keys, [keyOf("a", "west"), keyOf("a", "east")]);
});

test("a place without a point is never drawn", () => {
  const clusters = new PlaceClusters([spot("nowhere", null), spot("west", 119.5)], 15);
  assert.deepEqual(
    clusters.within([-180, -85, 180, 85], 15).map(({ key }) => key),
    [keyOf("a", "west")],
  );
});

test("places that are close share a cluster until they are apart", () => {
  const clusters = new PlaceClusters([spot("one", 120), spot("two", 120.002)], 15);
  const [cluster, ...others] = clusters.within(AROUND, 11.75);
  assert.deepEqual(others, []);
  assert.ok("count" in cluster);
  assert.equal(cluster.count, 2);
  const zoom = clusters.opensAt(cluster.cluster);
  assert.ok(zoom !== null && zoom > 11 && zoom <= 15);
  assert.equal(clusters.within(AROUND, zoom).length, 2);
  assert.equal(clusters.within(AROUND, zoom - 1).length, 1);
});

test("places at one spot never come apart, and are known by name", () => {
  const clusters = new PlaceClusters([spot("two", 120), spot("one", 120)], 15);
  const [cluster] = clusters.within(AROUND, 15);
  assert.ok("count" in cluster);
  assert.equal(clusters.opensAt(cluster.cluster), null);
  const ids = clusters.placesOf(cluster.cluster).map(({ properties }) => properties.place);
  assert.deepEqual(ids, ["one", "two"]);
});

test("no place is lost at any zoom", () => {
  const many = Array.from({ length: 2000 }, (_, n) =>
    spot(`p${n}`, 119.1 + (n % 50) * 0.036, 29.1 + Math.floor(n / 50) * 0.045),
  );
  const clusters = new PlaceClusters(many, 15);
  for (let zoom = 6; zoom <= 15; zoom += 0.75) {
    const drawn = clusters.within(AROUND, zoom);
    const count = drawn.reduce((sum, each) => sum + ("count" in each ? each.count : 1), 0);
    assert.equal(count, 2000);
  }
});

test("around the antimeridian places stand where they are drawn", () => {
  const clusters = new PlaceClusters([spot("near", 179.9, -17), spot("far", 180.4, -17)], 15);
  const drawn = clusters.within([179, -18, 181, -16], 11);
  assert.deepEqual(
    drawn.map(({ lon }) => Math.round(lon * 10) / 10),
    [179.9, 180.4],
  );
});
