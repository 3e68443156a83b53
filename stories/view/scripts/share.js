/* The dialog behind the share button: link, QR code, the system's own sharing, HTML to embed the
 * page or one of its graphics, and data. What is shown, and its code, it reads from the panel.
 */

import { find } from "./dom.js";
import { dataFiles, embedCode, graphicCode, pageLink, shownQuery } from "./links.js";

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
    /** @type {HTMLSelectElement} */
    this.part = find(parent, "select");
    this.part.onchange = () => this.#writeCode();
    /** @type {{ page: string, name: string, height: number }[]} */
    this.graphics = []; // of the panel, with the addresses of their pages
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

  /**
   * A link to a graphic's page offers to embed it.
   * @param {AbortSignal} signal
   */
  listen(signal) {
    const offer = (/** @type {MouseEvent} */ event) => {
      const { altKey, button, ctrlKey, metaKey, shiftKey, target } = event;
      const link = target instanceof Element && target.closest(".take a.embed");
      if (!link || button || altKey || ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      this.open(link.closest("[data-embed]")?.getAttribute("data-embed"));
      this.part.focus();
    };
    document.addEventListener("click", offer, { signal });
  }

  /** @param {string | null} [page] the graphic to embed, by its page */
  open(page) {
    const panel = find(document, "article.panel");
    const { query = "", title = "" } = panel.dataset;
    const shown = shownQuery(panel);
    this.link = pageLink(location, shown);
    this.title = title;
    /** @type {HTMLInputElement} */ (find(this.parent, "input")).value = this.link;
    this.#listGraphics(panel, page ?? "");
    this.#writeCode();
    const canShare = navigator.canShare?.({ title, url: this.link });
    find(this.parent, ".system").hidden = !canShare;
    this.outcome.textContent = "";
    /** @type {HTMLImageElement | null} */
    const code = panel.querySelector(".paper img");
    this.#drawCode(code, pageLink(location, query));
    if (shown !== query && isServed() && !isPublished()) this.#drawCodeOf(shown);
    this.#listData(panel, query);
    this.dialog.showModal();
  }

  /**
   * @param {{ src: string } | null} code
   * @param {string} link that it holds
   */
  #drawCode(code, link) {
    /** @type {HTMLImageElement} */
    const image = find(this.parent, ".qr");
    image.hidden = !code;
    if (code) Object.assign(image, { alt: `${this.words.qr}: ${link}`, src: code.src });
  }

  /**
   * @param {HTMLElement} panel
   * @param {string} page of the one that is wanted
   */
  #listGraphics(panel, page) {
    /** @type {NodeListOf<HTMLElement>} */
    const parts = panel.querySelectorAll("[data-embed]");
    const known = new Map(
      [...parts].map(({ dataset: { embed = "", name = "", height } }) => [
        embed,
        { page: embed, name, height: Number(height) },
      ]),
    );
    this.graphics = [...known.values()]; // a card may stand on the page twice
    const names = [this.words.embed_page, ...this.graphics.map(({ name }) => name)];
    this.part.replaceChildren(...names.map((name, place) => new Option(name, String(place))));
    this.part.selectedIndex = 1 + this.graphics.findIndex((graphic) => graphic.page === page);
    find(this.parent, ".part").hidden = this.graphics.length === 0;
  }

  #writeCode() {
    const graphic = this.graphics[this.part.selectedIndex - 1];
    const code = graphic ? graphicCode(location, graphic) : embedCode(this.link, this.title);
    /** @type {HTMLTextAreaElement} */ (find(this.parent, "textarea")).value = code;
  }

  /**
   * The panel has the code of the link to the story; that of a scene is asked for. If none comes,
   * or that of another address, where a proxy hides the page's own, the story's stays.
   * @param {string} query
   */
  async #drawCodeOf(query) {
    const { link } = this;
    try {
      const answer = await fetch(`qr?${query}`);
      const code = await answer.json();
      if (code.link === link && this.link === link) this.#drawCode(code, link);
    } catch {
      // the code of the story leads there, too
    }
  }

  /**
   * @param {HTMLElement} panel
   * @param {string} query
   */
  #listData(panel, query) {
    find(this.parent, ".downloads").hidden = !isServed();
    if (!isServed()) return;
    const storyLang = panel.classList.contains("story") ? panel.lang : null;
    const hasMetrics = document.querySelector("nav.metrics") !== null;
    const items = dataFiles(query, storyLang, hasMetrics).map(({ name, address, key }) => {
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

/** On a published site there is no server to ask; the code of the story leads there, too. */
function isPublished() {
  return document.documentElement.dataset.root !== undefined;
}

/** The head that the full server writes says whether it hands out more than the page. */
function isServed() {
  return document.head.querySelector("link[type='application/json+oembed']") !== null;
}
