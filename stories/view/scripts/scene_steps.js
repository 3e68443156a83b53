/* The buttons that step through a story's scenes, and which of how many is shown.
 *
 * They stand at the lower edge of the window while the scenes are read, and are drawn here, since
 * they do nothing without this script. They take no room of the text's.
 */

/** @typedef {{ label: string, place: string, previous: string, next: string }} StepWords */

const KEYS = { "-1": "Alt+ArrowUp", 1: "Alt+ArrowDown" };
const SIGNS = { "-1": "‹", 1: "›" };

export const STEPS = ".scene-steps";

export class SceneSteps {
  /**
   * @param {HTMLElement} scenes the element around all scenes, which has the words
   * @param {string} lang
   */
  constructor(scenes, lang) {
    /** @type {StepWords} */
    this.words = JSON.parse(scenes.dataset.words ?? "{}");
    this.element = document.createElement("nav");
    this.element.className = STEPS.slice(1);
    this.element.ariaLabel = this.words.label;
    this.element.lang = lang;
    const row = this.element.appendChild(document.createElement("div"));
    this.back = this.#button(-1, this.words.previous);
    this.count = document.createElement("span");
    this.unseen = document.createElement("span"); // what the count means
    this.unseen.className = "unseen";
    this.count.ariaHidden = "true";
    this.on = this.#button(1, this.words.next);
    row.append(this.back, this.count, this.unseen, this.on);
    scenes.append(this.element);
  }

  /**
   * @param {-1 | 1} by
   * @param {string} words
   */
  #button(by, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.step = String(by);
    button.textContent = SIGNS[by];
    button.ariaLabel = words;
    button.title = `${words} (Alt ${by < 0 ? "↑" : "↓"})`;
    button.setAttribute("aria-keyshortcuts", KEYS[by]);
    return button;
  }

  /**
   * @param {number} at place of the present scene, from 0; -1 above the first
   * @param {number} of how many there are
   */
  draw(at, of) {
    this.count.textContent = `${at < 0 ? "–" : at + 1} / ${of}`;
    const { place } = this.words;
    this.unseen.textContent =
      at < 0 ? "" : place.replace("{place}", String(at + 1)).replace("{of}", String(of));
    // They are not disabled, so that they keep the focus.
    this.back.setAttribute("aria-disabled", String(at <= 0));
    this.on.setAttribute("aria-disabled", String(at >= of - 1));
  }

  remove() {
    this.element.remove();
  }
}
