/* A double tap is one tap.
 *
 * What a reader chooses changes what lies under the finger: the panel is another one, and the page
 * scrolls to it. The second tap would hit whatever has come there. Page and map are two windows, so
 * the last tap is kept on the page's, in pixels of the screen, which no scrolling moves.
 */

const SOON = 350; // ms between the taps of a double tap
const NEAR = 40; // px between them
const CHOOSES = "[data-town], [data-lang], [data-theme], path, canvas";

/** @typedef {Window & { storyTap?: { x: number, y: number, at: number } }} PageWindow */

/** @param {Window} page the page's window; of the map's frame it is the parent */
export function takeDoubleTapsAsOne(page) {
  /** @param {MouseEvent} event */
  const onClick = (event) => {
    if (event.detail === 0) return; // a key, or a script
    const host = /** @type {PageWindow} */ (page);
    const { storyTap: last } = host;
    // When the finger came, not when a busy page got round to it; each window counts from its start.
    const at = performance.timeOrigin + event.timeStamp;
    const tap = { x: event.screenX, y: event.screenY, at };
    const isSecond =
      last && tap.at - last.at < SOON && Math.hypot(tap.x - last.x, tap.y - last.y) < NEAR;
    if (isSecond) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const { target } = event;
    const chooses = target instanceof Element && target.closest(CHOOSES);
    host.storyTap = isSecond || chooses ? tap : undefined;
  };
  window.addEventListener("click", onClick, { capture: true });
}
