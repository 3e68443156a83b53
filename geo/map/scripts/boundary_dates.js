/* Which date's boundaries belong to a choice: plain functions of dates, which are days written as
 * 2018-10-31, so that their order is that of their letters.
 */

/** @import { LandChanges, ShownDates } from "./types.js" */

/** @type {ShownDates} */
export const LATEST = { date: null, against: null };

const QUARTER = 3; // months

/**
 * The date whose boundaries a period is drawn on: the last one by the period's end, or the first
 * where all are later; null where they are the latest, or no date is known.
 * @param {string | null} period 2023, 2024-Q1, 2024-02, 2024-02-19, 2024-02-19/2024-02-28
 * @param {readonly string[]} dates in time order
 * @returns {string | null}
 */
export function boundaryDateFor(period, dates) {
  const end = period === null ? null : lastDay(period);
  if (end === null || dates.length < 2) return null;
  const date = dates.findLast((each) => each <= end) ?? dates[0];
  return date === dates.at(-1) ? null : date;
}

/**
 * The last day of a period.
 * @param {string} period
 * @returns {string | null} none where it is not stated
 */
export function lastDay(period) {
  const said = period.split("/").at(-1) ?? "";
  const found = /^(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?$/.exec(said);
  if (!found) return null;
  const [, year, quarter, month, day] = found;
  if (day) return said;
  const last = quarter ? Number(quarter) * QUARTER : Number(month ?? 12);
  return new Date(Date.UTC(Number(year), last, 0)).toISOString().slice(0, 10);
}

/**
 * What is shown for some dates: one, or two side by side; the latest alone needs no date.
 * @param {readonly string[]} asked
 * @param {readonly string[]} dates that are known, in time order
 * @returns {ShownDates}
 */
export function shownDates(asked, dates) {
  const [date, against] = dates.filter((each) => asked.includes(each));
  if (date === undefined || (against === undefined && date === dates.at(-1))) return LATEST;
  return { date, against: against ?? null };
}

/**
 * @param {ShownDates} shown
 * @returns {string[]}
 */
export function datesOf({ date, against }) {
  return [date, against].filter((each) => each !== null);
}

/**
 * Between which dates land that changed hands is lit: the two that are compared, or the date that
 * is shown and the one before it.
 * @param {ShownDates} shown
 * @param {readonly string[]} dates
 * @returns {[since: string, until: string] | null}
 */
export function litSpan({ date, against }, dates) {
  if (date === null) return null;
  if (against !== null) return [date, against];
  const before = dates[dates.indexOf(date) - 1];
  return before === undefined ? null : [before, date];
}

/**
 * @param {LandChanges} changes
 * @param {[since: string, until: string] | null} span
 */
export function changesWithin(changes, span) {
  if (!span) return [];
  const [since, until] = span;
  return changes.features.filter(
    ({ properties }) => since <= properties.since && properties.until <= until,
  );
}

/**
 * What to compare with the latest at first: the last date before land changed hands.
 * @param {LandChanges | null} changes
 * @param {readonly string[]} dates
 * @returns {ShownDates}
 */
export function firstComparison(changes, dates) {
  const known = changes?.features.map(({ properties }) => properties.since) ?? [];
  const since =
    known
      .filter((each) => dates.includes(each))
      .sort()
      .at(-1) ?? dates[0];
  return { date: since, against: dates.at(-1) ?? null };
}
