/* The page's way to the map in its frame, without the server.
 *
 * Streamlit makes the frame after the story, and may make it anew: so what the map is to show is
 * kept on the page's window, where the frame looks for it when it starts.
 */

/** @import { Cue, ShownDates } from "../../../geo/map/scripts/types.js" */
/** @import { MapLink } from "../../../stories/view/scripts/scenes.js" */
/**
 * @typedef {Window & typeof globalThis & { storyCue?: Cue | null, storyDates?: ShownDates }} PageWindow
 */

const MAP = ".st-key-map_box iframe";

const DATES = "storymap:dates"; // event on the page's window

/** @type {MapLink} */
export const frameMapLink = {
  showDates(shown) {
    /** @type {PageWindow} */ (window).storyDates = shown;
    const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector(MAP));
    frame?.contentWindow?.storymap?.showDates(shown);
  },
  onDates(listener, signal) {
    const hear = (/** @type {Event} */ event) =>
      listener(/** @type {CustomEvent<ShownDates>} */ (event).detail);
    window.addEventListener(DATES, hear, { signal });
  },
  showCue(cue) {
    /** @type {PageWindow} */ (window).storyCue = /** @type {Cue | null} */ (cue);
    const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector(MAP));
    frame?.contentWindow?.storymap?.showCue(/** @type {Cue | null} */ (cue));
  },
};

/**
 * What the page last asked the map to show.
 * @param {Window} page its window
 * @returns {Cue | null}
 */
export function askedCue(page) {
  return /** @type {PageWindow} */ (page).storyCue ?? null;
}

/**
 * The dates whose boundaries the page last asked the map to show.
 * @param {Window} page its window
 * @returns {ShownDates | null}
 */
export function askedDates(page) {
  return /** @type {PageWindow} */ (page).storyDates ?? null;
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
