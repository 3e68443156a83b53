/* Where labels lie so that none covers another: greedy, the most important first. */

const GAP = 3; // px kept free beside a label
const OFFSETS = [
  [0, 0],
  [0, -13],
  [0, 13],
  [-18, 0],
  [18, 0],
]; // px from its point, tried in this order

/**
 * @typedef {{ x: number, y: number }} Pixels
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Box
 * @typedef {{ name: string, x: number, y: number, box: Box }} Place offset from the label's point
 */

/**
 * Place each label at the first free offset under the first of its names that fits. A label that
 * fits nowhere has no place.
 * @template Label
 * @param {readonly { label: Label, at: Pixels, names: readonly string[] }[]} wanted most important
 *   first; names in the order in which they are tried, each centred on `at`
 * @param {(label: Label, name: string) => Pixels} sizeOf width and height
 * @returns {(Place | null)[]} in the order of `wanted`
 */
export function placeLabels(wanted, sizeOf) {
  /** @type {Box[]} */
  const taken = [];
  return wanted.map(({ label, at, names }) => {
    const place = freePlace(at, names, (name) => sizeOf(label, name), taken);
    if (place) taken.push(place.box);
    return place;
  });
}

/**
 * @param {Pixels} at
 * @param {readonly string[]} names
 * @param {(name: string) => Pixels} sizeOf
 * @param {readonly Box[]} taken
 * @returns {Place | null}
 */
function freePlace(at, names, sizeOf, taken) {
  for (const name of names) {
    const size = sizeOf(name);
    for (const [x, y] of OFFSETS) {
      const box = boxAround({ x: at.x + x, y: at.y + y }, size);
      if (taken.every((other) => areApart(box, other))) return { name, x, y, box };
    }
  }
  return null;
}

/**
 * @param {Pixels} middle
 * @param {Pixels} size
 * @returns {Box}
 */
function boxAround({ x, y }, size) {
  return {
    left: x - size.x / 2,
    right: x + size.x / 2,
    top: y - size.y / 2,
    bottom: y + size.y / 2,
  };
}

/**
 * @param {Box} a
 * @param {Box} b
 */
export function areApart(a, b) {
  return a.right + GAP < b.left || b.right + GAP < a.left || a.bottom < b.top || b.bottom < a.top;
}
