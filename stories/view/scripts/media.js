/* The handle between two pictures: the range's value is how much of the first one is seen. The
   browser's own control takes care of keys, touch and screen readers. */

/** @param {AbortSignal} signal */
export function listenToHandles(signal) {
  const follow = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    /** @type {HTMLElement | null} */
    const pair = target.closest(".compare");
    pair?.style.setProperty("--at", `${target.value}%`);
  };
  document.addEventListener("input", follow, { signal });
}
