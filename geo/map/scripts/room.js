/* Where on the map labels may lie: in the frame, and under nothing that lies over the map. */

/** @import { Room } from "./label_placement.js" */

const EDGE = 3; // px kept free along the frame
const OVER_MAP = [
  ":scope > :not(.leaflet-pane, .leaflet-control-container, .tip, .divider)", // buttons and legend
  ".leaflet-control", // who made the online map
  "[data-keep-free]", // whatever else asks for it, and for how many px around its middle
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
    .map(boxOf)
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

/**
 * What an element covers; of one that is larger than it looks, only what is seen.
 * @param {Element} element
 */
function boxOf(element) {
  const box = element.getBoundingClientRect();
  const size = Number(element.getAttribute("data-keep-free"));
  if (!size || !box.width) return box;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return new DOMRect(x - size / 2, y - size / 2, size, size);
}
