/* The story map in the frame of streamlit-folium. The folium map's script calls `storymap`. */

import { loadJson } from "../../../geo/map/scripts/loading.js";
import { StoryMap } from "../../../geo/map/scripts/story_map.js";
import { takeDoubleTapsAsOne } from "./double_tap.js";
import layout from "./frame.css";
import { keepOneTheme, layOut, listenToThePageAlone, nameFrame, streamlitHost } from "./frame.js";
import { asked } from "./map_link.js";
import { handKeysOn } from "./page_keys.js";

listenToThePageAlone();
layOut(layout);
takeDoubleTapsAsOne(window.parent);
handKeysOn(/** @type {import("./page_keys.js").PageWindow} */ (window.parent));

// The address of the divisions stands behind this script's own, so that they are fetched while
// Leaflet is still on its way.
const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
const storyMap = new StoryMap(streamlitHost, loadJson(src.split("#")[1]));
const { cue, dates, metric } = asked(window.parent);
storyMap.showCue(cue);
if (dates) storyMap.showDates(dates);
storyMap.setMetric(metric);

window.storymap = {
  start(map, settings) {
    keepOneTheme(() => storyMap.followTheme());
    return storyMap.start(map, settings);
  },
  show(state) {
    nameFrame(state.text.map);
    storyMap.show(state);
  },
  showCue: (cue) => storyMap.showCue(cue),
  showDates: (shown) => storyMap.showDates(shown),
  setMetric: (detail) => storyMap.setMetric(detail),
  pointOf: (slug) => storyMap.pointOf(slug),
};
