import type {
  Cue,
  MapSettings,
  MapState,
  MetricDetail,
  ShownDates,
} from "../../../geo/map/scripts/types.js";

declare global {
  interface Window {
    /** Of streamlit-folium's frame. */
    Streamlit?: { events?: EventTarget; setComponentValue?(value: unknown): void };
    /** What the folium map's script calls. */
    storymap: {
      start(map: L.Map, settings: MapSettings): Promise<void>;
      show(state: MapState): void;
      showCue(cue: Cue | null): void;
      showDates(shown: ShownDates): void;
      setMetric(detail: MetricDetail | null): void;
      pointOf(slug: string): L.Point;
    };
  }
}
