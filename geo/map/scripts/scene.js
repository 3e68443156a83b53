/* What the map shows while a passage is read: where it looks, what stands out and what stands back.
 *
 * Nothing is drawn anew for it: classes change, and the map moves. Without a cue the map is as it
 * was before the first one.
 */

import { MOTION, withoutSteps } from "./view.js";

/** @import { Dates } from "./dates.js" */
/** @import { Divisions } from "./divisions.js" */
/** @import { Box, Cue, Look } from "./types.js" */
/** @import { View } from "./view.js" */
/** @typedef {{ center: L.LatLng, zoom: number }} Aim */

const ROOM = 0.35; // left free around what is looked at, as a part of it
const NEARER = 1; // zoom levels by which a point is nearer than its division
const FLIGHT = 0.8; // s
const TURN = 360; // degrees
const AT_ONCE = { animate: false };

export class Scene {
  /**
   * @param {L.Map} map
   * @param {View} view
   * @param {Divisions} divisions
   * @param {Dates} dates
   */
  constructor(map, view, divisions, dates) {
    this.map = map;
    this.view = view;
    this.divisions = divisions;
    this.dates = dates;
    /** @type {Cue | null} */
    this.cue = null;
    /** @type {Aim & { again: (() => void) | null } | "whole" | null} */
    this.before = null; // where the map looked before the first cue
    /** @type {L.CircleMarker | null} */
    this.point = null;
  }

  /**
   * @param {Cue | null} cue
   * @param {string | null} focus slug of the division that the map shows without a cue
   * @param {{ animate: boolean }} [motion]
   * @returns {boolean} whether anything is new
   */
  show(cue, focus, motion = MOTION) {
    if (isSame(cue, this.cue)) return false;
    if (!this.cue) this.before = this.#isWhole() ? "whole" : this.#present();
    this.cue = cue;
    this.dates.askForCue(cue);
    this.#light(cue);
    this.#markPoint(cue);
    if (cue) this.#lookAt(cue, motion);
    else this.#goBack(focus, motion);
    return true;
  }

  /**
   * @param {Cue} cue
   * @param {{ animate: boolean }} motion
   */
  #lookAt(cue, motion) {
    const aim = this.#aimAt(cue.look);
    if (aim) this.#move(aim, motion, () => this.#lookAt(cue, AT_ONCE));
  }

  /** The map is to show another division when there is no cue any more. */
  forgetBefore() {
    this.before = null;
  }

  /** Other boundaries are shown: what stood out stands out on them. */
  lightAgain() {
    this.#light(this.cue);
  }

  /** @param {Cue | null} cue */
  #light(cue) {
    const wanted = cue && (cue.light ?? slugsOf(cue.look));
    const lit = wanted?.filter((slug) => this.divisions.has(slug)) ?? [];
    const isDim = Boolean(cue && cue.dim !== false && lit.length);
    this.map.getContainer().classList.toggle("dimmed", isDim);
    this.dates.light(lit);
  }

  /** @param {Cue | null} cue */
  #markPoint(cue) {
    this.point?.remove();
    this.point = null;
    const at = cue && this.#pointOf(cue.look);
    if (!at) return;
    const options = { pane: "marks", interactive: false, className: "scene-point", radius: 7 };
    this.point = L.circleMarker(at, options).addTo(this.map);
  }

  /**
   * The point of a look, where the map draws it: a division may have been moved, far over the
   * antimeridian or into a frame, and a point in a frame is where its division is.
   * @param {Look} look
   */
  #pointOf(look) {
    if (!("point" in look)) return null;
    const [lon, lat] = look.point;
    const around = this.#boundsOf(slugsOf(look)) ?? this.view.bounds;
    const turns = [0, TURN, -TURN].map((turn) => L.latLng(lat, lon + turn));
    return turns.find((each) => around.contains(each)) ?? null;
  }

  /**
   * @param {Look} look
   * @returns {Aim | null} none where the map has nothing of it
   */
  #aimAt(look) {
    if ("county" in look) return this.#county();
    const bounds = "box" in look ? this.#box(look.box) : this.#boundsOf(slugsOf(look))?.pad(ROOM);
    const point = this.#pointOf(look);
    if (!bounds) return point && this.#inside(point, this.map.getZoom());
    const aim = this.#fitting(bounds);
    if (!point) return aim;
    return this.#inside(point, Math.min(aim.zoom + NEARER, this.map.getMaxZoom()));
  }

  /**
   * @param {string | null} focus
   * @param {{ animate: boolean }} motion
   */
  #goBack(focus, motion) {
    const { before } = this;
    this.before = null;
    if (before === "whole") this.#move(this.#county(), motion);
    else if (before) this.#move(before, motion, before.again);
    else this.view.moveTo(focus === null ? null : this.divisions.layer(focus).getBounds());
  }

  /** @param {readonly string[]} slugs */
  #boundsOf(slugs) {
    const known = slugs.filter((slug) => this.divisions.has(slug));
    if (!known.length) return null;
    const bounds = known.map((slug) => this.divisions.layer(slug).getBounds());
    return bounds.reduce((all, each) => all.extend(each), L.latLngBounds([]));
  }

  /**
   * An extent, where the map draws what lies in it.
   * @param {Box} box
   */
  #box([west, south, east, north]) {
    const wide = east < west ? east + TURN : east;
    const middle = this.view.bounds.getCenter().lng;
    const turn = Math.round((middle - (west + wide) / 2) / TURN) * TURN;
    return L.latLngBounds([south, west + turn], [north, wide + turn]);
  }

  /** @returns {Aim} */
  #county() {
    const { center, zoom } = this.view.whole();
    return { center, zoom };
  }

  /**
   * @param {L.LatLngBounds} bounds
   * @returns {Aim}
   */
  #fitting(bounds) {
    const { map } = this;
    const zoom = map.getBoundsZoom(bounds);
    if (zoom <= map.getMinZoom()) return this.#county();
    const corners = [bounds.getSouthWest(), bounds.getNorthEast()];
    const [a, b] = corners.map((corner) => map.project(corner, zoom));
    const middle = a.add(b).divideBy(2);
    return this.#inside(map.unproject(middle, zoom), Math.min(zoom, map.getMaxZoom()));
  }

  /**
   * Look there, but no farther out than the map may be moved, or it would be moved twice.
   * @param {L.LatLng} center
   * @param {number} zoom
   * @returns {Aim}
   */
  #inside(center, zoom) {
    const { map } = this;
    const limits = map.options.maxBounds;
    if (!limits) return { center, zoom };
    const around = /** @type {L.LatLngBounds} */ (limits);
    const box = L.bounds([
      map.project(around.getSouthWest(), zoom),
      map.project(around.getNorthEast(), zoom),
    ]);
    const half = map.getSize().divideBy(2);
    const { x, y } = map.project(center, zoom);
    const free = {
      min: /** @type {L.Point} */ (box.min).add(half),
      max: /** @type {L.Point} */ (box.max).subtract(half),
    };
    const at = L.point(between(x, free.min.x, free.max.x), between(y, free.min.y, free.max.y));
    return { center: map.unproject(at, zoom), zoom };
  }

  /**
   * @param {Aim} aim
   * @param {{ animate: boolean }} motion
   * @param {(() => void) | null} again
   */
  #move({ center, zoom }, { animate }, again = null) {
    this.view.move(() => {
      if (animate) this.map.flyTo(center, zoom, { duration: FLIGHT });
      else withoutSteps(this.map, () => this.map.setView(center, zoom, { animate }));
    }, again);
  }

  #present() {
    return { center: this.map.getCenter(), zoom: this.map.getZoom(), again: this.view.again };
  }

  #isWhole() {
    return this.map.getZoom() <= this.map.getMinZoom();
  }
}

/**
 * @param {Look} look
 * @returns {readonly string[]}
 */
function slugsOf(look) {
  return "slugs" in look ? look.slugs : [];
}

/**
 * Whether two cues show the same; what else is said of them does not matter here.
 * @param {Cue | null} a
 * @param {Cue | null} b
 */
function isSame(a, b) {
  const [one, other] = [a, b].map(
    (cue) =>
      cue && [cue.look, cue.light ?? null, cue.dim ?? null, cue.date ?? null, cue.dates ?? null],
  );
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high lower than `low` where there is no room: then the middle
 */
function between(value, low, high) {
  return low > high ? (low + high) / 2 : Math.min(Math.max(value, low), high);
}
