/* Figures have addresses: a number in the text points at its figure, `#figure-…`.
 *
 * Following one opens what the figure rests on, marks the figure and brings it into view; back in
 * the history the reader is where the link stood. The server need not hear of it, so the step in
 * the history is made here: one of the browser's own would have Streamlit run the page again.
 */

import { motion } from "./scroller.js";

const LINK = "article.panel a[href^='#figure-']";

/**
 * The figure that the address names, if the panel has it.
 * @param {HTMLElement | null} panel
 */
export function namedFigure(panel) {
  const { hash } = location;
  if (!hash.startsWith("#figure-")) return null;
  const figure = document.getElementById(decodeURIComponent(hash.slice(1)));
  return panel?.contains(figure) ? figure : null;
}

/**
 * @param {HTMLElement | null} figure none: mark none
 * @param {ScrollBehavior} behavior
 */
export function showFigure(figure, behavior) {
  for (const each of document.querySelectorAll(".aimed-at")) each.classList.remove("aimed-at");
  if (!figure) return;
  const card = cardOf(figure);
  card.classList.add("aimed-at");
  for (const each of card.querySelectorAll("details")) each.open = true;
  card.scrollIntoView({ behavior, block: isHigh(card) ? "start" : "center" });
}

/**
 * Too high for the middle of what is free.
 * @param {HTMLElement} figure
 */
function isHigh(figure) {
  return figure.getBoundingClientRect().height > innerHeight * 0.45;
}

/**
 * Follow the links to figures.
 * @param {AbortSignal} signal
 * @param {() => void} beforeMove the page is about to scroll to the figure
 */
export function followFigureLinks(signal, beforeMove) {
  /** @type {HTMLElement | null} */
  let from = null;
  const onClick = (/** @type {MouseEvent} */ event) => {
    const link = event.target instanceof Element && event.target.closest(LINK);
    const { altKey, button, ctrlKey, metaKey, shiftKey } = event;
    if (!(link instanceof HTMLElement) || button || altKey || ctrlKey || metaKey || shiftKey) {
      return;
    }
    event.preventDefault();
    const hash = link.getAttribute("href") ?? "";
    if (hash !== location.hash) {
      beforeMove();
      from = link;
      history.pushState(null, "", `${location.pathname}${location.search}${hash}`);
    }
    const figure = namedFigure(link.closest("article"));
    if (!figure) return;
    showFigure(figure, motion());
    const card = cardOf(figure);
    if (!card.contains(link)) focusOn(card);
  };
  const goBack = () => {
    if (!location.hash && from?.isConnected) from.focus({ preventScroll: true });
    from = null;
  };
  document.addEventListener("click", onClick, { signal });
  window.addEventListener("hashchange", goBack, { signal });
}

/**
 * A figure may be a line of another one's card, or of its rows in the table.
 * @param {HTMLElement} figure
 * @returns {HTMLElement}
 */
function cardOf(figure) {
  return figure.closest(".card, .entry") ?? figure;
}

/** @param {HTMLElement} card */
function focusOn(card) {
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
}
