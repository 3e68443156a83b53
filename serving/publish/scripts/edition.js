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

/* The same out of one file, which holds everything. */
export class SingleEdition {
  /** @param {Readonly<Record<string, string>>} files by their paths in a published site */
  constructor(files) {
    this.files = files;
    this.site = new URL(location.href);
    /** @type {Map<string, any>} */
    this.read = new Map();
  }

  /** @type {Edition["page"]} */
  async page({ lang, town }) {
    const page = new DOMParser().parseFromString(this.files[`${lang}/`], "text/html");
    const whole = page.querySelector(".atlas-page");
    page.documentElement.lang = lang;
    page.documentElement.dir = whole?.getAttribute("dir") ?? "";
    const panel = new DOMParser().parseFromString(
      this.files[`${lang}/${town}/`] ?? "",
      "text/html",
    );
    const own = panel.querySelector("article.panel");
    if (town && own) page.querySelector("article.panel")?.replaceWith(page.adoptNode(own));
    return page;
  }

  /** @type {Edition["parts"]} */
  async parts({ lang }) {
    return this.#json(`parts/${lang}.json`);
  }

  /** @type {Edition["metricParts"]} */
  async metricParts({ lang, town, metric }) {
    return metric ? this.#json(`parts/${lang}/${town ?? "index"}.json`) : {};
  }

  /** @param {string} path */
  #json(path) {
    if (!this.read.has(path)) this.read.set(path, JSON.parse(this.files[path]));
    return this.read.get(path); // the same object each time: it is compared
  }
}

/** @param {string | null} atlas */
function folderOf(atlas) {
  return atlas ? `${encodeURIComponent(atlas)}/` : "";
}
