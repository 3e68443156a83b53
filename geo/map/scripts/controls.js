/* Buttons on the map. */

import { BaseMap } from "./base_map.js";
import { MOTION } from "./view.js";

/** @import { MapSettings, MapState } from "./types.js" */
/** @import { View } from "./view.js" */

export class Controls {
  /**
   * @param {L.Map} map
   * @param {View} view
   * @param {MapSettings} settings
   */
  constructor(map, view, settings) {
    map.attributionControl.setPrefix(false);
    const container = map.getContainer();
    const bar = L.DomUtil.create("div", "bar", container);
    const zoomIn = addButton(bar, "zoom-in", () => map.zoomIn(1, MOTION));
    const zoomOut = addButton(bar, "zoom-out", () => view.zoomOut());
    const whole = addButton(bar, "whole-county", () => view.fit(MOTION));
    zoomIn.textContent = "+";
    zoomOut.textContent = "−";
    whole.append(cornersIcon());
    /** @type {[HTMLElement, string][]} with the keys of their words */
    this.titled = [
      [zoomIn, "zoom_in"],
      [zoomOut, "zoom_out"],
      [whole, "whole"],
    ];
    this.baseMapButton = addButton(container, "base-map", () => this.baseMap.toggle());
    this.baseMapButton.append(layersIcon());
    this.baseMapName = L.DomUtil.create("span", "", this.baseMapButton);
    this.baseMap = new BaseMap(map, this.baseMapButton, settings.tiles);
  }

  /** @param {MapState} state */
  translate({ text }) {
    for (const [element, key] of this.titled) {
      element.title = text[key];
      element.setAttribute("aria-label", text[key]);
    }
    this.baseMapName.textContent = text.base_map;
    this.baseMap.failed = text.base_map_failed;
  }
}

/**
 * @param {HTMLElement} parent
 * @param {string} className
 * @param {() => void} onClick
 */
function addButton(parent, className, onClick) {
  const element = L.DomUtil.create("button", className, parent);
  element.type = "button";
  L.DomEvent.disableClickPropagation(element);
  element.addEventListener("click", onClick);
  return element;
}

function cornersIcon() {
  return icon("M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4");
}

/** Stands for the base map where there is no room for its name. */
function layersIcon() {
  return icon("M8 1 1 5l7 4 7-4zM1 8.5l7 4 7-4");
}

/** @param {string} outline */
function icon(outline) {
  const svg = L.SVG.create("svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  const path = L.SVG.create("path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}
