import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dataFiles,
  datesQuery,
  embedCode,
  languageQuery,
  metricQuery,
  pageLink,
  periodQuery,
  sceneQuery,
  shownQuery,
  townQuery,
  viewAddress,
} from "../../stories/view/scripts/links.js";

test("a town's link keeps filter and language, and leaves the tour", () => {
  const query = "town=a&tour=1&theme=x&theme=y&lang=zh";
  assert.equal(townQuery(query, "b"), "town=b&theme=x&theme=y&lang=zh");
  assert.equal(townQuery(query, ""), "theme=x&theme=y&lang=zh");
  assert.equal(townQuery("lang=zh", undefined), "lang=zh");
});

test("a language's link keeps everything else", () => {
  assert.equal(languageQuery("town=a&lang=zh", "en"), "town=a&lang=en");
  assert.equal(languageQuery("town=a", "en"), "town=a&lang=en");
});

test("a scene stands where the server writes it, and another town has none of it", () => {
  const query = "atlas=x&town=a&tour=1&theme=x&lang=zh";
  assert.equal(sceneQuery(query, "s1"), "atlas=x&town=a&tour=1&scene=s1&theme=x&lang=zh");
  assert.equal(sceneQuery("town=a&scene=s1&lang=zh", "s2"), "town=a&scene=s2&lang=zh");
  assert.equal(sceneQuery("town=a&scene=s1", ""), "town=a");
  assert.equal(townQuery("town=a&scene=s1&lang=zh", "b"), "town=b&lang=zh");
});

test("dates stand where the server writes them, and stay when a town is chosen", () => {
  const dates = ["2018-10-31", "2023-06-30"];
  const query = "town=a&theme=x&date=2018-10-31&date=2023-06-30&lang=zh";
  assert.equal(datesQuery("town=a&theme=x&lang=zh", dates), query);
  assert.equal(datesQuery(query, ["2019-10-31"]), "town=a&theme=x&date=2019-10-31&lang=zh");
  assert.equal(datesQuery(query, []), "town=a&theme=x&lang=zh");
  assert.equal(datesQuery("", ["2019-10-31"]), "date=2019-10-31");
  assert.equal(townQuery(query, "b"), query.replace("town=a", "town=b"));
  assert.equal(sceneQuery("town=a&date=2018-10-31", "s1"), "town=a&scene=s1&date=2018-10-31");
});

test("the numbers of all divisions are among the files where there are any", () => {
  const names = dataFiles("lang=zh", null, true).map(({ name }) => name);
  assert.deepEqual(names.slice(0, 2), ["figures.csv", "metrics.csv"]);
  assert.ok(!dataFiles("lang=zh", null).some(({ name }) => name === "metrics.csv"));
});

test("a metric and its period stand where the server writes them", () => {
  const query = "town=a&theme=x&metric=m&period=2020&lang=zh";
  assert.equal(periodQuery(query, "2021"), "town=a&theme=x&metric=m&period=2021&lang=zh");
  assert.equal(periodQuery(query, ""), "town=a&theme=x&metric=m&lang=zh");
  assert.equal(periodQuery("town=a&lang=zh", "2021"), "town=a&lang=zh");
  assert.equal(metricQuery(query, "n"), "town=a&theme=x&metric=n&lang=zh");
  assert.equal(metricQuery(query, ""), "town=a&theme=x&lang=zh");
  assert.equal(metricQuery("town=a", "n"), "town=a&metric=n");
  assert.equal(townQuery(query, "b"), "town=b&theme=x&metric=m&period=2020&lang=zh");
  assert.equal(sceneQuery("metric=m&lang=zh", "s1"), "scene=s1&metric=m&lang=zh");
});

test("what is shown has the scene and the period that the script alone knows", () => {
  const query = "town=a&metric=m&lang=zh";
  /** @param {Record<string, string>} data */
  const panel = (data) => /** @type {any} */ ({ dataset: { query, ...data } });
  assert.equal(shownQuery(panel({})), query);
  const both = "town=a&scene=s1&metric=m&period=2020&lang=zh";
  assert.equal(shownQuery(panel({ scene: "s1", period: "2020" })), both);
});

test("the link to send is the page's own, wherever it is served", () => {
  const origin = "https://example.org";
  assert.equal(pageLink({ origin, pathname: "/" }, "town=a"), "https://example.org/?town=a");
  assert.equal(pageLink({ origin, pathname: "/map" }, "town=a"), "https://example.org/map/?town=a");
  assert.equal(pageLink({ origin, pathname: "/m///" }, "x=1"), "https://example.org/m/?x=1");
});

test("where each town has a page of its own in each language, the path names both", () => {
  assert.equal(viewAddress("town=a&lang=en"), "?town=a&lang=en");
  assert.equal(viewAddress("town=a&theme=t&lang=en", "../../"), "../../en/a/?theme=t");
  assert.equal(viewAddress("atlas=德清&lang=zh", ""), "%E5%BE%B7%E6%B8%85/zh/");
  assert.equal(viewAddress("town=a", "../"), "../?town=a"); // the reader's own language
});

test("no title can leave the attribute that it stands in", () => {
  const code = embedCode("https://example.org/?town=a", `"><script>alert('&')</script>`);
  assert.match(code, /src="https:\/\/example\.org\/\?town=a&amp;embed=true"/);
  assert.match(code, /title="&quot;&gt;&lt;script&gt;alert\('&amp;'\)&lt;\/script&gt;"/);
});

test("data are offered for what is shown", () => {
  const names = dataFiles("lang=zh", null).map(({ name }) => name);
  assert.deepEqual(names, [
    "figures.csv",
    "places.geojson",
    "boundaries.geojson",
    "boundaries.gpkg",
    "stories.json",
  ]);
  const [story] = dataFiles("town=leidian&lang=en", "en");
  assert.deepEqual(story, {
    name: "leidian.en.md",
    address: "data/leidian.en.md",
    key: "story_md",
  });
});

test("where there are several atlases the data are one's own", () => {
  const [first] = dataFiles("atlas=德清&lang=zh", null);
  assert.equal(first.address, "data/%E5%BE%B7%E6%B8%85/figures.csv");
  assert.equal(first.key, "figures_csv");
});
