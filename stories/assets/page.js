/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town (`data-town`) chooses it without loading the page anew.
 * - The document's title and language follow the panel, and screen readers hear of it.
 * - The town that the panel shows is marked in the list.
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
  page.choose = (town, tour) => setTriggerValue("choice", { town, tour });
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
    this.live = parent.querySelector("[aria-live]");
    this.onClick = (event) => this.followLink(event);
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
  }

  /* Say what the panel shows now, and keep the reader there. */
  follow() {
    const panel = document.querySelector("article.panel");
    if (!panel) return;
    this.markInList(panel);
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

  /* The list of towns stays as it is; the one that the panel shows is marked in it. */
  markInList(panel) {
    const list = document.querySelector("nav.towns");
    if (!list || (list === this.list && panel === this.panel)) return;
    this.list = list;
    const town = new URLSearchParams(panel.dataset.query).get("town") ?? "";
    for (const link of list.querySelectorAll("[aria-current]")) link.removeAttribute("aria-current");
    list.querySelector(`a[data-town="${CSS.escape(town)}"]`)?.setAttribute("aria-current", "true");
  }

  /* The link that was followed is gone: go on at its like, or at the heading. */
  keepFocus() {
    const heading = this.panel.querySelector("h2");
    heading.tabIndex = -1;
    const like = this.from && this.panel.querySelector(`.tour .${this.from}`);
    (like || heading).focus({ preventScroll: true });
    this.from = undefined;
  }

  bringIntoView() {
    const { top } = this.panel.getBoundingClientRect();
    if (top >= 0 && top < innerHeight * 0.6) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.panel.scrollIntoView({ behavior: calm ? "instant" : "smooth", block: "start" });
  }

  followLink(event) {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest?.("a[data-town]");
    if (!plain || !link) return;
    event.preventDefault();
    if (this.panel?.contains(link)) this.from = link.className;
    this.choose(link.dataset.town, link.dataset.tour === "1");
  }

  turnPage(event) {
    const step = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
    const elsewhere = event.target.closest?.("input, textarea, select, [role=toolbar], [role=radiogroup], dialog");
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
