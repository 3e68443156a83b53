/* The view that an address asks for, and what a choice makes of it: as `stories/view/address.py` and
 * `stories/view/selection.py` have it for the server.
 */

/** @import { PageChoice } from "../../../stories/view/scripts/page.js" */
/** @import { Parts, Start, View } from "./types.js" */

const LONGEST = 60; // letters of a value that a notice quotes

/**
 * Read an address; what it asks for in vain is left aside with a notice.
 * @param {URLSearchParams} asked
 * @param {Start} start what the page's path says
 * @param {Parts} parts
 * @returns {{ view: View, notices: string[] }}
 */
export function readView(asked, start, parts) {
  /** @type {string[]} */
  const notices = [];
  const say = (/** @type {string} */ key, /** @type {Record<string, string>} */ values) =>
    notices.push(filled(parts.words.notices[key], values));
  const known = (/** @type {string} */ key, /** @type {readonly string[]} */ all) => {
    const kept = new Set();
    for (const value of asked.getAll(key)) {
      if (!value) continue;
      if (!all.includes(value))
        say(`unknown_${key}`, { value: [...value].slice(0, LONGEST).join("") });
      else if (kept.has(value)) say("repeated", { key, value });
      else kept.add(value);
    }
    return /** @type {string[]} */ ([...kept]);
  };
  const single = (/** @type {string} */ key, /** @type {readonly string[]} */ all) => {
    const [first = null, ...more] = known(key, all);
    for (const value of more) say("repeated", { key, value });
    return first;
  };
  const town = start.town ?? single("town", parts.towns);
  const dates = known("date", parts.dates);
  for (const value of dates.slice(2)) say("repeated", { key: "date", value });
  const themes = known("theme", Object.keys(parts.themes));
  for (const tag of asked.getAll("lang")) {
    if (tag && !lookUp(tag, parts.languages)) {
      say("unknown_lang", { value: [...tag].slice(0, LONGEST).join("") });
    }
  }
  const metric = single("metric", Object.keys(parts.metrics));
  /** @type {View} */
  const view = {
    atlas: start.atlas,
    town,
    place: single("place", parts.places[town ?? ""] ?? []),
    tour: asked.getAll("tour").join() === "1" && storyOf(parts, town) !== undefined,
    scene: single("scene", storyOf(parts, town)?.scenes ?? []),
    themes: Object.keys(parts.themes).filter((each) => themes.includes(each)),
    metric,
    period: metric ? single("period", parts.metrics[metric]) : null,
    dates: shownDates(dates, parts.dates),
    lang: start.lang,
  };
  return { view, notices };
}

/**
 * The language that serves who asks for a tag; see `look_up` of `stories/view/languages.py`.
 * @param {string} tag
 * @param {readonly string[]} languages
 */
export function lookUp(tag, languages) {
  const wanted = tag.trim().replaceAll("_", "-").toLowerCase();
  const parts = wanted.split("-");
  const broader = parts.map((_, i) => parts.slice(0, parts.length - i).join("-"));
  const tags = [wanted, ...completed(wanted), ...broader];
  const found = tags.map((each) => languages.find((lang) => lang.toLowerCase() === each));
  const near = languages.find((lang) => lang.toLowerCase().split("-")[0] === parts[0]);
  return found.find((lang) => lang !== undefined) ?? near;
}

/** @param {string} tag */
function completed(tag) {
  try {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    const forms = [
      `${language}-${script}-${region}`,
      `${language}-${script}`,
      `${language}-${region}`,
    ];
    return forms.map((form) => form.toLowerCase());
  } catch {
    return []; // no tag of a language
  }
}

/**
 * The view after a choice of the page's script; see `change_of`.
 * @param {View} view
 * @param {PageChoice} choice
 * @param {Parts} parts
 * @returns {View}
 */
export function chosenView(view, choice, parts) {
  const next = { ...view };
  if (choice.lang && parts.languages.includes(choice.lang)) next.lang = choice.lang;
  const { themes } = choice;
  if (themes) next.themes = Object.keys(parts.themes).filter((each) => themes.includes(each));
  if (choice.metric !== undefined) {
    const metric = Object.hasOwn(parts.metrics, choice.metric) ? choice.metric : null;
    if (metric !== view.metric) next.period = null;
    next.metric = metric;
  }
  if (choice.period !== undefined && next.metric) {
    next.period = parts.metrics[next.metric].includes(choice.period) ? choice.period : null;
  }
  if (choice.dates) next.dates = shownDates(choice.dates, parts.dates);
  if (choice.town !== undefined) {
    const town = parts.towns.includes(choice.town) ? choice.town : null;
    Object.assign(next, townChange(town, choice.place ?? null, choice.tour === true, parts));
    if (town !== view.town) next.scene = null;
  }
  if (choice.scene !== undefined && next.town === view.town) {
    const scenes = storyOf(parts, next.town)?.scenes ?? [];
    next.scene = scenes.includes(choice.scene) ? choice.scene : null;
  }
  return next;
}

/**
 * What the choice of a town, and of a place in it, changes.
 * @param {string | null} town
 * @param {string | null} place
 * @param {boolean} isTour
 * @param {Parts} parts
 */
export function townChange(town, place, isTour, parts) {
  const places = parts.places[town ?? ""] ?? [];
  return {
    town,
    place: place !== null && places.includes(place) ? place : null,
    tour: isTour && storyOf(parts, town) !== undefined,
  };
}

/**
 * The query of a view in its canonical order.
 * @param {View} view
 */
export function queryOf(view) {
  const query = new URLSearchParams();
  const add = (/** @type {string} */ key, /** @type {string | null} */ value) => {
    if (value) query.append(key, value);
  };
  add("atlas", view.atlas);
  add("town", view.town);
  add("place", view.place);
  add("tour", view.tour ? "1" : null);
  add("scene", view.scene);
  for (const theme of view.themes) add("theme", theme);
  add("metric", view.metric);
  if (view.metric) add("period", view.period);
  for (const date of view.dates) add("date", date);
  add("lang", view.lang);
  return query.toString();
}

/**
 * Which of the dates are shown: one, or two side by side; the latest alone is what is shown anyway.
 * @param {readonly string[]} asked
 * @param {readonly string[]} dates all that are known, in time order
 * @returns {string[]}
 */
export function shownDates(asked, dates) {
  const some = asked.slice(0, 2);
  const known = dates.filter((date) => some.includes(date));
  return known.length === 1 && known[0] === dates.at(-1) ? [] : known;
}

/**
 * @param {Parts} parts
 * @param {string | null} town
 */
export function storyOf(parts, town) {
  return parts.stories.find((story) => story.town === town);
}

/**
 * Whether the chosen themes let a story through; with none chosen, every one passes.
 * @param {{ themes: readonly string[] }} story
 * @param {readonly string[]} themes
 */
export function passes(story, themes) {
  return themes.length === 0 || story.themes.some((theme) => themes.includes(theme));
}

/**
 * Where a reader is on the way through the stories that the themes let through; see `stop_at`.
 * @param {Parts} parts
 * @param {string} town
 * @param {readonly string[]} themes
 */
export function stopAt({ stories }, town, themes) {
  const stops = stories.filter((story) => story.town === town || passes(story, themes));
  const at = stops.findIndex((story) => story.town === town);
  return { place: at + 1, of: stops.length, previous: stops[at - 1], next: stops[at + 1] };
}

/**
 * Words in a row, as the language sets lists (CLDR's patterns).
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string>>} patterns
 */
export function listed(words, patterns) {
  const join = (/** @type {string} */ name, /** @type {string} */ one, /** @type {string} */ two) =>
    patterns[name].replaceAll(/\{([01])\}/g, (_, place) => (place === "0" ? one : two));
  const [first = "", ...rest] = words;
  if (rest.length === 0) return first;
  if (rest.length === 1) return join("2", first, rest[0]);
  const last = rest.at(-1) ?? "";
  const middle = rest
    .slice(0, -1)
    .reduce((so, word, i) => join(i === 0 ? "start" : "middle", so, word), first);
  return join("end", middle, last);
}

/**
 * @param {string} words with placeholders: `{place} of {of}`
 * @param {Readonly<Record<string, string>>} values
 */
export function filled(words, values) {
  return words.replaceAll(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
