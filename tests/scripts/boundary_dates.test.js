import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundaryDateFor,
  changesWithin,
  datesOf,
  firstComparison,
  LATEST,
  lastDay,
  litSpan,
  shownDates,
} from "../../geo/map/scripts/boundary_dates.js";
import { mostGained, villagesOf } from "../../geo/map/scripts/land_changes.js";

const DATES = ["2018-10-31", "2019-10-31", "2020-06-30", "2023-06-30"];

/**
 * @param {string} since
 * @param {string} until
 * @param {{ to?: string, area?: number, [key: string]: unknown }} [more]
 * @returns {import("../../geo/map/scripts/types.js").LandChanges["features"][number]}
 */
function change(since, until, { to = "b", area = 1, ...more } = {}) {
  const properties = { from_slug: "a", to_slug: to, area_km2: area, since, until, ...more };
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [] } };
}

/** @param {ReturnType<typeof change>[]} features */
const collection = (...features) => /** @type {const} */ ({ type: "FeatureCollection", features });

test("the last day of a period in each of its forms", () => {
  const days = {
    2023: "2023-12-31",
    "2024-Q1": "2024-03-31",
    "2024-Q4": "2024-12-31",
    "2024-02": "2024-02-29",
    "2023-02": "2023-02-28",
    "2024-02-19": "2024-02-19",
    "2024-02-19/2024-03-05": "2024-03-05",
  };
  for (const [period, day] of Object.entries(days)) assert.equal(lastDay(period), day);
  assert.equal(lastDay("unstated"), null);
});

test("a period is drawn on the boundaries of its end", () => {
  assert.equal(boundaryDateFor("2019-10-31", DATES), "2019-10-31");
  assert.equal(boundaryDateFor("2019", DATES), "2019-10-31");
  assert.equal(boundaryDateFor("2020-Q2", DATES), "2020-06-30");
  assert.equal(boundaryDateFor("2015", DATES), "2018-10-31", "the first where all are later");
  for (const latest of ["2023-06-30", "2024", null, "unstated"]) {
    assert.equal(boundaryDateFor(latest, DATES), null);
  }
  assert.equal(boundaryDateFor("2015", []), null);
  assert.equal(boundaryDateFor("2015", ["2018-10-31"]), null);
});

test("what is shown for dates that are asked for", () => {
  assert.deepEqual(shownDates([], DATES), LATEST);
  assert.deepEqual(shownDates(["2023-06-30"], DATES), LATEST, "the latest alone");
  assert.deepEqual(shownDates(["1999-01-01"], DATES), LATEST);
  assert.deepEqual(shownDates(["2019-10-31"], DATES), { date: "2019-10-31", against: null });
  const both = { date: "2018-10-31", against: "2023-06-30" };
  assert.deepEqual(shownDates(["2023-06-30", "2018-10-31"], DATES), both, "in time order");
  assert.deepEqual(datesOf(both), ["2018-10-31", "2023-06-30"]);
  assert.deepEqual(datesOf(LATEST), []);
});

test("land is lit that changed hands between what is compared, or since the date before", () => {
  const all = collection(
    change("2018-10-31", "2019-10-31"),
    change("2019-10-31", "2020-06-30"),
    change("2020-06-30", "2023-06-30"),
  );
  const [first, second, third] = all.features;
  /** @param {string | null} date @param {string | null} against */
  const lit = (date, against = null) => changesWithin(all, litSpan({ date, against }, DATES));
  assert.deepEqual(lit(null), []);
  assert.deepEqual(lit("2018-10-31"), [], "nothing is known before the first");
  assert.deepEqual(lit("2020-06-30"), [second]);
  assert.deepEqual(lit("2018-10-31", "2020-06-30"), [first, second]);
  assert.deepEqual(lit("2019-10-31", "2023-06-30"), [second, third]);
});

test("what is compared at first is what changed last", () => {
  const changes = collection(
    change("2018-10-31", "2019-10-31"),
    change("2019-10-31", "2020-06-30"),
  );
  const latest = { against: "2023-06-30" };
  assert.deepEqual(firstComparison(changes, DATES), { date: "2019-10-31", ...latest });
  assert.deepEqual(firstComparison(null, DATES), { date: "2018-10-31", ...latest });
});

test("most of the land went to the division that gained most in all", () => {
  const [one, two, three] = [
    change("2018-10-31", "2019-10-31", { to: "b", area: 3 }),
    change("2018-10-31", "2019-10-31", { to: "c", area: 4 }),
    change("2018-10-31", "2019-10-31", { to: "b", area: 2 }),
  ];
  assert.deepEqual(mostGained([one, two, three]), [one, three]);
  assert.deepEqual(mostGained([]), []);
});

test("villages have their names in the reader's language where all are known", () => {
  const villages = new Map([["1", { code: "1", name_zh: "甲村", name_en: "Jia Village" }]]);
  const en = { lang: "en", order: ["zh"] };
  const land = (/** @type {Record<string, unknown>} */ more) => change("a", "b", more).properties;
  const known = land({ villages: ["甲村委会"], village_codes: ["1"] });
  assert.deepEqual(villagesOf(known, villages, en), ["Jia Village"]);
  const other = land({ villages: ["甲村委会", "乙村委会"], village_codes: ["1", "2"] });
  assert.deepEqual(villagesOf(other, villages, en), ["甲村委会", "乙村委会"]);
  assert.deepEqual(villagesOf(land({}), villages, en), []);
});
