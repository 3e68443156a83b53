/* The files of metrics: each is fetched once, when it is first wanted. */

import { loadJson } from "./loading.js";

/** @import { MetricFile, MetricWords } from "./types.js" */

export class MetricFiles {
  /**
   * @param {() => void} onLoad what to do when a file has come
   * @param {(address: string) => Promise<any>} load
   */
  constructor(onLoad, load = loadJson) {
    this.onLoad = onLoad;
    this.load = load;
    /** @type {Map<string, Promise<unknown>>} */
    this.asked = new Map(); // by address
    /** @type {Map<string, any>} */
    this.come = new Map();
  }

  /**
   * What is drawn of a metric; null until it has come.
   * @param {string} folder address, with its version as query
   * @param {string} metric
   * @returns {MetricFile | null}
   */
  drawn(folder, metric) {
    return this.#get(addressIn(folder, `metric.${metric}.json`));
  }

  /**
   * What is said of a metric in a language; null until it has come.
   * @param {string} folder
   * @param {string} metric
   * @param {string} lang
   * @returns {MetricWords | null}
   */
  words(folder, metric, lang) {
    return this.#get(addressIn(folder, `metric.${metric}.${lang}.json`));
  }

  /** When all that was asked for so far has come, or has failed. */
  settled() {
    return Promise.allSettled(this.asked.values());
  }

  /** @param {string} address */
  #get(address) {
    const known = this.come.get(address);
    if (known || this.asked.has(address)) return known ?? null;
    const coming = this.load(address).then((content) => {
      this.come.set(address, content);
      this.onLoad();
    });
    this.asked.set(address, coming);
    // The browser's own log says what failed; the next state asks again.
    coming.catch(() => this.asked.delete(address));
    return null;
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
function addressIn(folder, name) {
  const [path, query] = folder.split("?");
  return `${path}/${encodeURIComponent(name)}${query ? `?${query}` : ""}`;
}
