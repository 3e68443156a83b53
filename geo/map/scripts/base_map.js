/* An online map under the divisions. It is the reader's own choice; the divisions stay, whatever
 * its host answers.
 */

/** @import { MapSettings } from "./types.js" */

export class BaseMap {
  /**
   * @param {L.Map} map
   * @param {HTMLButtonElement} button
   * @param {MapSettings["tiles"]} tiles
   */
  constructor(map, button, tiles) {
    this.map = map;
    this.button = button;
    this.tiles = tiles;
    this.failed = ""; // what is said where no tile comes
    /** @type {L.TileLayer | null} */
    this.layer = null;
    this.notice = L.DomUtil.create("div", "notice", map.getContainer());
    this.notice.setAttribute("role", "status");
    button.setAttribute("aria-pressed", "false");
  }

  toggle() {
    if (this.layer) {
      this.layer.remove();
      this.layer = null;
    } else {
      this.layer = this.#addTiles();
    }
    this.#say("");
    const isShown = this.layer !== null;
    this.button.setAttribute("aria-pressed", String(isShown));
    this.map.getContainer().classList.toggle("over-base-map", isShown);
  }

  #addTiles() {
    const { url, attribution } = this.tiles;
    const layer = L.tileLayer(url, { attribution, maxZoom: 18 });
    layer.on("tileerror", () => this.#say(this.failed));
    layer.on("tileload", () => this.#say(""));
    return layer.addTo(this.map);
  }

  /** @param {string} text */
  #say(text) {
    this.notice.textContent = text;
  }
}
