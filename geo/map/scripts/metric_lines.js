/* Lines between divisions that a metric fills: with a casing below them, or they would not stand
 * out from each class, nor a reconstructed one from a published one.
 */

/** @import { FeatureCollection } from "geojson" */
/** @import { Divisions } from "./divisions.js" */

/** @type {L.GeoJSONOptions} */
const OPTIONS = {
  style: (feature) => ({ className: `divide ${feature?.properties.boundary_status}` }),
  interactive: false,
  pane: "symbols",
};

/**
 * Draw them above the divisions, whose own lines are the casing. On a canvas they tell nothing
 * apart, and thousands of them would take too long.
 * @param {Divisions} divisions
 * @param {L.Map} map
 * @returns {L.GeoJSON | null}
 */
export function drawDivides(divisions, map) {
  if (divisions.onCanvas) return null;
  /** @type {FeatureCollection} */
  const collection = {
    type: "FeatureCollection",
    features: [...divisions.layers.values()].map(({ feature }) => feature),
  };
  return L.geoJSON(collection, OPTIONS).addTo(map);
}
