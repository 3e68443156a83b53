/* Which name of a feature is shown. */

/** @import { MapState, Properties } from "./types.js" */

/**
 * The name in the first of the languages that has one, else in any.
 *
 * GeoPackage and shapefile columns cannot hold a hyphen, so `name_zh_Hant` stands for zh-Hant.
 * A division whose name others have too is called as the server tells it apart.
 * @param {Properties} properties
 * @param {Pick<MapState, "lang" | "order"> & Partial<Pick<MapState, "apart">>} state
 */
export function nameOf(properties, { lang, order, apart }) {
  const told = apart?.[String(properties.slug)];
  if (told) return told;
  const wanted = [lang, ...order].flatMap((tag) => [
    `name_${tag}`,
    `name_${tag.replaceAll("-", "_")}`,
  ]);
  const any = Object.keys(properties).filter((key) => key.startsWith("name_"));
  const key = [...wanted, "name", ...any, "slug"].find((each) => properties[each]);
  return key ? String(properties[key]) : "";
}

/**
 * The name without its last word for a kind of division ("Town", "街道").
 * @param {string} name
 * @param {readonly string[]} kinds
 */
export function shortName(name, kinds) {
  const kind = kinds.find((each) => name.endsWith(each) && name.length > each.length);
  return kind ? name.slice(0, -kind.length).trim() : name;
}
