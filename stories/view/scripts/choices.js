/* The choices in the page's bar: towns, themes and languages. They stay as they are when the panel
 * changes; what it shows is marked in them, and their links go where it is.
 */

import { find } from "./dom.js";
import { languageQuery, metricQuery, shownQuery, townQuery, viewAddress } from "./links.js";

const PARTS = ["nav.towns", ".themes", "nav.languages", "nav.metrics", ".metric-bar:not(.brief)"];

export class Choices {
  constructor() {
    /** @type {(Element | null)[]} */
    this.marked = []; // the panel and the parts that it was marked in
    /** @type {string[] | null} */
    this.askedThemes = null; // not answered yet
  }

  /** @param {HTMLElement} panel */
  follow(panel) {
    const parts = [panel, ...PARTS.map((each) => document.querySelector(each))];
    if (parts.every((part, i) => part === this.marked[i])) return;
    this.marked = parts;
    this.#markThemes(new URLSearchParams(panel.dataset.query).getAll("theme"));
    this.followAddress(panel);
  }

  /**
   * Another scene or period is shown: the links lead to the same.
   * @param {HTMLElement} panel
   */
  followAddress(panel) {
    const here = shownQuery(panel);
    const view = new URLSearchParams(here);
    for (const link of all("nav.languages a")) {
      link.setAttribute("href", viewAddress(languageQuery(here, link.dataset.lang ?? "")));
    }
    for (const link of all("nav.metrics a, .metric-bar .off"))
      markMetric(link, here, view.get("metric") ?? "");
    const themes = view.getAll("theme");
    for (const link of all("nav.towns a")) markTown(link, here, view.get("town") ?? "", themes);
  }

  /** @param {string[]} themes */
  #markThemes(themes) {
    if (this.askedThemes && String(this.askedThemes) !== String(themes)) return; // an older answer
    this.askedThemes = null;
    for (const button of all("[data-theme]")) {
      button.setAttribute("aria-pressed", String(themes.includes(button.dataset.theme ?? "")));
    }
  }

  /**
   * Mark a theme at once, so that a second one can follow before the server answers.
   * @param {HTMLElement} button
   * @returns {string[]} all themes that are chosen now
   */
  toggleTheme(button) {
    const isPressed = button.getAttribute("aria-pressed") === "true";
    button.setAttribute("aria-pressed", String(!isPressed));
    const pressed = all("[data-theme][aria-pressed=true]");
    this.askedThemes = pressed.map((each) => each.dataset.theme ?? "");
    return this.askedThemes;
  }
}

/**
 * @param {HTMLElement} link
 * @param {string} query of what is shown
 * @param {string} chosen id; "" for none
 */
function markMetric(link, query, chosen) {
  const { metric = "" } = link.dataset;
  link.setAttribute("href", viewAddress(metricQuery(query, metric)));
  markCurrent(link, metric === chosen);
}

/**
 * @param {HTMLElement} link
 * @param {boolean} isCurrent
 */
function markCurrent(link, isCurrent) {
  if (isCurrent) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

/**
 * @param {HTMLElement} link
 * @param {string} query of what is shown
 * @param {string} chosen slug
 * @param {string[]} themes
 */
function markTown(link, query, chosen, themes) {
  const { town, themes: own } = link.dataset;
  link.setAttribute("href", viewAddress(townQuery(query, town)));
  markCurrent(link, town === chosen);
  if (!own) return;
  const isFaded = themes.length > 0 && !own.split(" ").some((theme) => themes.includes(theme));
  link.classList.toggle("faded", isFaded);
  find(link, ".unseen").hidden = !isFaded;
}

/**
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function all(selector) {
  return [...document.querySelectorAll(selector)].map((each) => /** @type {HTMLElement} */ (each));
}
