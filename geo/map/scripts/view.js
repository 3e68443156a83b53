/* Which part of the county is in view, and how fingers and wheel move it.
 *
 * A map must not trap the page's scrolling: one finger or the wheel moves the page while the
 * whole county is in view; zoomed in, one finger moves the map.
 */

/** @import { Legend } from "./legend.js" */

const EDGE = 8; // px between the county and the window's edges
const NOTHING = 1e-9; // zoom levels by which the same computed from elsewhere may differ
const AT_ONCE = { animate: false };

export const MOTION = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };

export class View {
  /**
   * @param {L.Map} map
   * @param {L.LatLngBounds} bounds of the county
   * @param {Legend} legend lies below the county
   */
  constructor(map, bounds, legend) {
    this.map = map;
    this.bounds = bounds;
    this.legend = legend;
    /** @type {L.LatLngBounds | null} */
    this.frame = null; // all that is seen around the whole county
    /** @type {(() => void) | null} */
    this.again = null; // shows what the map was moved to, until the reader moves it
    this.isOwnMove = false;
    calmGestures(map);
    map.options.maxBoundsViscosity = 1; // `setMaxBounds` would let the map go and fetch it back
    map.on("zoomend", () => this.#keepInside());
    map.on("movestart", () => {
      if (!this.isOwnMove) this.again = null;
    });
    map.on("resize", () => {
      this.fitAgain();
      this.again?.();
    });
  }

  /** Show the whole county as large as there is room; nobody can move farther away than that. */
  fit(motion = AT_ONCE) {
    const { map } = this;
    map.invalidateSize({ pan: false });
    const { center, zoom, frame } = this.whole();
    map.options.minZoom = 0;
    map.options.maxBounds = frame;
    this.frame = frame;
    this.move(() => withoutSteps(map, () => map.setView(center, zoom, motion)), null);
    map.setMinZoom(zoom);
    this.#freeDragging();
  }

  /** One step away, which ends at the whole county: Leaflet would round that to its own steps. */
  zoomOut() {
    const { map } = this;
    if (map.getZoom() - 1 > map.getMinZoom()) map.zoomOut(1, MOTION);
    else this.fit(MOTION);
  }

  /**
   * Move the map for the page, not for the reader's hand.
   * @param {() => void} act
   * @param {(() => void) | null} again shows the same in a frame of another size
   */
  move(act, again) {
    this.isOwnMove = true;
    try {
      act();
    } finally {
      this.isOwnMove = false;
    }
    this.again = again;
  }

  /** Where the map looks when it shows the whole county, and all that is seen then. */
  whole() {
    const { map, bounds } = this;
    const below = this.legend.height + EDGE;
    const edges = L.point(2 * EDGE, EDGE + below);
    const zoom = withoutSteps(map, () => zoomFor(map, bounds, edges));
    const [a, b] = [bounds.getSouthWest(), bounds.getNorthEast()].map((at) =>
      map.project(at, zoom),
    );
    const middle = a
      .add(b)
      .divideBy(2)
      .add(L.point(0, (below - EDGE) / 2));
    const half = map.getSize().divideBy(2).add(L.point(1, 1)); // positions are rounded to pixels
    const corners = [middle.subtract(half), middle.add(half)].map((at) => map.unproject(at, zoom));
    const frame = L.latLngBounds(corners[0], corners[1]);
    return { center: map.unproject(middle, zoom), zoom, frame };
  }

  /**
   * The frame or the legend changed: show the whole county where it was shown whole, and let the
   * reader move just as far away in any case.
   */
  fitAgain() {
    const { map } = this;
    const { zoom, frame } = this.whole();
    if (map.getContainer().classList.contains("whole") || map.getZoom() <= zoom) {
      this.fit();
      return;
    }
    map.options.maxBounds = frame;
    this.frame = frame;
    map.setMinZoom(zoom);
  }

  /**
   * Move to a division, or to the whole county.
   * @param {L.LatLngBounds | null} bounds
   */
  moveTo(bounds, { animate } = MOTION) {
    if (!bounds) {
      this.fit({ animate });
      return;
    }
    const around = bounds.pad(0.6);
    this.move(
      () => {
        if (animate) this.map.flyToBounds(around, { duration: 0.8 });
        else this.map.fitBounds(around, AT_ONCE);
      },
      () => this.moveTo(bounds, AT_ONCE),
    );
  }

  /**
   * Move to a division where it is not in view as a whole, no nearer than the map is.
   * @param {L.LatLngBounds} bounds
   */
  bringIn(bounds, motion = MOTION) {
    const { map } = this;
    if (map.getBounds().contains(bounds)) return;
    const zoom = Math.min(map.getZoom(), map.getBoundsZoom(bounds.pad(0.1)));
    this.move(
      () => map.setView(bounds.getCenter(), zoom, motion),
      () => this.bringIn(bounds, AT_ONCE),
    );
  }

  /**
   * Move to a place, from far at least so near that it stands alone.
   * @param {{ bounds: L.LatLngBounds, zoom: number }} target
   */
  moveToPlace({ bounds, zoom }, { animate } = MOTION) {
    const { map } = this;
    const whole = map.getBoundsZoom(bounds.pad(0.5)); // its disc in whole
    const nearest = Math.min(Math.max(zoom, map.getZoom()), whole);
    const centre = bounds.getCenter();
    this.move(
      () => {
        if (animate) map.flyTo(centre, nearest, { duration: 0.8 });
        else map.setView(centre, nearest, AT_ONCE);
      },
      () => this.moveToPlace({ bounds, zoom }, AT_ONCE),
    );
  }

  /**
   * Bring a place that a reader has pressed away from the map's edge.
   * @param {L.LatLng} at
   */
  bringInside(at, motion = MOTION) {
    this.move(
      () => this.map.panInside(at, { padding: [60, 60], ...motion }),
      () => this.bringInside(at, AT_ONCE),
    );
  }

  /** Fingers can end a zoom anywhere. */
  #keepInside() {
    const { frame } = this;
    const pan = () => this.map.panInsideBounds(/** @type {L.LatLngBounds} */ (frame), AT_ONCE);
    if (frame) this.move(() => withoutSteps(this.map, pan), this.again);
    this.#freeDragging();
  }

  #freeDragging() {
    const isWhole = this.map.getZoom() <= this.map.getMinZoom();
    this.map.dragging[isWhole && L.Browser.touch ? "disable" : "enable"]();
    this.map.getContainer().classList.toggle("whole", isWhole);
  }
}

/**
 * The zoom at which an extent fits into the frame, also where the map may not yet be so far away.
 * @param {L.Map} map
 * @param {L.LatLngBounds} bounds
 * @param {L.Point} edges
 */
function zoomFor(map, bounds, edges) {
  const { minZoom } = map.options;
  map.options.minZoom = 0; // Leaflet would go no lower than what fitted a larger frame
  try {
    const zoom = map.getBoundsZoom(bounds, false, edges);
    return minZoom && Math.abs(zoom - minZoom) < NOTHING ? minZoom : zoom;
  } finally {
    map.options.minZoom = minZoom;
  }
}

/**
 * Any zoom, not only the steps of the buttons: between those the county would be smaller than need be.
 * @template T
 * @param {L.Map} map
 * @param {() => T} act
 */
export function withoutSteps(map, act) {
  const { zoomSnap } = map.options;
  map.options.zoomSnap = 0;
  try {
    return act();
  } finally {
    map.options.zoomSnap = zoomSnap;
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
