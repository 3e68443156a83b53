/* What a published page fetches: other pages, and the parts that views are made of.
 *
 * Each is fetched once. What cannot be had is asked for again with the next choice.
 */

/** @import { MetricParts, Parts, View } from "./types.js" */

export class Edition {
  /** @param {URL} site where it begins */
  constructor(site) {
    this.site = site;
    /** @type {Map<string, Promise<any>>} */
    this.coming = new Map();
  }

  /**
   * @param {Pick<View, "atlas" | "town" | "lang">} view
   * @returns {Promise<Document>} the page of a town, or of the whole, as it was published
   */
  page(view) {
    const path = `${folderOf(view.atlas)}${view.lang}/${view.town ? `${encodeURIComponent(view.town)}/` : ""}`;
    return this.#once(path, async () => {
      const answer = await this.#fetch(path);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    });
  }

  /**
   * @param {Pick<View, "atlas" | "lang">} view
   * @returns {Promise<Parts>}
   */
  parts({ atlas, lang }) {
    return this.#json(`parts/${folderOf(atlas)}${lang}.json`);
  }

  /**
   * @param {View} view
   * @returns {Promise<MetricParts>} none where no metric is shown
   */
  async metricParts({ atlas, lang, town, metric }) {
    if (!metric) return {};
    return this.#json(
      `parts/${folderOf(atlas)}${lang}/${encodeURIComponent(town ?? "index")}.json`,
    );
  }

  /** @param {string} path */
  #json(path) {
    return this.#once(path, async () => (await this.#fetch(path)).json());
  }

  /** @param {string} path */
  async #fetch(path) {
    const answer = await fetch(new URL(path, this.site));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} get
   * @returns {Promise<T>}
   */
  #once(key, get) {
    const known = this.coming.get(key);
    if (known) return known;
    const coming = get();
    this.coming.set(key, coming);
    coming.catch(() => this.coming.delete(key));
    return coming;
  }
}

/** @param {string | null} atlas */
function folderOf(atlas) {
  return atlas ? `${encodeURIComponent(atlas)}/` : "";
}
