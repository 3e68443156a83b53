/* The dialog behind the share button: link, QR code, the system's own sharing, HTML to embed,
 * and data. It reads from the panel what is shown; the server draws the QR code when asked.
 */

class Share {
  constructor(parent) {
    this.find = (selector) => parent.querySelector(selector);
    this.all = (selector) => parent.querySelectorAll(selector);
    this.dialog = this.find("dialog");
    this.outcome = this.find("output");
    this.arrival = new MutationObserver(() => { if (this.drawCode()) this.arrival.disconnect(); });
    this.dialog.onclose = () => this.arrival.disconnect();
    this.find(".open").onclick = () => this.open();
    this.find(".close").onclick = () => this.dialog.close();
    this.find(".system").onclick = () => this.system();
    this.dialog.onclick = (event) => { if (event.target === this.dialog) this.dialog.close(); };
    for (const button of this.all(".copy")) {
      button.onclick = () => this.copy(button.parentElement.querySelector("input, textarea"));
    }
  }

  /* Take words, and a way to ask the server for the QR code of what is shown. */
  update({ text }, ask) {
    this.text = text;
    this.ask = ask;
    for (const element of this.all("[data-text]")) element.textContent = text[element.dataset.text];
    for (const element of this.all("[data-label]")) element.ariaLabel = text[element.dataset.label];
  }

  open() {
    const { query, title } = document.querySelector("article.panel").dataset;
    this.query = query;
    this.link = `${location.origin}${location.pathname.replace(/\/*$/, "/")}?${query}`;
    this.title = title;
    this.find("input").value = this.link;
    this.find("textarea").value = frame(`${this.link}&embed=true`, title);
    this.find(".system").hidden = !navigator.canShare?.({ title, url: this.link });
    this.outcome.textContent = "";
    this.listData();
    this.dialog.showModal();
    if (this.drawCode()) return;
    this.arrival.observe(document.body, { childList: true, subtree: true });
    this.ask(query);
  }

  /* Show the code if it is that of what is shown; one that came once need not come again. */
  drawCode() {
    const sent = document.querySelector("img.share-code");
    if (sent) this.code = { query: sent.dataset.query, src: sent.src };
    const image = this.find(".qr");
    const known = this.code?.query === this.query;
    image.hidden = !known;
    if (known) Object.assign(image, { alt: `${this.text.qr}: ${this.link}`, src: this.code.src });
    return known;
  }

  /* The head that the full server writes says whether it also hands out data. */
  listData() {
    const served = document.head.querySelector("link[type='application/json+oembed']");
    this.find(".downloads").hidden = !served;
    if (!served) return;
    const panel = document.querySelector("article.panel");
    const town = new URLSearchParams(this.query).get("town");
    const files = ["figures.csv", "boundaries.geojson", "boundaries.gpkg", "stories.json"].map(
      (name) => [name, this.text[name.replace(".", "_")]],
    );
    if (panel.classList.contains("story")) files.unshift([`${town}.${panel.lang}.md`, this.text.story_md]);
    this.find(".downloads ul").replaceChildren(...files.map(([name, words]) => {
      const [item, link] = ["li", "a"].map((tag) => document.createElement(tag));
      Object.assign(link, { href: `data/${name}`, download: name, textContent: words });
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
