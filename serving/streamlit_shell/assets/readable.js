/* Shows the page's words where its script does not get as far as drawing them.
 *
 * They lie in the HTML for readers without scripts. A reader with scripts would look at an empty
 * page for ever where the line to the server cannot open or a script does not load: so they are
 * shown at once when that is certain, and after a while in any case, with a line that says why the
 * map is missing. When the page is drawn after all, they go.
 *
 * It stands in the head, before every other script, and leans on what all browsers have.
 */
{
  const PATIENCE = 8000; // ms without a heading from the server
  const DRAWN = "#root :is(h1, h2)";
  const DIGEST = "/static/js/"; // in the address of every script of Streamlit's

  /** @typedef {"frame" | "line" | "script" | "late"} Cause */

  /** @type {Record<Cause | "alone", string> | null} */
  const words = JSON.parse(document.getElementById("readable-words")?.textContent ?? "null");
  const PlainWebSocket = window.WebSocket;

  const isEmbedded = new URLSearchParams(location.search).get("embed") === "true";

  /** @type {Cause} what is known so far */
  let cause = "late";
  /** @type {HTMLElement[]} what stands on the page instead of the app */
  let shown = [];
  let isCertain = false;
  let isDrawn = false;

  /** @param {string} selector */
  const wordsOf = (selector) =>
    [...document.querySelectorAll(selector)].map(({ textContent }) => textContent).join("");

  /**
   * Only pages that are made for it may lie in a frame, so a link in one leads to another such.
   * @param {HTMLElement} page
   */
  const keepEmbedded = (page) => {
    for (const link of page.querySelectorAll("a")) {
      const address = link.getAttribute("href");
      if (address?.startsWith("?")) link.setAttribute("href", `${address}&embed=true`);
    }
  };

  const reason = () => {
    const line = document.createElement("p");
    line.className = "reason";
    line.setAttribute("role", "status");
    line.textContent = words?.[cause] ?? "";
    if (cause === "frame" && words) {
      const link = document.createElement("a");
      link.href = location.href.replace(/([?&])embed=true(&|$)/, "$1").replace(/[?&]$/, "");
      link.target = "_blank";
      link.textContent = words.alone;
      line.append(" ", link);
    }
    return line;
  };

  /**
   * Browsers look for what a link to a part of the page names in the document's own tree alone.
   * @param {Event} event
   */
  const follow = (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const part = link?.getAttribute("href")?.slice(1);
    const root = link?.getRootNode();
    if (part && root instanceof ShadowRoot) root.getElementById(part)?.scrollIntoView();
  };

  const show = () => {
    const text = wordsOf("body > noscript");
    if (isDrawn || !words || !text) return;
    for (const each of shown) each.remove();
    const looks = document.createElement("div");
    looks.innerHTML = wordsOf("head > noscript");
    const page = document.createElement("div");
    page.className = "words";
    page.innerHTML = text; // the server's own words, which browsers without scripts parse as well
    if (isEmbedded) keepEmbedded(page);
    page.prepend(reason());
    /* In a tree of its own, so that the app's styles, which come before the app, move nothing. */
    const readable = document.createElement("div");
    readable.className = "readable";
    readable.attachShadow({ mode: "open" }).append(looks.cloneNode(true), page);
    page.addEventListener("click", follow);
    shown = [readable, looks];
    document.body.prepend(readable, looks);
  };

  /** @param {Cause} found */
  const fail = (found) => {
    if (isDrawn || isCertain) return; // the first reason brings others with it
    cause = found;
    isCertain = found !== "late";
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
    else show();
  };

  /** @param {Event} event */
  const onError = (event) => {
    if (event.target instanceof HTMLScriptElement) fail("script"); // it did not load
    if (!(event instanceof ErrorEvent) || !event.filename.includes(DIGEST)) return;
    if (event.error instanceof SyntaxError) fail("script");
    else if (cause === "late") cause = "script"; // it may go on all the same
  };
  const onMissing = () => fail("script");

  /* The first line that closes before anything is drawn is told as it closes. */
  class WatchedWebSocket extends PlainWebSocket {
    /**
     * @param {string | URL} address
     * @param {string | string[]} [protocols]
     */
    constructor(address, protocols) {
      super(address, protocols);
      this.addEventListener("close", () => fail("line"));
    }
  }

  const leave = () => {
    isDrawn = true;
    observer.disconnect();
    clearTimeout(timer);
    window.removeEventListener("error", onError, true);
    window.removeEventListener("vite:preloadError", onMissing);
    if (window.WebSocket === WatchedWebSocket) window.WebSocket = PlainWebSocket;
    for (const each of shown) each.remove();
    shown = [];
  };
  const observer = new MutationObserver(() => document.querySelector(DRAWN) && leave());
  const timer = setTimeout(() => fail(cause), PATIENCE);

  if (words) {
    observer.observe(document, { childList: true, subtree: true });
    window.addEventListener("error", onError, true);
    window.addEventListener("vite:preloadError", onMissing); // of Streamlit's bundler
    window.WebSocket = WatchedWebSocket;
    if (self.origin === "null") fail("frame"); // its scripts may not load, its line may not open
  } else {
    clearTimeout(timer);
  }
}
