/* The page's way to the map in its frame, without the server.
 *
 * Streamlit makes the frame after the story, and may make it anew: so what the map is to show is
 * kept on the page's window, where the frame looks for it when it starts.
 */

/** @import { Cue, MetricDetail, ShownDates } from "../../../geo/map/scripts/types.js" */
/** @import { MapLink } from "../../../stories/view/scripts/page.js" */
/**
 * @typedef {Window & typeof globalThis & {
 *   storyCue?: Cue | null, storyDates?: ShownDates, storyMetric?: MetricDetail | null,
 * }} PageWindow
 */

const MAP = ".st-key-map_box iframe";

const DATES = "storymap:dates"; // event on the page's window

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
