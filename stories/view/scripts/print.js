/* On paper the map cannot be drawn anew: it keeps its size and is scaled to the page. */

import { find } from "./dom.js";

const PAPER = { width: 660, height: 440 }; // CSS pixels: between an A4 page's margins, half of it

export function keepMapSize() {
  const { width, height } = find(document, ".st-key-map_box iframe").getBoundingClientRect();
  const scale = Math.min(PAPER.width / width, PAPER.height / height);
  const values = { width: `${width}px`, height: `${height}px`, scale: String(scale) };
  for (const [name, value] of Object.entries(values)) {
    document.documentElement.style.setProperty(`--map-print-${name}`, value);
  }
}
