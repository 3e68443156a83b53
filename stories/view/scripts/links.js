/* Addresses on the page, from what the panel shows. */

const METRIC = new Set(["metric", "period"]);
const AFTER_METRIC = new Set(["date", "lang"]);
const AFTER_SCENE = new Set(["theme", "metric", "period", "date", "lang"]);

/**
 * The query of the link to a town, or to the county as a whole, under the same filter and in the
 * same language.
 * @param {string} query of what is shown
 * @param {string | undefined} town slug
 */
export function townQuery(query, town) {
  const rest = new URLSearchParams(query);
  rest.delete("town");
  rest.delete("place");
  rest.delete("tour");
  rest.delete("scene");
  return new URLSearchParams([...(town ? [["town", town]] : []), ...rest]).toString();
}

/**
 * @param {string} query of what is shown
 * @param {string} lang
 */
export function languageQuery(query, lang) {
  const view = new URLSearchParams(query);
  view.set("lang", lang);
  return view.toString();
}

/**
 * The query with another scene, or none, where `stories/view/address.py` writes it.
 * @param {string} query
 * @param {string | undefined} scene
 */
export function sceneQuery(query, scene) {
  const view = [...new URLSearchParams(query)].filter(([key]) => key !== "scene");
  const at = view.findIndex(([key]) => AFTER_SCENE.has(key));
  if (scene) view.splice(at < 0 ? view.length : at, 0, ["scene", scene]);
  return new URLSearchParams(view).toString();
}

/**
 * The query with other dates, or none, where `stories/view/address.py` writes them.
 * @param {string} query
 * @param {readonly string[]} dates
 */
export function datesQuery(query, dates) {
  const view = [...new URLSearchParams(query)].filter(([key]) => key !== "date");
  const at = view.findIndex(([key]) => key === "lang");
  const asked = dates.map((date) => /** @type {[string, string]} */ (["date", date]));
  view.splice(at < 0 ? view.length : at, 0, ...asked);
  return new URLSearchParams(view).toString();
}

/**
 * The query with another period of the metric that it names; it has none where there is no metric.
 * @param {string} query
 * @param {string | undefined} period
 */
export function periodQuery(query, period) {
  const view = [...new URLSearchParams(query)].filter(([key]) => key !== "period");
  const at = view.findIndex(([key]) => key === "metric");
  if (period && at >= 0) view.splice(at + 1, 0, ["period", period]);
  return new URLSearchParams(view).toString();
}

/**
 * The query with another metric, in its last period, or with none.
 * @param {string} query
 * @param {string} metric
 */
export function metricQuery(query, metric) {
  const view = [...new URLSearchParams(query)].filter(([key]) => !METRIC.has(key));
  const at = view.findIndex(([key]) => AFTER_METRIC.has(key));
  if (metric) view.splice(at < 0 ? view.length : at, 0, ["metric", metric]);
  return new URLSearchParams(view).toString();
}

/**
 * The query of what the panel shows: the scene, the period and the dates are known to the page's
 * script alone until the server is told.
 * @param {HTMLElement} panel
 */
export function shownQuery({ dataset: { query = "", scene, period, dates } }) {
  const asked = dates?.split(" ").filter(Boolean);
  const here = sceneQuery(asked ? datesQuery(query, asked) : query, scene);
  return period === undefined ? here : periodQuery(here, period);
}

/**
 * The way from the page to where the views of all atlases begin, where each town has a page of its
 * own in each language; none where one page has all views.
 * @returns {string | undefined}
 */
function siteRoot() {
  return globalThis.document?.documentElement.dataset.root;
}

/**
 * The address of a view, as `stories/view/page_addresses.py` has it.
 * @param {string} query of the view
 * @param {string | undefined} root see `siteRoot`
 */
export function viewAddress(query, root = siteRoot()) {
  const view = new URLSearchParams(query);
  const lang = view.get("lang");
  if (root === undefined || !lang) return `${root ?? ""}?${query}`;
  const parts = [view.get("atlas"), lang, view.get("town")].filter((part) => part !== null);
  for (const key of ["atlas", "lang", "town"]) view.delete(key);
  const path = parts.map((part) => `${encodeURIComponent(part)}/`).join("");
  return `${root}${path}${view.size ? `?${view}` : ""}`;
}

/**
 * The folder that the addresses of files start from.
 * @param {{ origin: string, pathname: string }} location
 */
export function pageFolder({ origin, pathname }) {
  const page = `${origin}${pathname.replace(/\/*$/, "/")}`;
  const root = siteRoot();
  return root === undefined ? page : new URL(root, page).href;
}

/**
 * The link to send to somebody.
 * @param {{ origin: string, pathname: string }} location
 * @param {string} query of what is shown
 */
export function pageLink({ origin, pathname }, query) {
  const root = siteRoot() === undefined ? undefined : "";
  return `${pageFolder({ origin, pathname })}${viewAddress(query, root)}`;
}

/**
 * HTML that shows the page in somebody else's.
 * @param {string} link
 * @param {string} title
 */
export function embedCode(link, title) {
  return frameCode(`${link}${link.includes("?") ? "&" : "?"}embed=true`, title, 720);
}

/**
 * HTML that shows the page of a graphic in somebody else's.
 * @param {{ origin: string, pathname: string }} location
 * @param {{ page: string, name: string, height: number }} graphic its page beside this one
 */
export function graphicCode({ origin, pathname }, { page, name, height }) {
  return frameCode(`${pageFolder({ origin, pathname })}${page}`, name, height);
}

/**
 * @param {string} address
 * @param {string} title
 * @param {number} height in px
 */
function frameCode(address, title, height) {
  return (
    `<iframe src="${escapeHtml(address)}" title="${escapeHtml(title)}" width="100%" ` +
    `height="${height}" style="border:0" loading="lazy" allowfullscreen></iframe>`
  );
}

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {string} words */
function escapeHtml(words) {
  return words.replace(/[&<>"]/g, (sign) => ESCAPED[sign]);
}

const DATA = [
  "figures.csv",
  "places.geojson",
  "boundaries.geojson",
  "boundaries.gpkg",
  "stories.json",
];

/**
 * The files that the full server hands out for what is shown, with the keys of their words.
 * @param {string} query of what is shown
 * @param {string | null} storyLang language of the story; none where there is no story
 * @param {boolean} hasMetrics whether the atlas has any
 * @returns {{ name: string, address: string, key: string }[]}
 */
export function dataFiles(query, storyLang, hasMetrics = false) {
  const view = new URLSearchParams(query);
  const atlas = view.get("atlas"); // where there are several
  const data = `${siteRoot() ?? ""}data/`;
  const folder = atlas ? `${data}${encodeURIComponent(atlas)}/` : data;
  const files = DATA.map((name) => ({ name, key: name.replace(".", "_") }));
  if (hasMetrics) files.splice(1, 0, { name: "metrics.csv", key: "metrics_csv" });
  if (storyLang) files.unshift({ name: `${view.get("town")}.${storyLang}.md`, key: "story_md" });
  return files.map((file) => ({ ...file, address: folder + file.name }));
}
