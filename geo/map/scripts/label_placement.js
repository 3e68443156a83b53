/* Where labels lie: none on another, none under a control, none cut by the frame, and a place for
 * each that needs one.
 *
 * Greedy, the most important first. A name lies within its shape, in the first of its forms, each
 * smaller than the last, that has room there; else it reaches over the shape's edges; else it lies
 * beside it with a line to it; its last form may be a number. Where one that needs a place got a poor one or none, all is tried again with
 * that one earlier, and the best of these arrangements holds.
 */

import { Boxes, boxAround, crosses, holds, intersect, nearestPoint } from "./boxes.js";
import { aroundPoint, besidePoint, overRows, withinRows } from "./label_candidates.js";

/** @import { Box, Line, Pixels } from "./boxes.js" */
/** @import { Row } from "./rows.js" */

/**
 * @typedef {{
 *   name: string | null, // none for a number, which stands for a name in a list
 *   look: string,
 *   size: Pixels,
 * }} Form
 * @typedef {{
 *   at: Pixels,
 *   rows: readonly Row[], // of its shape
 *   reach: Pixels | null, // how far it may stray from its point; none if not out of its rows
 *   forms: readonly Form[], // in the order in which they are tried
 *   isNeeded: boolean, // it takes any place rather than none
 * }} Wanted
 * @typedef {{
 *   form: Form,
 *   x: number, y: number, // from `at` to the label's middle
 *   box: Box,
 *   line: Line | null, // from `at` to a label beside it
 *   cost: number, // 0 for the best place
 * }} Place
 * @typedef {{ frame: Box, reserved: readonly Box[] }} Room where labels may lie, and may not
 */

const POINT = { x: 8, y: 8 }; // px kept free around the points of others by a label beside its own
const ATTEMPTS = 8;
const MOST_NEEDED = 80; // more than these are arranged once
const OVER_EDGES = 3;
const BESIDE = 8;
const NUMBER = 20;
const NOWHERE = 200;

/**
 * Place labels; one that fits nowhere has no place.
 * @param {readonly Wanted[]} wanted most important first
 * @param {Room} room
 * @returns {(Place | null)[]} in the order of `wanted`
 */
export function placeLabels(wanted, room) {
  const isNeeded = (/** @type {number} */ i) => wanted[i].isNeeded;
  const all = [...wanted.keys()];
  let order = [...all.filter(isNeeded), ...all.filter((i) => !isNeeded(i))];
  let places = arrange(wanted, order, room, []);
  let best = places;
  const attempts = all.filter(isNeeded).length > MOST_NEEDED ? 1 : ATTEMPTS;
  for (let i = 1; i < attempts; i += 1) {
    const first = poor(places, wanted);
    if (first.length === 0) break;
    order = [...new Set([...first, ...order])];
    places = arrange(wanted, order, room, []);
    if (costOf(places, wanted) < costOf(best, wanted)) best = places;
  }
  return best;
}

/**
 * Give one label its best place and leave the others where they are, but for those in its way.
 * @param {number} chosen its index
 * @param {readonly Wanted[]} wanted
 * @param {readonly (Place | null)[]} places of all without the choice
 * @param {Room} room
 * @returns {(Place | null)[]}
 */
export function placeChosen(chosen, wanted, places, room) {
  const others = places.filter((place, i) => place && i !== chosen);
  const taken = new Taken(/** @type {Place[]} */ (others), room);
  const alone = new Taken([], room);
  const label = wanted[chosen];
  const first =
    inPlace(label, taken) ??
    inPlace(label, alone) ??
    beside(label, alone, []) ??
    forced(label, room);
  const isFree = new Taken([first], room);
  /** @type {(Place | null)[]} */
  const settled = places.map((place) => (place && isFree.takes(place) ? place : null));
  settled[chosen] = first;
  const order = wanted.map((_, i) => i).filter((i) => !settled[i]);
  order.sort((a, b) => Number(wanted[b].isNeeded) - Number(wanted[a].isNeeded));
  const kept = arrange(wanted, order, room, settled);
  if (poor(kept, wanted).length <= poor(places, wanted).length) return kept;
  const anew = arrange(
    wanted,
    [...poor(kept, wanted), ...wanted.keys()],
    room,
    onlyAt(chosen, first),
  );
  return costOf(anew, wanted) < costOf(kept, wanted) ? anew : kept;
}

/**
 * @param {number} index
 * @param {Place} place
 * @returns {(Place | null)[]}
 */
function onlyAt(index, place) {
  /** @type {(Place | null)[]} */
  const settled = [];
  settled[index] = place;
  return settled;
}

/**
 * @param {readonly Wanted[]} wanted
 * @param {readonly number[]} order
 * @param {Room} room
 * @param {readonly (Place | null | undefined)[]} settled what has its place already
 */
function arrange(wanted, order, room, settled) {
  const places = wanted.map((_, i) => settled[i] ?? null);
  const taken = new Taken(/** @type {Place[]} */ (places.filter(Boolean)), room);
  const points = wanted.filter((each) => each.isNeeded).map(({ at }) => at);
  for (const i of order) {
    if (places[i]) continue;
    const label = wanted[i];
    const place =
      inPlace(label, taken) ??
      beside(label, taken, points) ??
      beside(label, taken, []) ??
      beside(label, taken, [], true);
    if (place) taken.add(place);
    places[i] = place;
  }
  return places;
}

/** What is no longer free. */
class Taken {
  /**
   * @param {readonly Place[]} places
   * @param {Room} room
   */
  constructor(places, { frame, reserved }) {
    this.frame = frame;
    this.boxes = new Boxes(reserved);
    /** @type {Line[]} */
    this.lines = [];
    for (const place of places) this.add(place);
  }

  /** @param {Place} place */
  add({ box, line }) {
    this.boxes.add(box);
    if (line) this.lines.push(line);
  }

  /**
   * @param {Pick<Place, "box" | "line">} place
   * @param {boolean} [mayCross] lines
   */
  takes({ box, line }, mayCross = false) {
    if (!holds(this.frame, box) || !this.boxes.areApartFrom(box)) return false;
    if (mayCross) return true;
    if (this.lines.some((other) => crosses(other, box))) return false;
    if (!line) return true;
    return !this.boxes.areCrossedBy(line) && !this.lines.some((other) => intersect(other, line));
  }
}

/**
 * @param {Wanted} wanted
 * @param {Taken} taken
 * @returns {Place | null}
 */
function inPlace(wanted, taken) {
  const { at, forms } = wanted;
  const named = forms.filter((form) => form.name !== null);
  /** @type {(form: Form, middles: Iterable<Pixels>, cost: number) => Place | null} */
  const firstFree = (form, middles, cost) => {
    for (const middle of middles) {
      const box = boxAround(middle, form.size);
      if (!taken.takes({ box, line: null })) continue;
      return { form, x: middle.x - at.x, y: middle.y - at.y, box, line: null, cost };
    }
    return null;
  };
  for (const [rank, form] of named.entries()) {
    const place = firstFree(form, withinRows(wanted, form.size), rank);
    if (place) return place;
  }
  for (const [rank, form] of named.slice(-2).entries()) {
    const middles = [...overRows(wanted, form.size), ...aroundPoint(wanted)];
    const place = firstFree(form, middles, OVER_EDGES + rank);
    if (place) return place;
  }
  return null;
}

/**
 * @param {Wanted} wanted
 * @param {Taken} taken
 * @param {readonly Pixels[]} points of labels that need a place: no other lies on them
 * @param {boolean} [mayCross] its line may cross others
 * @returns {Place | null}
 */
function beside({ at, forms, isNeeded }, taken, points, mayCross = false) {
  if (!isNeeded) return null;
  const named = forms.findLast((form) => form.name !== null);
  const number = forms.find((form) => form.name === null);
  for (const form of [named, number]) {
    if (!form) continue;
    const cost = form === number ? NUMBER : BESIDE;
    const box = boxAround(at, form.size);
    const onPoint = { form, x: 0, y: 0, box, line: null, cost };
    if (form === number && taken.takes(onPoint)) return onPoint;
    for (const place of besidePoint(at, form)) {
      const isOverOther = points.some(
        (point) => point !== at && crosses({ from: point, to: point }, grown(place.box)),
      );
      if (isOverOther || !taken.takes(place, mayCross)) continue;
      return { ...place, cost: cost + place.cost };
    }
  }
  return null;
}

/**
 * The place of a label that has no room at all: its own, as far as the frame allows.
 * @param {Wanted} wanted
 * @param {Room} room
 * @returns {Place}
 */
function forced({ at, forms }, { frame }) {
  const form = forms.findLast((each) => each.name !== null) ?? forms[0];
  const inner = {
    left: frame.left + form.size.x / 2,
    right: frame.right - form.size.x / 2,
    top: frame.top + form.size.y / 2,
    bottom: frame.bottom - form.size.y / 2,
  };
  const middle = nearestPoint(inner, at);
  const [x, y] = [middle.x - at.x, middle.y - at.y];
  return { form, x, y, box: boxAround(middle, form.size), line: null, cost: 0 };
}

/** @param {Box} box */
function grown({ left, right, top, bottom }) {
  return {
    left: left - POINT.x / 2,
    right: right + POINT.x / 2,
    top: top - POINT.y / 2,
    bottom: bottom + POINT.y / 2,
  };
}

/**
 * Which labels that need a place have no name in it, the worst first.
 * @param {readonly (Place | null)[]} places
 * @param {readonly Wanted[]} wanted
 */
function poor(places, wanted) {
  const cost = (/** @type {number} */ i) => places[i]?.cost ?? NOWHERE;
  return [...wanted.keys()]
    .filter((i) => wanted[i].isNeeded && cost(i) >= BESIDE)
    .sort((a, b) => cost(b) - cost(a));
}

/**
 * @param {readonly (Place | null)[]} places
 * @param {readonly Wanted[]} wanted
 */
function costOf(places, wanted) {
  let cost = 0;
  for (const [i, { isNeeded }] of wanted.entries()) {
    cost += places[i]?.cost ?? (isNeeded ? NOWHERE : 1);
  }
  return cost;
}
