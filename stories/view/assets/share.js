/* The dialog behind the share button: link, QR code, the system's own sharing, HTML to embed,
 * and data. What is shown, and its code, it reads from the panel.
 */

class Share {
  constructor(parent) {
    this.find = (selector) => parent.querySelector(selector);
    this.all = (selector) => parent.querySelectorAll(selector);
    this.dialog = this.find("dialog");
    this.outcome = this.find("output");
    this.find(".open").onclick = () => this.open();
    this.find(".close").onclick = () => this.dialog.close();
    this.find(".system").onclick = () => this.system();
    this.dialog.onclick = (event) => { if (event.target === this.dialog) this.dialog.close(); };
    for (const button of this.all(".copy")) {
      button.onclick = () => this.copy(button.parentElement.querySelector("input, textarea"));
    }
  }

  update({ text }) {
    this.text = text;
    for (const element of this.all("[data-text]")) element.textContent = text[element.dataset.text];
    for (const element of this.all("[data-label]")) element.ariaLabel = text[element.dataset.label];
  }

  open() {
    const panel = document.querySelector("article.panel");
    const { query, title } = panel.dataset;
    this.query = query;
    this.link = `${location.origin}${location.pathname.replace(/\/*$/, "/")}?${query}`;
    this.title = title;
    this.find("input").value = this.link;
    this.find("textarea").value = frame(`${this.link}&embed=true`, title);
    this.find(".system").hidden = !navigator.canShare?.({ title, url: this.link });
    this.outcome.textContent = "";
    this.drawCode(panel.querySelector(".paper img"));
    this.listData(panel);
    this.dialog.showModal();
  }

  drawCode(code) {
    const image = this.find(".qr");
    image.hidden = !code;
    if (code) Object.assign(image, { alt: `${this.text.qr}: ${this.link}`, src: code.src });
  }

  /* The head that the full server writes says whether it also hands out data. */
  listData(panel) {
    const served = document.head.querySelector("link[type='application/json+oembed']");
    this.find(".downloads").hidden = !served;
    if (!served) return;
    const [atlas, town] = ["atlas", "town"].map((key) => new URLSearchParams(this.query).get(key));
    const folder = atlas ? `${encodeURIComponent(atlas)}/` : ""; // where there are several
    const files = ["figures.csv", "boundaries.geojson", "boundaries.gpkg", "stories.json"].map(
      (name) => [name, this.text[name.replace(".", "_")]],
    );
    if (panel.classList.contains("story")) files.unshift([`${town}.${panel.lang}.md`, this.text.story_md]);
    this.find(".downloads ul").replaceChildren(...files.map(([name, words]) => {
      const [item, link] = ["li", "a"].map((tag) => document.createElement(tag));
      Object.assign(link, { href: `data/${folder}${name}`, download: name, textContent: words });
      item.append(link);
      return item;
    }));
  }

  async copy(field) {
    field.select();
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      copied = document.execCommand("copy"); // on plain http there is no other way
    }
    this.outcome.textContent = copied ? this.text.copied : this.text.not_copied;
  }

  async system() {
    try {
      await navigator.share({ title: this.title, url: this.link });
      this.dialog.close();
    } catch {
      // the reader thought better of it
    }
  }
}

const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function frame(address, title) {
  const safe = (words) => words.replace(/[&<>"]/g, (sign) => ESCAPED[sign]);
  return `<iframe src="${safe(address)}" title="${safe(title)}" width="100%" height="720" ` +
    `style="border:0" loading="lazy" allowfullscreen></iframe>`;
}
