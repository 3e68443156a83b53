/* Keys that turn the page's stories, pressed while the focus is in the map's frame.
 *
 * The page hears no key of another window, so it is told of these. Where it has no use for one,
 * the map keeps it.
 */

const TURNS = ["ArrowLeft", "ArrowRight"];

/** @typedef {Window & typeof globalThis} PageWindow */

/** @param {PageWindow} page the page's window; of the map's frame it is the parent */
export function handKeysOn(page) {
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const isOwn = event.target instanceof Element && event.target.closest("input, [role=slider]");
    if (!TURNS.includes(key) || isOwn) return;
    const like = { key, altKey, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true };
    const isFree = page.document.body.dispatchEvent(new page.KeyboardEvent("keydown", like));
    if (isFree) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", onKey, { capture: true });
}
