import assert from "node:assert/strict";
import { test } from "node:test";
import { areApart, crosses, holds, intersect } from "../../geo/map/scripts/boxes.js";
import { placeChosen, placeLabels } from "../../geo/map/scripts/label_placement.js";

/** @import { Place, Room, Wanted } from "../../geo/map/scripts/label_placement.js" */

const LINE = 10; // px high
const LETTER = 10; // px wide
/** @type {Room} */
const FREE = { frame: { left: -500, right: 500, top: -500, bottom: 500 }, reserved: [] };

/**
 * @param {number} x
 * @param {number} y
 * @param {(string | null)[]} names
 * @param {boolean} [isNeeded]
 * @returns {Wanted}
 */
function label(x, y, names, isNeeded = false) {
  const forms = names.map((name) => ({
    name,
    look: "",
    size: { x: (name ?? "8").length * LETTER, y: LINE },
  }));
  return { at: { x, y }, rows: [], reach: { x: 18, y: 13 }, forms, isNeeded };
}

/** @param {Place | null} place */
const where = (place) => place && [place.form.name, place.x, place.y];

const wall = (/** @type {string} */ name, x = 0) =>
  [-26, -13, 0, 13, 26].map((y) => label(x, y, [name]));

/** Numbers as by chance, but the same in each run. @param {number} seed */
function chance(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

/** Divisions on a phone's map with controls over it. @param {number} seed */
function phone(seed) {
  const next = chance(seed * 7919 + 1);
  const frame = { left: 0, right: 390, top: 0, bottom: 300 };
  const bar = { left: 10, right: 54, top: 10, bottom: 160 };
  const legend = { left: 10, right: 250, top: 275, bottom: 292 };
  const wanted = Array.from({ length: 13 }, (_, i) => {
    const letters = "w".repeat(3 + next(5));
    const [column, row] = [i % 5, Math.floor(i / 5)]; // as towns, which do not lie on each other
    const at = /** @type {const} */ ([65 + column * 64 + next(44), 25 + row * 90 + next(60)]);
    return label(...at, [`${letters} town`, letters, letters.slice(1), null], true);
  });
  const neighbours = Array.from({ length: 8 }, () =>
    label(next(390), next(300), ["neighbour".slice(next(4))]),
  );
  return { wanted: [...wanted, ...neighbours], room: { frame, reserved: [bar, legend] } };
}

/**
 * @param {readonly (Place | null)[]} places
 * @param {Room} room
 */
function assertClean(places, { frame, reserved }) {
  const placed = places.filter((place) => place !== null);
  const lines = placed.flatMap(({ line }) => (line ? [line] : []));
  for (const [i, { box, line }] of placed.entries()) {
    assert.ok(holds(frame, box), "cut by the frame");
    for (const other of reserved) assert.ok(areApart(box, other), "under a control");
    for (const [k, other] of placed.entries()) {
      if (i === k) continue;
      assert.ok(areApart(box, other.box), "one on another");
      assert.ok(!(line && crosses(line, other.box)), "a line through a name");
    }
    for (const other of lines) assert.ok(other === line || !line || !intersect(line, other));
  }
}

test("a label that has room lies on its point", () => {
  const places = placeLabels([label(0, 0, ["aaaa"]), label(100, 0, ["bbbb"])], FREE);
  assert.deepEqual(places.map(where), [
    ["aaaa", 0, 0],
    ["bbbb", 0, 0],
  ]);
});

test("the first keeps its place and the second is moved a little", () => {
  const [first, second] = placeLabels([label(0, 0, ["aaaa"]), label(5, 0, ["bbbb"])], FREE);
  assert.deepEqual(where(first), ["aaaa", 0, 0]);
  assert.deepEqual(where(second), ["bbbb", 0, -13]);
});

test("a name lies within its shape, where that has room nearest to its point", () => {
  const rows = [
    { y: 0, left: -15, right: 15 },
    { y: 5, left: -30, right: 100 },
  ];
  const town = { ...label(0, 0, ["a town", "town", "t"]), rows };
  assert.deepEqual(where(placeLabels([town], FREE)[0]), ["a town", 0, 5]);
  const taken = label(45, 5, ["wall"]);
  assert.deepEqual(where(placeLabels([taken, town], FREE)[1]), ["town", 0, 5]);
});

test("a name that has no room in its shape is smaller rather than over its edges", () => {
  const rows = [{ y: 0, left: -8, right: 8 }];
  const [place] = placeLabels([{ ...label(0, 0, ["town", "t"]), rows }], FREE);
  assert.equal(place?.form.name, "t");
  const [over] = placeLabels([{ ...label(0, 0, ["a town", "town", "ton"]), rows }], FREE);
  assert.equal(over?.form.name, "town");
  const [none] = placeLabels([{ ...label(0, 0, ["town"]), rows, reach: null }], FREE);
  assert.equal(none, null);
});

test("a name is moved before it is shortened", () => {
  const [, second] = placeLabels([label(0, 0, ["aaaa"]), label(0, 8, ["bbbb", "b"])], FREE);
  assert.equal(second?.form.name, "bbbb");
});

test("a name that has no room is shortened", () => {
  const around = [...wall("wall"), ...wall("wall", 80)];
  const last = placeLabels([...around, label(40, 0, ["bbbb", "b"])], FREE).at(-1) ?? null;
  assert.equal(last?.form.name, "b");
});

test("a label that fits nowhere has no place, but one that needs it goes beside", () => {
  const around = wall("wall".repeat(4));
  assert.equal(placeLabels([...around, label(0, 0, ["b"])], FREE).at(-1), null);
  const places = placeLabels([...around, label(0, 32, ["bbbbbb"], true)], FREE);
  assert.equal(places.at(-1)?.form.name, "bbbbbb");
});

test("a name beside its place has a line to it, and a number is the last resort", () => {
  const reserved = [{ left: -60, right: -2, top: -40, bottom: 40 }];
  const frame = { left: -60, right: 60, top: -40, bottom: 40 };
  const tight = { frame: { ...frame, right: 60 }, reserved };
  const [beside] = placeLabels([{ ...label(0, 0, ["bbbb"], true), reach: { x: 0, y: 0 } }], tight);
  assert.deepEqual(beside?.line?.from, { x: 0, y: 0 });
  assert.ok(beside && beside.box.left > 2);
  const [number] = placeLabels([label(10, 0, ["bbbb", null], true)], {
    frame: { ...frame, right: 30 },
    reserved,
  });
  assert.equal(number?.form.name, null);
});

test("what needs a place comes before what does not, whatever their order", () => {
  const [neighbour, division] = placeLabels(
    [{ ...label(0, 0, ["neighbour"]), reach: { x: 0, y: 0 } }, label(0, 0, ["town"], true)],
    FREE,
  );
  assert.equal(neighbour, null);
  assert.deepEqual(where(division), ["town", 0, 0]);
});

test("on a phone each division is named; nothing is covered, cut or crossed", () => {
  for (let seed = 0; seed < 150; seed += 1) {
    const { wanted, room } = phone(seed);
    const places = placeLabels(wanted, room);
    assertClean(places, room);
    const unnamed = wanted.filter((each, i) => each.isNeeded && !places[i]);
    assert.deepEqual(unnamed, [], `seed ${seed}`);
  }
});

test("where points lie in a heap each is still named or numbered", () => {
  const heap = Array.from({ length: 12 }, (_, i) =>
    label(200 + (i % 4) * 3, 150 + (i % 3) * 3, [`town ${i}`, null], true),
  );
  const { room } = phone(1);
  const places = placeLabels(heap, room);
  assert.ok(places.every(Boolean));
});

test("each can be chosen: its name stays, the others are named still", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const { wanted, room } = phone(seed);
    const places = placeLabels(wanted, room);
    for (let chosen = 0; chosen < 13; chosen += 1) {
      const settled = placeChosen(chosen, wanted, places, room);
      assertClean(settled, room);
      assert.ok(settled[chosen]?.form.name, "the chosen one has its name");
      assert.ok(settled.slice(0, 13).every(Boolean), `seed ${seed}, ${chosen} chosen`);
    }
  }
});

test("a choice moves only what is in its way", () => {
  const wanted = [
    label(0, 0, ["aaaa"], true),
    label(60, 0, ["bbbb"], true),
    label(200, 0, ["cccc"], true),
  ];
  const places = placeLabels(wanted, FREE);
  const larger = [label(0, 0, ["aaaaaaaaaaa"], true), ...wanted.slice(1)];
  const settled = placeChosen(0, larger, places, FREE);
  assert.deepEqual(where(settled[2]), where(places[2]));
  assert.equal(settled[0]?.form.name, "aaaaaaaaaaa");
  assert.deepEqual(placeLabels(wanted, FREE), places);
});

test("thousands are placed while nobody waits", () => {
  const next = chance(3);
  const many = Array.from({ length: 3000 }, () => ({
    ...label(next(1000) - 500, next(1000) - 500, ["county"]),
    reach: { x: 0, y: 0 },
  }));
  const before = performance.now();
  const places = placeLabels(many, FREE);
  const took = performance.now() - before;
  assertClean(places, FREE);
  assert.ok(places.filter(Boolean).length > 300);
  assert.ok(took < 400, `${took} ms`);
});

test("labels side by side keep a gap, labels above each other need none", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(areApart(box, { ...box, left: 12, right: 22 }), false);
  assert.equal(areApart(box, { ...box, left: 15, right: 25 }), true);
  assert.equal(areApart(box, { ...box, top: 11, bottom: 21 }), true);
});
