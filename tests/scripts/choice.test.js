import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, NOTHING_CHOSEN, receive } from "../../geo/map/scripts/choice.js";

/** @import { Choice } from "../../geo/map/scripts/types.js" */

/** A map of which is noted what it shows and what it sent. */
class ChoosingMap {
  record = NOTHING_CHOSEN;
  /** @type {Choice[]} */
  sent = [];

  /**
   * @param {string | null} slug
   * @param {string | null} [place]
   */
  click(slug, place) {
    this.#take(choose(this.record, slug, place));
    return this;
  }

  /**
   * @param {string | null} chosen
   * @param {number} seq
   * @param {string} [session]
   * @param {string | null} [place]
   */
  hear(chosen, seq, session = "first", place = null) {
    this.#take(receive(this.record, { chosen, place, seq, session }));
    return this;
  }

  /** @param {import("../../geo/map/scripts/choice.js").Step} step */
  #take({ next, message }) {
    this.record = next;
    if (message) this.sent.push(message);
  }

  get shows() {
    return this.record.chosen;
  }
}

const fresh = () => new ChoosingMap().hear(null, 0);

test("the first state is shown as it is", () => {
  assert.equal(new ChoosingMap().hear("a", 0).shows, "a");
});

test("a click is shown and sent at once", () => {
  const map = fresh().click("a");
  assert.equal(map.shows, "a");
  assert.deepEqual(map.sent, [{ town: "a", place: null, seq: 1 }]);
});

test("a click on what is chosen sends nothing", () => {
  assert.equal(fresh().click("a").click("a").sent.length, 1);
  assert.equal(fresh().click(null).sent.length, 0);
});

test("a click beside all divisions lets go", () => {
  assert.deepEqual(fresh().click("a").click(null).sent[1], { town: null, place: null, seq: 2 });
});

test("an answer to an older click does not undo a newer one", () => {
  const map = fresh().click("a").click("b").hear("a", 1);
  assert.equal(map.shows, "b");
  assert.equal(map.hear("b", 2).shows, "b");
});

test("what came before any click was heard of does not undo it", () => {
  assert.equal(fresh().click("a").hear(null, 0).shows, "a");
});

test("the answer to the last click is right, also where the server refused it", () => {
  assert.equal(fresh().click("a").hear(null, 1).shows, null);
});

test("what the reader chose elsewhere after the last answer is shown", () => {
  assert.equal(fresh().click("a").hear("a", 1).hear("c", 1).shows, "c");
});

test("the same town can be chosen again after the list let it go", () => {
  const map = fresh().click("a").hear("a", 1).hear(null, 1).click("a");
  assert.deepEqual(map.sent[1], { town: "a", place: null, seq: 2 });
});

test("before the first click of a session the server is always right", () => {
  const map = fresh().click("a").hear("a", 1).hear("a", 0, "second");
  assert.equal(map.hear("c", 0, "second").shows, "c");
  assert.equal(map.sent.length, 1);
});

test("a click that the last server did not answer is sent to the next", () => {
  const map = fresh().click("a").hear(null, 0, "second");
  assert.equal(map.shows, "a");
  assert.deepEqual(map.sent, [
    { town: "a", place: null, seq: 1 },
    { town: "a", place: null, seq: 2 },
  ]);
});

test("a click that was answered is not sent to the next server", () => {
  const map = fresh().click("a").hear("a", 1).hear("b", 0, "second");
  assert.equal(map.shows, "b");
  assert.equal(map.sent.length, 1);
});

test("a click that the next server knows already is not sent again", () => {
  const map = fresh().click("a").hear("a", 0, "second");
  assert.equal(map.sent.length, 1);
});

test("after a change of servers older answers are told from newer ones", () => {
  const map = fresh().click("a").hear("a", 1).hear("a", 0, "second").click("b").click("c");
  assert.deepEqual(map.sent.slice(1), [
    { town: "b", place: null, seq: 2 },
    { town: "c", place: null, seq: 3 },
  ]);
  assert.equal(map.hear("b", 2, "second").shows, "c");
  assert.equal(map.hear("c", 3, "second").shows, "c");
});

test("a map that is drawn anew goes on counting where the session is", () => {
  const map = new ChoosingMap().hear("a", 7);
  assert.equal(map.shows, "a");
  assert.deepEqual(map.click("b").sent, [{ town: "b", place: null, seq: 8 }]);
  assert.equal(map.hear("a", 7).shows, "b");
});

test("a new map never sends by itself", () => {
  assert.equal(new ChoosingMap().hear("a", 3).hear("b", 3).hear(null, 0, "second").sent.length, 0);
});

test("whatever order answers come in, the last click stands once it is answered", () => {
  // All ways to mix three clicks with their answers, which come in order but late.
  /** @type {(clicks: number, answers: number, way: string) => string[]} */
  const ways = (clicks, answers, way) =>
    clicks === 3 && answers === 3
      ? [way]
      : [
          ...(clicks < 3 ? ways(clicks + 1, answers, `${way}c`) : []),
          ...(answers < clicks ? ways(clicks, answers + 1, `${way}a`) : []),
        ];
  const towns = ["a", "b", "c"];
  for (const way of ways(0, 0, "")) {
    const map = fresh();
    let [clicked, answered] = [0, 0];
    for (const step of way) {
      if (step === "c") {
        map.click(towns[clicked]);
        clicked += 1;
      } else {
        map.hear(towns[answered], answered + 1);
        answered += 1;
      }
      assert.equal(map.shows, towns[clicked - 1], way);
    }
  }
});

test("a place is chosen with its division", () => {
  const map = fresh().click("a", "well");
  assert.deepEqual(map.sent, [{ town: "a", place: "well", seq: 1 }]);
  assert.equal(map.record.place, "well");
  assert.equal(map.click("a", "well").sent.length, 1);
  assert.deepEqual(map.click("a").sent[1], { town: "a", place: null, seq: 2 });
});

test("an older answer does not undo the choice of a place", () => {
  const map = fresh().click("a").click("a", "well").hear("a", 1);
  assert.equal(map.record.place, "well");
  assert.equal(map.hear("a", 2, "first", "well").record.place, "well");
  assert.equal(map.hear("a", 2).record.place, null, "the list let it go");
});

test("a place that was not answered is sent again to a new session", () => {
  const map = fresh().click("a", "well").hear("a", 0, "second");
  assert.deepEqual(map.sent.at(-1), { town: "a", place: "well", seq: 2 });
});
