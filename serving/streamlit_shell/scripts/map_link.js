/* The page's way to the map in its frame, without the server.
 *
 * Streamlit makes the frame after the story, and may make it anew: so what the map is to show is
 * kept on the page's window, where the frame looks for it when it starts.
 */

/** @import { Cue, MetricDetail, ShownCircles, ShownDates } from "../../../geo/map/scripts/types.js" */
/** @import { MapLink } from "../../../stories/view/scripts/page.js" */
/**
 * @typedef {Window & typeof globalThis & {
 *   storyCue?: Cue | null, storyDates?: ShownDates, storyMetric?: MetricDetail | null,
 *   storyCircles?: ShownCircles,
 * }} PageWindow
 */

const MAP = ":is(.st-key-map_box, .map-box) iframe";

const DATES = "storymap:dates"; // events on the page's window
const CIRCLES = "storymap:circles";

/** @type {MapLink} */
export const frameMapLink = {
  showDates(shown) {
    /** @type {PageWindow} */ (window).storyDates = shown;
    frame()?.storymap?.showDates(shown);
  },
  onDates(listener, signal) {
    const hear = (/** @type {Event} */ event) =>
      listener(/** @type {CustomEvent<ShownDates>} */ (event).detail);
    window.addEventListener(DATES, hear, { signal });
  },
  showCue(cue) {
    /** @type {PageWindow} */ (window).storyCue = /** @type {Cue | null} */ (cue);
    frame()?.storymap?.showCue(/** @type {Cue | null} */ (cue));
  },
  showMetric(detail) {
    /** @type {PageWindow} */ (window).storyMetric = detail;
    frame()?.storymap?.setMetric(detail);
  },
  onCircles(listener, signal) {
    const { storyCircles } = /** @type {PageWindow} */ (window);
    if (storyCircles) listener(storyCircles);
    const hear = (/** @type {Event} */ event) =>
      listener(/** @type {CustomEvent<ShownCircles>} */ (event).detail);
    window.addEventListener(CIRCLES, hear, { signal });
  },
};

function frame() {
  return /** @type {HTMLIFrameElement | null} */ (document.querySelector(MAP))?.contentWindow;
}

/**
 * What the page last asked the map to show.
 * @param {Window} page its window
 */
export function asked(page) {
  const { storyCue, storyDates, storyMetric } = /** @type {PageWindow} */ (page);
  return { cue: storyCue ?? null, dates: storyDates ?? null, metric: storyMetric ?? null };
}

/**
 * Tell the page which dates a reader has chosen on the map.
 * @param {PageWindow} page its window
 * @param {ShownDates} shown
 */
export function tellPageDates(page, shown) {
  page.storyDates = shown;
  page.dispatchEvent(new page.CustomEvent(DATES, { detail: shown }));
}

/**
 * Tell the page how large the circles of a metric are, for its legend.
 * @param {PageWindow} page its window
 * @param {ShownCircles} shown
 */
export function tellPageCircles(page, shown) {
  page.storyCircles = shown;
  page.dispatchEvent(new page.CustomEvent(CIRCLES, { detail: shown }));
}
