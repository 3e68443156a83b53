import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chosenView,
  filled,
  listed,
  lookUp,
  passes,
  queryOf,
  readView,
  shownDates,
  stopAt,
} from "../../serving/publish/scripts/view.js";

const STORIES = [
  { town: "moganshan", themes: ["tourism"], scenes: ["summit", "valley"] },
  { town: "wukang", themes: ["industry"], scenes: [] },
  { town: "xinshi", themes: ["heritage", "tourism"], scenes: [] },
];
const NOTICES = Object.fromEntries(
  ["town", "lang", "theme", "metric", "period", "date", "scene", "place"].map((key) => [
    `unknown_${key}`,
    `No ${key} {value}`,
  ]),
);
/** @type {any} */
const PARTS = {
  languages: ["zh", "en"],
  towns: ["moganshan", "wukang", "xinshi", "quiet"],
  themes: { tourism: "Tourism", industry: "Industry", heritage: "Heritage" },
  stories: STORIES,
  places: { moganshan: ["peak"] },
  metrics: { population: ["2010", "2020"], area: ["2020"] },
  dates: ["1950", "1980", "2020"],
  words: { notices: { ...NOTICES, repeated: "{key} again: {value}" } },
};
/** @type {any} */
const START = { atlas: null, lang: "en", town: null, languages: PARTS.languages };

const read = (/** @type {string} */ query, start = START) =>
  readView(new URLSearchParams(query), start, PARTS);

test("an address is read and written alike, in the order of the hosted edition", () => {
  const query =
    "town=moganshan&place=peak&tour=1&scene=summit&theme=tourism&theme=heritage" +
    "&metric=population&period=2010&date=1950&date=1980&lang=en";
  const { view, notices } = read(query);
  assert.deepEqual(notices, []);
  assert.equal(queryOf(view), query);
});

test("the page's path names the town, whatever the query says", () => {
  assert.equal(read("town=wukang", { ...START, town: "xinshi" }).view.town, "xinshi");
});

test("what an address asks for in vain is left aside with a notice", () => {
  const { view, notices } = read("town=nowhere&theme=x&metric=y&date=z&place=p&scene=s&tour=1");
  assert.equal(queryOf(view), "lang=en");
  assert.deepEqual(notices.toSorted(), [
    "No date z",
    "No metric y",
    "No place p",
    "No scene s",
    "No theme x",
    "No town nowhere",
  ]);
});

test("a notice quotes no more than 60 letters", () => {
  assert.deepEqual(read(`town=${"𠀀".repeat(70)}`).notices, [`No town ${"𠀀".repeat(60)}`]);
});

test("no value is known by the name of what every object has", () => {
  const { view, notices } = read("theme=constructor&metric=toString");
  assert.equal(queryOf(view), "lang=en");
  assert.equal(notices.length, 2);
});

test("a value that repeats is read once, and of two towns the first counts", () => {
  const { view, notices } = read("theme=tourism&theme=tourism&town=wukang&town=xinshi");
  assert.deepEqual(view.themes, ["tourism"]);
  assert.equal(view.town, "wukang");
  assert.deepEqual(notices.toSorted(), ["theme again: tourism", "town again: xinshi"]);
});

test("of three dates two are compared, and the third is named to the reader", () => {
  const { view, notices } = read("date=1980&date=1950&date=2020");
  assert.deepEqual(view.dates, ["1950", "1980"]);
  assert.deepEqual(notices, ["date again: 2020"]);
});

test("a tour is begun by one word only, and only where there is a story", () => {
  assert.equal(read("town=wukang&tour=1").view.tour, true);
  assert.equal(read("town=wukang&tour=1&tour=0").view.tour, false);
  assert.equal(read("town=quiet&tour=1").view.tour, false);
});

test("the latest date alone is what is shown anyway", () => {
  assert.deepEqual(shownDates(["2020"], PARTS.dates), []);
  assert.deepEqual(shownDates(["2020", "1950"], PARTS.dates), ["1950", "2020"]);
});

test("another town has none of this one's scenes, another metric none of its periods", () => {
  const { view } = read("town=moganshan&scene=summit&metric=population&period=2010");
  assert.equal(chosenView(view, /** @type {any} */ ({ town: "xinshi" }), PARTS).scene, null);
  assert.equal(chosenView(view, /** @type {any} */ ({ metric: "area" }), PARTS).period, null);
  const same = chosenView(view, /** @type {any} */ ({ metric: "population" }), PARTS);
  assert.equal(same.period, "2010");
});

test("a tour stops at the stories that the themes let through, and where the reader is", () => {
  const stop = stopAt(PARTS, "wukang", ["tourism"]);
  assert.deepEqual(
    [stop.place, stop.of, stop.previous?.town, stop.next?.town],
    [2, 3, "moganshan", "xinshi"],
  );
  assert.equal(stopAt(PARTS, "moganshan", []).previous, undefined);
  assert.equal(stopAt(PARTS, "xinshi", []).next, undefined);
  assert.equal(passes(STORIES[1], ["tourism"]), false);
});

test("words in a row follow the language's patterns, and no word is read as one", () => {
  const patterns = { 2: "{0} and {1}", start: "{0}, {1}", middle: "{0}, {1}", end: "{0}, and {1}" };
  assert.equal(listed([], patterns), "");
  assert.equal(listed(["a"], patterns), "a");
  assert.equal(listed(["a", "b"], patterns), "a and b");
  assert.equal(listed(["a", "b", "c", "d"], patterns), "a, b, c, and d");
  assert.equal(listed(["{1}", "$&"], patterns), "{1} and $&");
  assert.equal(filled("{a} of {b}", { a: "{b}", b: "2" }), "{b} of 2");
});

test("a language serves who asks for a near one, and an unknown one is named", () => {
  assert.equal(lookUp("zh-CN", ["en", "zh"]), "zh");
  assert.equal(lookUp("zh_TW", ["zh-Hans", "zh-Hant"]), "zh-Hant");
  assert.equal(lookUp("pt", ["en", "pt-BR"]), "pt-BR");
  assert.equal(lookUp("fr", ["en", "zh"]), undefined);
  assert.equal(lookUp("<b>", ["en", "zh"]), undefined);
  assert.deepEqual(read("lang=zh-CN").notices, []);
  assert.deepEqual(read("lang=xx").notices, ["No lang xx"]);
});
