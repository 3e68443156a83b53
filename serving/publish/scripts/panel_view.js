/* A page's panel as a view shows it: the page was drawn with nothing chosen but its town and its
 * language. All words and parts are the publisher's (`stories/view/view_parts.py`).
 */

import { viewAddress } from "../../../stories/view/scripts/links.js";
import { filled, listed, passes, queryOf, stopAt, storyOf, townChange } from "./view.js";

/** @import { MetricParts, Parts, View } from "./types.js" */

/**
 * @param {HTMLElement} panel as its page has it
 * @param {View} view
 * @param {Parts} parts
 * @param {MetricParts} metricParts of this page
 */
export function showView(panel, view, parts, metricParts) {
  panel.dataset.query = queryOf({ ...view, scene: null });
  const story = storyOf(parts, view.town);
  if (story) showStory(panel, view, parts, passes(story, view.themes));
  else if (view.town === null) showOverview(panel, view, parts);
  showMetric(panel, view, metricParts);
  showPlace(panel, view);
  showDates(panel, view, parts);
  for (const link of all(panel, "a[data-town], a[data-metric], a[data-dates]")) {
    leadOn(link, view, parts);
  }
}

/**
 * @param {HTMLElement} panel
 * @param {View} view
 * @param {Parts} parts
 * @param {boolean} isThrough whether the themes let the story through
 */
function showStory(panel, view, parts, isThrough) {
  const town = view.town ?? "";
  const stop = stopAt(parts, town, view.themes);
  const following = elementOf(stop.next?.next ?? parts.toOverview);
  if (view.tour && stop.next) mark(following.querySelector("a"));
  panel.querySelector("nav.next-story")?.replaceWith(following);
  const back = panel.querySelector(":scope > .back");
  if (!isThrough) {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.setAttribute("role", "note");
    hint.textContent = parts.words.hidden;
    back?.after(hint);
  }
  if (!view.tour) return;
  back?.replaceWith(tourBar(town, stop, parts.words.tour));
  for (const link of all(panel, ".place-entry .name a")) mark(link);
}

/** @param {Element | null} link that stays in the tour */
function mark(link) {
  link?.setAttribute("data-tour", "1");
}

/**
 * @param {string} town
 * @param {ReturnType<typeof stopAt>} stop
 * @param {Parts["words"]["tour"]} words
 */
function tourBar(town, stop, words) {
  const bar = made("nav", "tour");
  bar.ariaLabel = words.label;
  const numbers = { place: String(stop.place), of: String(stop.of) };
  bar.append(made("p", "place", filled(words.place, numbers)));
  const progress = bar.appendChild(made("div", "progress"));
  progress.ariaHidden = "true";
  const part = progress.appendChild(document.createElement("i"));
  part.style.width = `${Math.round((stop.place / stop.of) * 100)}%`;
  const steps = bar.appendChild(made("p", "steps"));
  const add = (
    /** @type {string} */ name,
    /** @type {string} */ to,
    /** @type {string} */ said,
  ) => {
    const link = made("a", name, said);
    link.dataset.town = to;
    steps.append(link, " ");
    return link;
  };
  if (stop.previous) mark(add("previous", stop.previous.town, stop.previous.previousStop));
  if (stop.next) mark(add("next", stop.next.town, stop.next.nextStop));
  add("leave", town, words.leave);
  bar.append(made("p", "keys", words.hint));
  return bar;
}

/**
 * @param {HTMLElement} panel
 * @param {View} view
 * @param {Parts} parts
 */
function showOverview(panel, view, parts) {
  const { themes } = view;
  if (themes.length === 0) return;
  const { words, stories } = parts;
  const through = stories.filter((story) => passes(story, themes));
  const title = panel.querySelector("h2");
  if (title) {
    const names = listed(
      themes.map((each) => parts.themes[each]),
      words.list,
    );
    title.textContent = filled(words.filtered, { themes: names, n: words.numbers[through.length] });
  }
  const teasers = panel.querySelector("ul.teasers");
  const items = [...(teasers?.children ?? [])]; // in the order of the stories
  const first = items.filter((_, i) => passes(stories[i], themes));
  const others = items.filter((_, i) => !passes(stories[i], themes));
  for (const item of others) item.classList.add("faded");
  teasers?.replaceChildren(...first, ...others);
  const start = panel.querySelector("a.start");
  if (start instanceof HTMLElement && through[0]) start.dataset.town = through[0].town;
}

/**
 * @param {HTMLElement} panel
 * @param {View} view
 * @param {MetricParts} metricParts
 */
function showMetric(panel, view, metricParts) {
  const part = view.metric ? metricParts[view.metric] : undefined;
  if (part?.metrics)
    panel.querySelector("section.metric-list")?.replaceWith(elementOf(part.metrics));
  if (part?.table) panel.querySelector("ul.teasers")?.before(partsOf(part.table));
}

/**
 * @param {HTMLElement} panel
 * @param {View} view
 */
function showPlace(panel, view) {
  if (!view.place) return;
  const entry = panel.querySelector(`#place-${CSS.escape(view.place)}`);
  entry?.classList.add("chosen");
  entry?.querySelector(".name a")?.setAttribute("aria-current", "true");
}

/**
 * @param {HTMLElement} panel
 * @param {View} view
 * @param {Parts} parts
 */
function showDates(panel, view, parts) {
  const shown = view.dates.join(" ");
  for (const link of all(panel, "a[data-dates]")) {
    if (link.dataset.dates === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const still = parts.stills[shown];
  const changes = panel.querySelector("#boundaries .changes");
  if (still && changes) changes.before(elementOf(still));
}

/**
 * A link leads to where it did, and all else stays as it is chosen.
 * @param {HTMLElement} link
 * @param {View} view
 * @param {Parts} parts
 */
function leadOn(link, view, parts) {
  const { town, place = null, tour, metric, dates } = link.dataset;
  const hash = /#.*$/.exec(link.getAttribute("href") ?? "")?.[0] ?? "";
  let to = { ...view, scene: /** @type {string | null} */ (null) };
  if (town !== undefined) to = { ...to, ...townChange(town || null, place, tour === "1", parts) };
  else if (metric !== undefined) to = { ...to, metric: metric || null, period: null };
  else if (dates !== undefined) to = { ...to, dates: dates.split(" ").filter(Boolean) };
  link.setAttribute("href", `${viewAddress(queryOf(to))}${hash}`);
}

/**
 * @param {string} html by the publisher's templates
 * @returns {DocumentFragment}
 */
function partsOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html.replaceAll("{root}", document.documentElement.dataset.root ?? "");
  return template.content;
}

/**
 * @param {string} html of one element
 * @returns {Element}
 */
export function elementOf(html) {
  return partsOf(html).firstElementChild ?? document.createElement("i");
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} [words]
 */
function made(tag, name, words = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = words;
  return element;
}

/**
 * @param {ParentNode} where
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function all(where, selector) {
  return [...where.querySelectorAll(selector)].map((each) => /** @type {HTMLElement} */ (each));
}
