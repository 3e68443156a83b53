/* The choices in the page's bar: towns, themes and languages. They stay as they are when the panel
 * changes; what it shows is marked in them, and their links go where it is.
 */

import { find } from "./dom.js";
import { datesQuery, languageQuery, sceneQuery, townQuery } from "./links.js";

const PARTS = ["nav.towns", ".themes", "nav.languages"];

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
    const { query = "" } = panel.dataset;
    const view = new URLSearchParams(query);
    const themes = view.getAll("theme");
    for (const link of all("nav.towns a")) markTown(link, query, view.get("town") ?? "", themes);
    this.followScene(panel);
    this.#markThemes(themes);
  }

  /**
   * Another scene, or the boundaries of another date, are shown: the links to the other languages
   * lead to the same, and those to the towns to the same date.
   * @param {HTMLElement} panel
   */
  followScene(panel) {
    const { query = "", scene, dates } = panel.dataset;
    const asked = dates?.split(" ").filter(Boolean);
    const dated = asked ? datesQuery(query, asked) : query;
    const here = sceneQuery(dated, scene);
    for (const link of all("nav.towns a")) {
      link.setAttribute("href", `?${townQuery(dated, link.dataset.town)}`);
    }
    for (const link of all("nav.languages a")) {
      link.setAttribute("href", `?${languageQuery(here, link.dataset.lang ?? "")}`);
    }
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
 * @param {string} chosen slug
 * @param {string[]} themes
 */
function markTown(link, query, chosen, themes) {
  const { town, themes: own } = link.dataset;
  link.setAttribute("href", `?${townQuery(query, town)}`);
  if (town === chosen) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
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
