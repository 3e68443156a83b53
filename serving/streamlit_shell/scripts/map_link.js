/* The page's way to the map in its frame, without the server.
 *
 * Streamlit makes the frame after the story, and may make it anew: so what the map is to show is
 * kept on the page's window, where the frame looks for it when it starts.
 */

/** @import { Cue } from "../../../geo/map/scripts/types.js" */
/** @import { MapLink } from "../../../stories/view/scripts/scenes.js" */
/** @typedef {Window & { storyCue?: Cue | null }} PageWindow */

const MAP = ".st-key-map_box iframe";

/** @type {MapLink} */
export const frameMapLink = {
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
