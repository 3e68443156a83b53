/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town or a language (`data-town`, `data-lang`) chooses it without loading
 *   the page anew; the buttons of the filter (`data-theme`) choose themes.
 * - The document's title and language follow the panel, and screen readers hear of it.
 * - Town and themes are marked among the choices, whose links go where the panel is.
 * - The focus goes on in the new panel, and the panel comes into view.
 * - The map is printed as it is seen.
 * - In story mode the keys ← and → go back and forth.
 *
 * The panel says in its own attributes what it shows, so a click need send nothing else.
 */

const pages = new WeakMap(); // parentElement -> Page

export default function ({ data, parentElement, setTriggerValue }) {
  const page = pages.get(parentElement) || new Page(parentElement);
  pages.set(parentElement, page);
  page.tell = (choice) => setTriggerValue("choice", choice);
  page.line.askAnew = () => setTriggerValue("back", true);
  page.share.update(data);
  page.follow();
  return () => {
    page.leave();
    pages.delete(parentElement);
  };
}

class Page {
  constructor(parent) {
    this.share = new Share(parent); // share.js
    this.line = new Line(); // line.js
    this.live = parent.querySelector("[aria-live]");
    this.onClick = (event) => this.choose(event);
    this.onKey = (event) => this.turnPage(event);
    this.onPrint = () => keepMapSize();
    this.observer = new MutationObserver(() => this.follow());
    document.addEventListener("click", this.onClick);
    document.addEventListener("keydown", this.onKey);
    window.addEventListener("beforeprint", this.onPrint);
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  leave() {
    document.removeEventListener("click", this.onClick);
    document.removeEventListener("keydown", this.onKey);
    window.removeEventListener("beforeprint", this.onPrint);
    this.observer.disconnect();
    this.line.leave();
  }

  /* Say what the panel shows now, and keep the reader there. */
  follow() {
    const panel = document.querySelector("article.panel");
    if (!panel) return;
    this.markChoices(panel);
    if (panel === this.panel) return;
    const before = this.panel?.dataset.title;
    this.panel = panel;
    const { title } = panel.dataset;
    document.documentElement.lang = panel.lang;
    document.title = title;
    if (before && before !== title) {
      this.live.textContent = title;
      this.bringIntoView();
    }
    if (this.from !== undefined) this.keepFocus();
  }

  /* The choices stay as they are; what the panel shows is marked in them. */
  markChoices(panel) {
    const parts = ["nav.towns", ".themes", "nav.languages"].map((each) => document.querySelector(each));
    if ([panel, ...parts].every((part, i) => part === this.marked?.[i])) return;
    this.marked = [panel, ...parts];
    const view = new URLSearchParams(panel.dataset.query);
    const town = view.get("town") ?? "";
    const themes = view.getAll("theme");
    const elsewhere = new URLSearchParams(view);
    elsewhere.delete("town");
    elsewhere.delete("tour");
    for (const link of document.querySelectorAll("nav.towns a")) {
      const there = link.dataset.town ? [["town", link.dataset.town]] : [];
      link.setAttribute("href", `?${new URLSearchParams([...there, ...elsewhere])}`);
      if (link.dataset.town === town) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      const own = link.dataset.themes?.split(" ");
      if (!own) continue;
      const faded = themes.length > 0 && !own.some((theme) => themes.includes(theme));
      link.classList.toggle("faded", faded);
      link.querySelector(".unseen").hidden = !faded;
    }
    for (const link of document.querySelectorAll("nav.languages a")) {
      view.set("lang", link.dataset.lang);
      link.setAttribute("href", `?${view}`);
    }
    if (this.asked && String(this.asked) !== String(themes)) return; // an older answer
    this.asked = null;
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", themes.includes(button.dataset.theme));
    }
  }

  /* The link that was followed is gone: go on at its like, or at the heading. */
  keepFocus() {
    const heading = this.panel.querySelector("h2");
    heading.tabIndex = -1;
    const like = this.from && document.querySelector(this.from);
    (like || heading).focus({ preventScroll: true });
    this.from = undefined;
  }

  bringIntoView() {
    const { top } = this.panel.getBoundingClientRect();
    if (top >= 0 && top < innerHeight * 0.6) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.panel.scrollIntoView({ behavior: calm ? "instant" : "smooth", block: "start" });
  }

  choose(event) {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const chosen = event.target.closest?.("a[data-town], a[data-lang], button[data-theme]");
    if (!plain || !chosen) return;
    event.preventDefault();
    const { town, tour, lang } = chosen.dataset;
    if (chosen.dataset.theme) {
      this.chooseTheme(chosen);
    } else if (lang) {
      this.from = `nav.languages a[data-lang="${CSS.escape(lang)}"]`;
      this.tell({ lang });
    } else {
      if (this.panel?.contains(chosen)) this.from = chosen.className && `.tour .${chosen.className}`;
      this.tell({ town, tour: tour === "1" });
    }
  }

  /* Mark the theme at once, so that a second one can follow before the server answers. */
  chooseTheme(button) {
    button.setAttribute("aria-pressed", button.getAttribute("aria-pressed") !== "true");
    const pressed = document.querySelectorAll("[data-theme][aria-pressed=true]");
    this.asked = [...pressed].map((each) => each.dataset.theme);
    this.tell({ themes: this.asked });
  }

  turnPage(event) {
    const step = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
    const elsewhere = event.target.closest?.("input, textarea, select, dialog");
    if (!step || elsewhere || event.altKey || event.metaKey || event.ctrlKey) return;
    const link = this.panel?.querySelector(`.tour a.${step}`);
    if (!link) return;
    event.preventDefault();
    link.click();
  }
}

/* On paper the map cannot be drawn anew: it keeps its size and is scaled to the page. */
function keepMapSize() {
  const paper = 660; // CSS pixels between the margins of an A4 page
  const { width, height } = document.querySelector(".st-key-map_box iframe").getBoundingClientRect();
  const values = { width: `${width}px`, height: `${height}px`, zoom: Math.min(1, paper / width) };
  for (const [name, value] of Object.entries(values)) {
    document.documentElement.style.setProperty(`--map-print-${name}`, value);
  }
}
