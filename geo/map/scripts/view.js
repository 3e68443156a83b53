/* Which part of the county is in view, and how fingers and wheel move it.
 *
 * A map must not trap the page's scrolling: one finger or the wheel moves the page while the
 * whole county is in view; zoomed in, one finger moves the map.
 */

/** @type {L.FitBoundsOptions} px; the legend lies below */
const PADDING = { paddingTopLeft: [8, 8], paddingBottomRight: [8, 26] };
const AT_ONCE = { animate: false };

export const MOTION = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };

export class View {
  /**
   * @param {L.Map} map
   * @param {L.LatLngBounds} bounds of the county
   */
  constructor(map, bounds) {
    this.map = map;
    this.bounds = bounds;
    calmGestures(map);
    map.on("zoomend", () => this.#freeDragging());
    map.on("resize", () => {
      if (map.getContainer().classList.contains("whole")) this.fit();
    });
  }

  /** Show the whole county. */
  fit(motion = AT_ONCE) {
    this.map.setMinZoom(0);
    this.map.invalidateSize({ pan: false });
    this.map.fitBounds(this.bounds, { ...PADDING, ...motion });
    this.map.setMinZoom(this.map.getZoom());
    this.map.setMaxBounds(this.bounds.pad(0.35));
    this.#freeDragging();
  }

  /**
   * Move to a division, or to the whole county.
   * @param {L.LatLngBounds | null} bounds
   */
  moveTo(bounds) {
    if (!bounds) this.fit(MOTION);
    else if (MOTION.animate) this.map.flyToBounds(bounds.pad(0.6), { duration: 0.8 });
    else this.map.fitBounds(bounds.pad(0.6), MOTION);
  }

  #freeDragging() {
    const isWhole = this.map.getZoom() <= this.map.getMinZoom();
    this.map.dragging[isWhole && L.Browser.touch ? "disable" : "enable"]();
    this.map.getContainer().classList.toggle("whole", isWhole);
  }
}

/** @param {L.Map} map */
function calmGestures(map) {
  map.scrollWheelZoom.disable();
  const container = map.getContainer();
  // Leaflet focuses the map at the first press, and the browser would scroll the page to it,
  // away from under the finger.
  const quietly = { preventScroll: true, focusVisible: false };
  container.focus = () => HTMLElement.prototype.focus.call(container, quietly);
  /** @param {WheelEvent} event */
  const zoom = (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const level = map.getZoom() - Math.sign(event.deltaY) * 0.5;
    map.setZoomAround(map.mouseEventToLatLng(event), level);
  };
  container.addEventListener("wheel", zoom, { passive: false });
}
