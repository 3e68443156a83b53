/* The dialog behind the share button: link, QR code, the system's own sharing, HTML to embed,
 * and data. What is shown, and its code, it reads from the panel.
 */

import { find } from "./dom.js";
import { dataFiles, embedCode, pageLink, shownQuery } from "./links.js";

/** @typedef {Readonly<Record<string, string>>} Words by key */

export class Share {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.parent = parent;
    /** @type {Words} */
    this.words = {};
    this.title = "";
    this.link = "";
    /** @type {HTMLDialogElement} */
    this.dialog = find(parent, "dialog");
    this.outcome = find(parent, "output");
    find(parent, ".open").onclick = () => this.open();
    find(parent, ".close").onclick = () => this.dialog.close();
    find(parent, ".system").onclick = () => this.#shareBySystem();
    this.dialog.onclick = (event) => {
      if (event.target === this.dialog) this.dialog.close();
    };
    /** @type {NodeListOf<HTMLElement>} */
    const buttons = parent.querySelectorAll(".copy");
    for (const button of buttons) {
      const row = /** @type {HTMLElement} */ (button.parentElement);
      button.onclick = () => this.#copy(find(row, "input, textarea"));
    }
  }

  /** @param {Words} words */
  update(words) {
    this.words = words;
    /** @type {NodeListOf<HTMLElement>} */
    const spoken = this.parent.querySelectorAll("[data-text], [data-label]");
    for (const element of spoken) {
      const { text, label } = element.dataset;
      if (text) element.textContent = words[text];
      if (label) element.ariaLabel = words[label];
    }
  }

  open() {
    const panel = find(document, "article.panel");
    const { query = "", title = "" } = panel.dataset;
    this.link = pageLink(location, shownQuery(panel));
    this.title = title;
    /** @type {HTMLInputElement} */ (find(this.parent, "input")).value = this.link;
    const embed = /** @type {HTMLTextAreaElement} */ (find(this.parent, "textarea"));
    embed.value = embedCode(this.link, title);
    const canShare = navigator.canShare?.({ title, url: this.link });
    find(this.parent, ".system").hidden = !canShare;
    this.outcome.textContent = "";
    this.#drawCode(panel.querySelector(".paper img"), pageLink(location, query));
    this.#listData(panel, query);
    this.dialog.showModal();
  }

  /**
   * @param {HTMLImageElement | null} code
   * @param {string} link that it holds: to the story, whichever of its scenes is read
   */
  #drawCode(code, link) {
    /** @type {HTMLImageElement} */
    const image = find(this.parent, ".qr");
    image.hidden = !code;
    if (code) Object.assign(image, { alt: `${this.words.qr}: ${link}`, src: code.src });
  }

  /**
   * The head that the full server writes says whether it also hands out data.
   * @param {HTMLElement} panel
   * @param {string} query
   */
  #listData(panel, query) {
    const isServed = document.head.querySelector("link[type='application/json+oembed']") !== null;
    find(this.parent, ".downloads").hidden = !isServed;
    if (!isServed) return;
    const storyLang = panel.classList.contains("story") ? panel.lang : null;
    const items = dataFiles(query, storyLang).map(({ name, address, key }) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      Object.assign(link, { href: address, download: name, textContent: this.words[key] });
      return item;
    });
    find(this.parent, ".downloads ul").replaceChildren(...items);
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  async #copy(field) {
    field.select();
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      isCopied = document.execCommand("copy"); // on plain http there is no other way
    }
    this.outcome.textContent = isCopied ? this.words.copied : this.words.not_copied;
  }

  async #shareBySystem() {
    try {
      await navigator.share({ title: this.title, url: this.link });
      this.dialog.close();
    } catch {
      // the reader thought better of it
    }
  }
}
