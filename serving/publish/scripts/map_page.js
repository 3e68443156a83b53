/* The map of a published page, in a frame of its own: its document has a language, a style sheet and a
 * keyboard focus that are not the page's.
 */

import { loadJson } from "../../../geo/map/scripts/loading.js";
import { StoryMap } from "../../../geo/map/scripts/story_map.js";
import { takeDoubleTapsAsOne } from "../../streamlit_shell/scripts/double_tap.js";
import { asked, tellPageCircles, tellPageDates } from "../../streamlit_shell/scripts/map_link.js";
import { handKeysOn } from "../../streamlit_shell/scripts/page_keys.js";

/** @import { Choice, MapSettings, MapState } from "../../../geo/map/scripts/types.js" */
/** @import { PageWindow } from "../../streamlit_shell/scripts/map_link.js" */
/**
 * @typedef {{
 *   settings: MapSettings,
 *   files: Readonly<Record<string, string>> | null,
 *   onChoice(choice: Choice): void,
 *   onFrame(show: (state: MapState) => void): void,
 * }} PublishedPage what the page lays on its window for the map
 */

const page = /** @type {PageWindow & { storyPage: PublishedPage }} */ (window.parent);
const { settings, files, onChoice, onFrame } = page.storyPage;

if (files) {
  // In a single file there is nobody to ask: what the map fetches is in it.
  window.fetch = async (address) => {
    const path = String(address).split("?")[0].replace("../", "");
    const text = files[decodeURIComponent(path)];
    return new Response(text ?? "", { status: text === undefined ? 404 : 200 });
  };
}

takeDoubleTapsAsOne(page);
handKeysOn(page);

const storyMap = new StoryMap(
  {
    send: onChoice,
    tellDates: (shown) => tellPageDates(page, shown),
    tellCircles: (shown) => tellPageCircles(page, shown),
  },
  loadJson(settings.divisions),
);
const { cue, dates, metric } = asked(page);
storyMap.showCue(/** @type {any} */ (cue));
if (dates) storyMap.showDates(dates);
storyMap.setMetric(metric);

window.storymap = {
  start: (map, some) => storyMap.start(map, some),
  show: (state) => storyMap.show(state),
  showCue: (next) => storyMap.showCue(next),
  showDates: (shown) => storyMap.showDates(shown),
  setMetric: (detail) => storyMap.setMetric(detail),
  pointOf: (slug) => storyMap.pointOf(slug),
};

onFrame((state) => {
  document.title = state.text.map;
  window.frameElement?.setAttribute("title", state.text.map);
  storyMap.show(state);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => storyMap.followTheme());
const map = L.map("map", { center: [0, 0], zoom: 1, zoomControl: false, zoomSnap: 0.25 });
storyMap.start(map, settings);
