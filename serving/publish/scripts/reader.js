/* A reader's way through a published atlas: address → view → page and map → choice → address.
 *
 * It stands where Streamlit's server does in the hosted edition.
 */

import { viewAddress } from "../../../stories/view/scripts/links.js";
import { Page } from "../../../stories/view/scripts/page.js";
import { frameMapLink } from "../../streamlit_shell/scripts/map_link.js";
import { elementOf, showView } from "./panel_view.js";
import { chosenView, passes, queryOf, readView, shownDates, townChange } from "./view.js";

/** @import { Choice, MapState } from "../../../geo/map/scripts/types.js" */
/** @import { Edition, SingleEdition } from "./edition.js" */
/** @import { Parts, Start, View } from "./types.js" */

const PANEL = "article.panel";

export class Reader {
  /**
   * @param {Edition | SingleEdition} edition
   * @param {Start} start
   * @param {Parts} parts in the page's language
   * @param {HTMLElement} shareBox
   */
  constructor(edition, start, parts, shareBox) {
    this.edition = edition;
    this.start = start; // of the page that was loaded
    this.parts = parts;
    this.seq = 0; // the map's last choice
    /** @type {((state: MapState) => void) | null} */
    this.showOnMap = null; // once the map's frame is there
    this.turn = 0; // the last view that was asked for; those before it come too late
    const { view, notices } = readView(new URLSearchParams(location.search), start, parts);
    /** @type {View} */
    this.view = view;
    this.notices = notices;
    this.page = new Page(shareBox, frameMapLink);
    this.page.send = (choice) => this.#go(chosenView(this.view, choice, this.parts));
    window.addEventListener("popstate", () => this.#goBack());
    document.addEventListener("pointerover", (event) => this.#fetchEarly(event));
    document.addEventListener("focusin", (event) => this.#fetchEarly(event));
  }

  /** Show what the address asks for. */
  async begin() {
    history.scrollRestoration = "manual";
    const isPlain = queryOf({ ...this.view, scene: null }) === plainQuery(this.view);
    const isOwn = this.start.town === this.view.town && !this.start.isRoot;
    if (!isPlain || !isOwn) await this.#show(this.view, this.parts, "replace");
    this.#say(this.notices);
    this.page.update(this.parts.share);
  }

  /** @param {Choice} choice of the map */
  onMapChoice(choice) {
    this.seq = choice.seq;
    const { town, place, dates = [] } = choice;
    const change = townChange(town, place, this.view.tour, this.parts);
    const scene = town === this.view.town ? this.view.scene : null;
    this.#go({ ...this.view, ...change, scene, dates: shownDates(dates, this.parts.dates) });
  }

  /** @returns {MapState} */
  mapState() {
    const { map, stories } = this.parts;
    const { town, place, themes, tour, metric, period, dates } = this.view;
    const faded = stories.filter((story) => !passes(story, themes)).map((story) => story.town);
    const [date = null, against = null] = dates;
    return {
      ...map.state,
      chosen: town,
      place,
      focus: tour ? town : null,
      faded,
      metric,
      period,
      date,
      against,
      seq: this.seq,
    };
  }

  /** @param {View} view */
  async #go(view) {
    await this.#change(view, "push");
  }

  async #goBack() {
    const { lang, town } = this.#placeInAddress();
    const parts = await this.edition.parts({ atlas: this.start.atlas, lang }).catch(() => null);
    if (!parts) {
      location.reload(); // the browser says what is wrong
      return;
    }
    const here = { ...this.start, lang, town };
    const { view } = readView(new URLSearchParams(location.search), here, parts);
    const isSame = queryOf({ ...view, scene: null }) === queryOf({ ...this.view, scene: null });
    if (!isSame) await this.#change(view, "keep");
  }

  /** @returns {Pick<Start, "lang" | "town">} */
  #placeInAddress() {
    if (document.documentElement.dataset.root !== undefined) {
      return pathOf(location.pathname, this.start, this.edition.site);
    }
    const asked = new URLSearchParams(location.search); // of a single file
    const lang = asked.get("lang") ?? "";
    return { lang: this.start.languages.includes(lang) ? lang : this.start.lang, town: null };
  }

  /**
   * @param {View} view
   * @param {"push" | "replace" | "keep"} how the address follows
   */
  async #change(view, how) {
    this.turn += 1;
    const { turn } = this;
    const before = this.view;
    this.view = view; // a choice that comes before the page does begins from here
    try {
      const parts = await this.edition.parts(view);
      if (turn === this.turn) await this.#show(view, parts, how, turn);
    } catch (error) {
      console.warn(error);
      if (turn !== this.turn) return;
      this.view = before;
      if (how === "push") location.assign(viewAddress(queryOf(view))); // the browser says what is wrong
    }
  }

  /**
   * @param {View} view
   * @param {Parts} parts
   * @param {"push" | "replace" | "keep"} how
   * @param {number} turn
   */
  async #show(view, parts, how, turn = this.turn) {
    const [page, metricParts] = await Promise.all([
      this.edition.page(view),
      this.edition.metricParts(view),
    ]);
    if (turn !== this.turn) return;
    const isOtherLanguage =
      document.querySelector(".atlas-page")?.getAttribute("lang") !== view.lang;
    this.view = view;
    this.parts = parts;
    const drawn = page.querySelector(PANEL);
    if (!(drawn instanceof HTMLElement)) throw new Error("the page has no panel");
    const { hash } = location;
    const address = withEmbed(viewAddress(queryOf(view)));
    try {
      if (how === "push") history.pushState(null, "", address);
      else if (how === "replace") history.replaceState(history.state, "", address + hash);
    } catch {
      // some browsers let a file have no other address
    }
    const { dataset } = document.documentElement;
    if (dataset.root !== undefined) dataset.root = rootOf(view); // relative addresses begin elsewhere
    const panel = /** @type {HTMLElement} */ (document.importNode(drawn, true));
    showView(panel, view, parts, metricParts);
    if (isOtherLanguage) this.#showLanguage(page);
    this.#showBar();
    this.#say([]);
    document.querySelector(PANEL)?.replaceWith(panel);
    if (isOtherLanguage) this.page.update(parts.share);
    this.showOnMap?.(this.mapState());
  }

  /**
   * The bar is in the language of the page that has come.
   * @param {Document} page
   */
  #showLanguage(page) {
    for (const part of [
      ".masthead",
      ".choose-box",
      ":scope > :is(.languages, .language-chooser)",
    ]) {
      const other = page.querySelector(".atlas-bar")?.querySelector(part);
      const own = document.querySelector(".atlas-bar")?.querySelector(part);
      if (own && other) own.replaceWith(document.importNode(other, true));
    }
    const whole = document.querySelector(".atlas-page");
    whole?.setAttribute("lang", this.view.lang);
    whole?.setAttribute("dir", page.documentElement.dir);
  }

  /** The legend of the metric that is shown. */
  #showBar() {
    const box = document.querySelector(".metric-box");
    const { metric } = this.view;
    const shown = box?.querySelector(".metric-bar");
    const isShown =
      shown instanceof HTMLElement &&
      shown.dataset.metric === metric &&
      shown.lang === this.view.lang;
    if (!box || (metric && isShown)) return;
    if (metric) box.replaceChildren(elementOf(this.parts.bars[metric]));
    else box.replaceChildren();
  }

  /** @param {readonly string[]} notices what of the address was not understood */
  #say(notices) {
    const lines = notices.map((words) => {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    });
    document.querySelector(".notices")?.replaceChildren(...lines);
  }

  /**
   * A page that a reader is about to choose is fetched at once.
   * @param {Event} event
   */
  #fetchEarly({ target }) {
    const link = target instanceof Element ? target.closest("a[data-town], a[data-lang]") : null;
    if (!(link instanceof HTMLElement)) return;
    const { town, lang = this.view.lang } = link.dataset;
    const known = town === undefined ? this.view.town : town || null;
    this.edition.page({ ...this.view, town: known, lang }).catch(() => {}); // it is asked for again
  }
}

/** @param {View} view */
function plainQuery({ atlas, town, lang }) {
  const plain = { place: null, tour: false, scene: null, themes: [], metric: null, period: null };
  return queryOf({ ...plain, dates: [], atlas, town, lang });
}

/**
 * The way from a view's page to where the site begins.
 * @param {View} view
 */
function rootOf({ atlas, town }) {
  return "../".repeat(1 + (atlas ? 1 : 0) + (town ? 1 : 0));
}

/**
 * What the path of a page of this site names.
 * @param {string} pathname
 * @param {Start} start
 * @param {URL} site where it begins
 * @returns {Pick<Start, "lang" | "town">}
 */
export function pathOf(pathname, start, site) {
  const parts = pathname.slice(site.pathname.length).split("/").filter(Boolean);
  const own = parts.map(decodeURIComponent).filter((part) => part !== "index.html");
  const [lang = start.lang, town = null] = own.slice(start.atlas ? 1 : 0);
  return { lang, town };
}

/**
 * A page in a frame of another site leads to others that may lie there.
 * @param {string} address
 */
function withEmbed(address) {
  const isEmbedded = new URLSearchParams(location.search).get("embed") === "true";
  if (!isEmbedded) return address;
  return `${address}${address.includes("?") ? "&" : "?"}embed=true`;
}
