/* Names of villages: fetched when a reader first comes near enough to see them. */

import { addText } from "./labels.js";
import { loadJson } from "./loading.js";
import { nameOf } from "./names.js";

/** @import { MapSettings, MapState, Places as Collection, Properties } from "./types.js" */

export class Places {
  /**
   * @param {L.Map} map
   * @param {MapSettings} settings
   */
  constructor(map, settings) {
    this.map = map;
    this.settings = settings;
    this.isAskedFor = false;
    /** @type {{ element: HTMLElement, properties: Properties }[]} */
    this.names = [];
    /** @type {MapState | null} */
    this.state = null;
  }

  async showWhereNear() {
    const isNear = this.map.getZoom() >= this.settings.placeZoom;
    this.map.getContainer().classList.toggle("near", isNear);
    if (!isNear || this.isAskedFor || !this.settings.places) return;
    this.isAskedFor = true;
    /** @type {Collection} */
    const { features } = await loadJson(this.settings.places);
    this.names = features.map(({ geometry, properties }) => {
      const [lon, lat] = geometry.coordinates;
      return { properties, ...addText(this.map, [lat, lon], "place", "places") };
    });
    if (this.state) this.translate(this.state);
  }

  /** @param {MapState} state */
  translate(state) {
    this.state = state;
    for (const { element, properties } of this.names) {
      element.textContent = nameOf(properties, state);
    }
  }
}
