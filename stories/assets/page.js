/* What the page does that Streamlit's own widgets do not.
 *
 * - A link that names a town (`data-town`) chooses it without loading the page anew.
 * - The document's title and language follow the panel, and screen readers hear of it.
 *
 * The panel says in its own attributes what it shows, so a click need send nothing else.
 */

const pages = new WeakMap(); // parentElement -> Page

export default function ({ data, parentElement, setTriggerValue }) {
  const page = pages.get(parentElement) || new Page(parentElement);
  pages.set(parentElement, page);
  page.choose = (town) => setTriggerValue("town", town);
  page.share.update(data, (query) => setTriggerValue("opened", query));
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
    this.title = null;
    this.onClick = (event) => this.followLink(event);
    this.observer = new MutationObserver(() => this.follow());
    document.addEventListener("click", this.onClick);
    this.observer.observe(document.body, { childList: true, subtree: true });
  }

  leave() {
    document.removeEventListener("click", this.onClick);
    this.observer.disconnect();
  }

  /* Say what the panel shows now. */
  follow() {
    const panel = document.querySelector("article.panel");
    if (!panel || panel === this.panel) return;
    this.panel = panel;
    const { title } = panel.dataset;
    document.documentElement.lang = panel.lang;
    document.title = title;
    if (this.title !== null && this.title !== title) {
      this.live.textContent = title;
    }
    this.title = title;
  }

  followLink(event) {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest?.("a[data-town]");
    if (!plain || !link) return;
    event.preventDefault();
    this.choose(link.dataset.town);
  }
}
