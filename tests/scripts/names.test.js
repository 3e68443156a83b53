import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf, shortName } from "../../geo/map/scripts/names.js";

const ZH = { lang: "zh", order: ["en"] };

test("a name is in the reader's language where there is one", () => {
  assert.equal(nameOf({ slug: "a", name_en: "East", name_zh: "东" }, ZH), "东");
});

test("the atlas's languages stand in, in their order", () => {
  const properties = { slug: "a", name_de: "Ost", name_en: "East", name_fr: "Est" };
  assert.equal(nameOf(properties, { lang: "zh", order: ["fr", "en"] }), "Est");
});

test("a column cannot hold a hyphen, so an underscore stands for it", () => {
  const state = { lang: "zh-Hant", order: [] };
  assert.equal(nameOf({ slug: "a", name_zh_Hant: "東" }, state), "東");
});

test("else any name is shown, and at last the slug", () => {
  assert.equal(nameOf({ slug: "a", name: "Any", name_de: "Ost" }, ZH), "Any");
  assert.equal(nameOf({ slug: "a", name_de: "Ost" }, ZH), "Ost");
  assert.equal(nameOf({ slug: "a", name_zh: "", name_en: null }, ZH), "a");
  assert.equal(nameOf({}, ZH), "");
});

test("a short name goes without its kind of division", () => {
  assert.equal(shortName("Leidian Town", ["Subdistrict", "Town"]), "Leidian");
  assert.equal(shortName("武康街道", ["街道", "镇"]), "武康");
  assert.equal(shortName("Leidian", ["Town"]), "Leidian");
});

test("a name that is nothing but a kind stays whole", () => {
  assert.equal(shortName("Town", ["Town"]), "Town");
});

test("a division that has its name with another is told apart", () => {
  const state = { ...ZH, apart: { east: "东镇（330521）" } };
  assert.equal(nameOf({ slug: "east", name_zh: "东镇" }, state), "东镇（330521）");
  assert.equal(nameOf({ slug: "west", name_zh: "西镇" }, state), "西镇");
});
