/* On paper the map cannot be drawn anew: it keeps its size and is scaled to the page. Small maps of
 * the scenes stand beside their passages there, and pictures that were not seen yet in theirs.
 */

import { find } from "./dom.js";

const PAPER = { width: 660, height: 340 }; // CSS pixels: between an A4 page's margins, a third of it

export function keepMapSize() {
  const { width, height } = find(
    document,
    ":is(.st-key-map_box, .map-box) iframe",
  ).getBoundingClientRect();
  const scale = Math.min(PAPER.width / width, PAPER.height / height);
  const values = { width: `${width}px`, height: `${height}px`, scale: String(scale) };
  for (const [name, value] of Object.entries(values)) {
    document.documentElement.style.setProperty(`--map-print-${name}`, value);
  }
}

const CALM = 3000; // ms from a new story until what only paper needs is fetched

/**
 * Fetch the small maps of a story's scenes, some 15 kB each, once nothing else is waited for: a
 * browser may print without waiting for any picture. On phones, and where data is to be saved,
 * they are left until somebody prints.
 * @param {HTMLElement} panel
 * @param {AbortSignal} signal
 */
export function fetchStillsSoon(panel, signal) {
  const { connection } = /** @type {Navigator & { connection?: { saveData: boolean } }} */ (
    navigator
  );
  if (connection?.saveData || !matchMedia("(hover: hover)").matches) return;
  const timer = setTimeout(() => fetchPictures(panel, ".still img"), CALM);
  signal.addEventListener("abort", () => clearTimeout(timer));
}

/** What is about to be printed is fetched, seen or not. */
export function fetchForPaper() {
  fetchPictures(document, "article.panel img");
}

/**
 * @param {ParentNode} where
 * @param {string} selector
 */
function fetchPictures(where, selector) {
  /** @type {NodeListOf<HTMLImageElement>} */
  const pictures = where.querySelectorAll(`${selector}[loading=lazy]`);
  for (const picture of pictures) picture.loading = "eager";
}
