/* Very many divisions are drawn on one canvas instead of as elements, and only some are labelled. */

/** @import { DivisionLayer } from "./divisions.js" */
/** @import { MapState } from "./types.js" */

export const CANVAS_ABOVE = 300; // divisions
const MOST_LABELS = 80; // at a time

/**
 * A canvas has no style sheet, so it is told the colours that the sheet would give.
 * @typedef {{ quiet: string, line: string }} CanvasColours
 * @returns {CanvasColours}
 */
export function canvasColours() {
  const probe = document.body.appendChild(document.createElement("i"));
  const [quiet, line] = ["quiet", "line"].map((name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return { quiet, line };
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

/**
 * Which divisions have a label: of those in view the first ones, then the stories, then others.
 * @param {Iterable<string>} slugs of all divisions
 * @param {readonly (string | null)[]} first the chosen one, and those that stand out
 * @param {Pick<MapState, "tones">} state
 * @param {(slug: string) => boolean} isInView
 */
export function slugsToLabel(slugs, first, { tones }, isInView) {
  const all = new Set(slugs);
  const inOrder = new Set([...first, ...Object.keys(tones), ...all]);
  /** @type {Set<string>} */
  const wanted = new Set();
  for (const slug of inOrder) {
    if (wanted.size === MOST_LABELS) break;
    if (slug !== null && all.has(slug) && isInView(slug)) wanted.add(slug);
  }
  return wanted;
}
