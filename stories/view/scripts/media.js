/* Pictures in a story.
 *
 * - The handle between two pictures: the range's value is how much of the first one is seen. The
 *   browser's own control takes care of keys, touch and screen readers.
 * - A picture that did not come is asked for again, a few times: it may still be in the making, or
 *   the line was cut.
 */

const PICTURES = ":is(.medium, .compare) img";
const TRIES = 5;
const FIRST_PAUSE = 1000; // milliseconds; each further one is twice as long

/** @param {AbortSignal} signal */
export function tendMedia(signal) {
  document.addEventListener("input", moveHandle, { signal });
  document.addEventListener("error", askAgain, { signal, capture: true });
  for (const handle of document.querySelectorAll(".compare input")) {
    moveHandle({ target: handle }); // it may have been moved before this script was here
  }
  for (const picture of document.querySelectorAll(PICTURES)) {
    if (picture instanceof HTMLImageElement && picture.complete && !picture.naturalWidth) {
      askAgain({ target: picture }); // it failed before this script was here
    }
  }
}

/** @param {{ target: EventTarget | null }} event */
function moveHandle({ target }) {
  if (!(target instanceof HTMLInputElement)) return;
  /** @type {HTMLElement | null} */
  const pair = target.closest(".compare");
  pair?.style.setProperty("--at", `${target.value}%`);
}

/** @param {{ target: EventTarget | null }} event */
function askAgain({ target }) {
  if (!(target instanceof HTMLImageElement) || !target.matches(PICTURES)) return;
  const tries = Number(target.dataset.tries ?? 0);
  if (tries >= TRIES) return;
  target.dataset.tries = String(tries + 1);
  setTimeout(() => reload(target), FIRST_PAUSE * 2 ** tries);
}

/** @param {HTMLImageElement} picture */
function reload(picture) {
  for (const source of picture.parentElement?.querySelectorAll("source") ?? []) {
    source.setAttribute("srcset", source.srcset);
  }
  picture.setAttribute("src", picture.getAttribute("src") ?? "");
}
