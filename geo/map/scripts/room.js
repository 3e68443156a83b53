/* Where on the map labels may lie: in the frame, and under nothing that lies over the map. */

/** @import { Room } from "./label_placement.js" */

const EDGE = 3; // px kept free along the frame
const OVER_MAP = [
  ":scope > :not(.leaflet-pane, .leaflet-control-container, .tip)", // buttons and legend
  ".leaflet-control", // who made the online map
  "[data-keep-free]", // whatever else asks for it
].join();

/**
 * @param {L.Map} map
 * @returns {Room}
 */
export function roomOf(map) {
  const container = map.getContainer();
  const corner = container.getBoundingClientRect();
  const { x: width, y: height } = map.getSize();
  const reserved = [...container.querySelectorAll(OVER_MAP)]
    .map((element) => element.getBoundingClientRect())
    .filter((box) => box.width > 0 && box.height > 0)
    .map((box) => ({
      left: box.left - corner.left,
      right: box.right - corner.left,
      top: box.top - corner.top - 1,
      bottom: box.bottom - corner.top + 1,
    }));
  const frame = { left: EDGE, right: width - EDGE, top: EDGE, bottom: height - EDGE };
  return { frame, reserved };
}
