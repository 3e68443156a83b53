/* Which places stand alone at a zoom, and which are drawn as one cluster. No map is needed here. */

/*! supercluster and kdbush: ISC License, Copyright (c) 2024 Mapbox, (c) 2026 Vladimir Agafonkin.
 * Permission to use, copy, modify, and/or distribute this software for any purpose with or without
 * fee is hereby granted, provided that the above copyright notice and this permission notice appear
 * in all copies. The software is provided "as is" and the author disclaims all warranties with
 * regard to this software including all implied warranties of merchantability and fitness. In no
 * event shall the author be liable for any special, direct, indirect, or consequential damages or
 * any damages whatsoever resulting from loss of use, data or profits, whether in an action of
 * contract, negligence or other tortious action, arising out of or in connection with the use or
 * performance of this software.
 */
import Supercluster from "supercluster";

/** @import { Feature, Point } from "geojson" */
/** @import { StoryPlace } from "./types.js" */
/** @typedef {Feature<Point, StoryPlace["properties"]>} PointPlace */
/** @typedef {[number, number, number, number]} Bounds west, south, east, north in degrees */
/**
 * @typedef {{ key: string, lon: number, lat: number, place: PointPlace }} Single
 * @typedef {{ key: string, lon: number, lat: number, count: number, cluster: number }} Cluster
 */

const APART = 40; // px; closer places share a cluster
const TILE = 256; // px, as Leaflet counts them

/**
 * What tells a place from all others.
 * @param {string} town
 * @param {string} place
 */
export const keyOf = (town, place) => `${town}/${place}`;

/** @param {StoryPlace} place */
export const keyOfPlace = ({ properties: { town, place } }) => keyOf(town, place);

/**
 * @param {StoryPlace} place
 * @returns {place is PointPlace}
 */
const hasPoint = (place) => place.geometry !== null;

export class PlaceClusters {
  /**
   * @param {readonly StoryPlace[]} places
   * @param {number} maxZoom of the map
   */
  constructor(places, maxZoom) {
    this.maxZoom = maxZoom;
    /** @type {Supercluster<StoryPlace["properties"], StoryPlace["properties"]>} */
    this.index = new Supercluster({ radius: APART, extent: TILE, maxZoom });
    const points = places.filter(hasPoint);
    // Around the antimeridian longitudes go on beyond 180, which the index would wrap.
    this.shift = points.some((each) => each.geometry.coordinates[0] > 180) ? 180 : 0;
    this.index.load(points.map((each) => moved(each, -this.shift)));
  }

  /**
   * What to draw within bounds, from west to east, so that Tab goes that way.
   * @param {Bounds} bounds
   * @param {number} zoom
   * @returns {(Single | Cluster)[]}
   */
  within(bounds, zoom) {
    const [west, south, east, north] = bounds;
    return this.index
      .getClusters([west - this.shift, south, east - this.shift, north], Math.floor(zoom))
      .map((each) => moved(each, this.shift))
      .map((each) => {
        const [lon, lat] = each.geometry.coordinates;
        const { properties } = each;
        if (isCluster(properties)) {
          const { cluster_id: cluster, point_count: count } = properties;
          return { key: `cluster ${cluster}`, lon, lat, count, cluster };
        }
        const place = /** @type {PointPlace} */ (each);
        return { key: keyOfPlace(place), lon, lat, place };
      })
      .sort((a, b) => a.lon - b.lon || a.key.localeCompare(b.key));
  }

  /**
   * The zoom at which a cluster comes apart; null where its places share one spot.
   * @param {number} cluster
   */
  opensAt(cluster) {
    const zoom = this.index.getClusterExpansionZoom(cluster);
    return zoom > this.maxZoom ? null : zoom;
  }

  /**
   * @param {number} cluster
   * @returns {PointPlace[]} in the order of their names' ids
   */
  placesOf(cluster) {
    const leaves = this.index.getLeaves(cluster, Number.POSITIVE_INFINITY);
    return leaves
      .map((each) => moved(each, this.shift))
      .sort((a, b) => keyOfPlace(a).localeCompare(keyOfPlace(b)));
  }
}

/**
 * @template {Feature<Point>} T
 * @param {T} point
 * @param {number} degrees eastward
 * @returns {T}
 */
function moved(point, degrees) {
  if (degrees === 0) return point;
  const [lon, lat] = point.geometry.coordinates;
  return { ...point, geometry: { ...point.geometry, coordinates: [lon + degrees, lat] } };
}

/**
 * @param {object} properties
 * @returns {properties is import("supercluster").ClusterProperties}
 */
function isCluster(properties) {
  return "cluster" in properties;
}
