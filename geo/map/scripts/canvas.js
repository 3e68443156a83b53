/* Very many divisions are drawn on one canvas instead of as elements. */

/** @import { DivisionLayer } from "./divisions.js" */
/** @import { MapState } from "./types.js" */

export const CANVAS_ABOVE = 300; // divisions

/**
 * A canvas has no style sheet, so it is told the colours that the sheet would give.
 * @typedef {{ quiet: string, line: string, land: string, paper: string }} CanvasColours
 * @returns {CanvasColours}
 */
export function canvasColours() {
  const probe = document.body.appendChild(document.createElement("i"));
  const [quiet, line, land, paper] = ["quiet", "line", "land", "paper"].map((name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return { quiet, line, land, paper };
}

/**
 * @param {ReadonlyMap<string, DivisionLayer>} layers by slug
 * @param {CanvasColours} colours
 * @param {MapState} state
 */
export function paintCanvas(layers, colours, { tones, faded }) {
  const fadedSlugs = new Set(faded);
  for (const [slug, layer] of layers) {
    const tone = tones[slug];
    layer.setStyle({
      color: colours.line,
      weight: 0.5,
      fillColor: tone || colours.quiet,
      fillOpacity: fadedSlugs.has(slug) ? 0.16 : tone ? 0.72 : 1,
    });
  }
}
