/* At which points of the map names stand, in px, and how far around them. */

import { boxAround, holds } from "./boxes.js";
import { rowsAround, visiblePoint } from "./rows.js";

/** @import { Box, Pixels } from "./boxes.js" */
/** @import { Room } from "./label_placement.js" */
/** @import { Ring, Row } from "./rows.js" */

const LEAST_ROOM = { x: 14, y: 14 }; // px; a label's point is this far within the frame
const REACH = { least: { x: 8, y: 6 }, most: { x: 36, y: 22 }, part: 0.25 }; // px, and of the shape

/**
 * The part of the frame that no legend across the map covers.
 * @param {Room} room
 * @returns {Box}
 */
export function openFrame({ frame, reserved }) {
  const open = { ...frame };
  const half = (frame.right - frame.left) / 2;
  for (const { left, right, top, bottom } of reserved) {
    if (right - left < half) continue;
    if (top + bottom > frame.top + frame.bottom) open.bottom = Math.min(open.bottom, top);
    else open.top = Math.max(open.top, bottom);
  }
  return open;
}

/**
 * Where the name of a shape stands: at its point or, where that is not in view, in the part that is.
 * @param {L.Polygon} layer
 * @param {L.LatLng} point
 * @param {L.Map} map
 * @param {Box} frame
 * @returns {{ at: Pixels, latLng: L.LatLng } | null}
 */
export function pointInView(layer, point, map, frame) {
  const at = map.latLngToContainerPoint(point);
  if (holds(frame, boxAround(at, LEAST_ROOM))) return { at, latLng: point };
  if (!map.getBounds().intersects(layer.getBounds())) return null;
  const inner = {
    left: frame.left + LEAST_ROOM.x,
    right: frame.right - LEAST_ROOM.x,
    top: frame.top + LEAST_ROOM.y,
    bottom: frame.bottom - LEAST_ROOM.y,
  };
  const visible = visiblePoint(ringsOf(layer, map), inner);
  return visible && { at: visible, latLng: map.containerPointToLatLng([visible.x, visible.y]) };
}

/**
 * Where in a shape its name has room.
 * @param {L.Polygon} layer
 * @param {Pixels} at
 * @param {L.Map} map
 * @param {Room} room
 * @returns {Row[]}
 */
export function rowsOf(layer, at, map, room) {
  return rowsAround(ringsOf(layer, map), at, room);
}

/**
 * @param {L.Polygon} layer
 * @param {L.Map} map
 * @returns {Ring[]} px
 */
function ringsOf(layer, map) {
  const scale = map.getZoomScale(map.getZoom(), 0);
  const shift = map.layerPointToContainerPoint([0, 0]).subtract(map.getPixelOrigin());
  return outlineOf(layer, map).map((ring) => {
    const moved = new Float64Array(ring.length);
    for (let i = 0; i < ring.length; i += 2) {
      moved[i] = ring[i] * scale + shift.x;
      moved[i + 1] = ring[i + 1] * scale + shift.y;
    }
    return moved;
  });
}

/** @type {WeakMap<L.Polygon, Ring[]>} */
const outlines = new WeakMap();

/**
 * A shape as the map projects it at zoom 0. Shapes never change, and to project all their points
 * takes longer than all else that is done for a name.
 * @param {L.Polygon} layer
 * @param {L.Map} map
 */
function outlineOf(layer, map) {
  const known = outlines.get(layer);
  if (known) return known;
  const parts = /** @type {L.LatLng[][] | L.LatLng[][][]} */ (layer.getLatLngs());
  const rings = /** @type {L.LatLng[][]} */ (parts.flat(isPolygons(parts) ? 1 : 0));
  const outline = rings.map((ring) =>
    Float64Array.from(
      ring.flatMap((each) => {
        const { x, y } = map.project(each, 0);
        return [x, y];
      }),
    ),
  );
  outlines.set(layer, outline);
  return outline;
}

/**
 * @param {L.LatLng[][] | L.LatLng[][][]} parts
 * @returns {parts is L.LatLng[][][]}
 */
function isPolygons(parts) {
  return Array.isArray(parts[0]?.[0]);
}

/**
 * How far a name may stray from its point and still seem to be its division's.
 * @param {L.Polygon} layer
 * @param {L.Map} map
 * @returns {Pixels}
 */
export function reachOf(layer, map) {
  const bounds = layer.getBounds();
  const a = map.latLngToContainerPoint(bounds.getNorthWest());
  const b = map.latLngToContainerPoint(bounds.getSouthEast());
  const { least, most, part } = REACH;
  return {
    x: Math.min(Math.max((b.x - a.x) * part, least.x), most.x),
    y: Math.min(Math.max((b.y - a.y) * part, least.y), most.y),
  };
}

/**
 * How wide a shape is on the map, in px.
 * @param {L.Polygon} layer
 * @param {L.Map} map
 */
export function widthOf(layer, map) {
  const bounds = layer.getBounds();
  const { x: left } = map.latLngToContainerPoint(bounds.getNorthWest());
  return map.latLngToContainerPoint(bounds.getSouthEast()).x - left;
}
