/* The frame of streamlit-folium that the map lies in, and what it leaves to be done.
 *
 * All that leans on how the component is built is here. Where it is built otherwise the map is
 * drawn all the same, and the console says what no longer holds.
 */

import { tellPageCircles, tellPageDates } from "./map_link.js";

/** @import { Host } from "../../../geo/map/scripts/types.js" */

/** @import { PageWindow } from "./map_link.js" */

/** @type {Host} */
export const streamlitHost = {
  send(choice) {
    if (window.Streamlit?.setComponentValue) window.Streamlit.setComponentValue(choice);
    else warnOnce("it has no Streamlit.setComponentValue, so the page does not hear of choices");
  },
  tellDates: (shown) => tellPageDates(/** @type {PageWindow} */ (window.parent), shown),
  tellCircles: (shown) => tellPageCircles(/** @type {PageWindow} */ (window.parent), shown),
};

/**
 * Lay out the component's page by a sheet that stands in this script, so that it costs no request.
 * @param {string} css
 */
export function layOut(css) {
  const sheet = document.createElement("style");
  sheet.textContent = css;
  document.head.append(sheet);
}

/**
 * Streamlit calls the frame by the component's name in Python, which tells a reader nothing.
 * @param {string} words
 */
export function nameFrame(words) {
  if (window.frameElement) window.frameElement.setAttribute("title", words);
  else warnOnce("it does not reach its own element, so screen readers hear the component's name");
}

/**
 * The component runs whatever script a message brings it, whoever sent that; so only what the page
 * sends goes on to it.
 *
 * A listener of our own could not stop a message: browsers call the component's first, which is
 * older. But the component hands each message on through `events` while it is being dispatched.
 */
export function listenToThePageAlone() {
  const events = window.Streamlit?.events;
  if (!(events instanceof EventTarget)) {
    warnOnce("it has no Streamlit.events, so other windows can speak to the map");
    return;
  }
  const dispatch = events.dispatchEvent.bind(events);
  events.dispatchEvent = (event) => isFromThePage(window.event) && dispatch(event);
}

/** @param {Event | undefined} event what the browser dispatches now */
function isFromThePage(event) {
  if (event instanceof MessageEvent) return event.source === window.parent;
  warnOnce("its events do not come with messages, so other windows can speak to the map");
  return true;
}

/**
 * The component adds a sheet with the page's theme for each answer and takes none away.
 * @param {() => void} onTheme what to do when the theme may be another
 */
export function keepOneTheme(onTheme) {
  const sheets = [...document.head.children].filter(isTheme);
  let kept = sheets.pop();
  for (const sheet of sheets) sheet.remove();
  new MutationObserver((changes) => {
    for (const sheet of changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(isTheme)) {
      kept?.remove();
      kept = sheet;
    }
    onTheme();
  }).observe(document.head, { childList: true });
}

/**
 * @param {Node} node
 * @returns {node is HTMLStyleElement}
 */
function isTheme(node) {
  return node.nodeName === "STYLE" && Boolean(node.textContent?.includes("--primary-color"));
}

/** @type {Set<string>} */
const warned = new Set();

/** @param {string} what */
function warnOnce(what) {
  if (warned.has(what)) return;
  warned.add(what);
  console.warn(`The frame of streamlit-folium is not as expected: ${what}.`);
}
