/* On paper the map cannot be drawn anew: it keeps its size and is scaled to the page. */

import { find } from "./dom.js";

const PAPER = 660; // CSS pixels between the margins of an A4 page

export function keepMapSize() {
  const { width, height } = find(document, ".st-key-map_box iframe").getBoundingClientRect();
  const zoom = Math.min(1, PAPER / width);
  const values = { width: `${width}px`, height: `${height}px`, zoom: String(zoom) };
  for (const [name, value] of Object.entries(values)) {
    document.documentElement.style.setProperty(`--map-print-${name}`, value);
  }
}
