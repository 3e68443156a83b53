/* Stamps the last mouse press anywhere on the page and when what was waited for was there. */
const now = () => performance.timeOrigin + performance.now();
if (window === window.top) {
  window.stopwatch = {
    pressed: performance.timeOrigin, // until the first press: the way here
    seen: 0,
    arrived: () => false,
    /* Wait, from the next press, until `arrived` holds. */
    arm(arrived) {
      Object.assign(this, { arrived, pressed: 0, seen: 0 });
    },
    look() {
      if (this.pressed && !this.seen && this.arrived()) this.seen = now();
    },
    /* Milliseconds from the press, or null as long as it has not arrived. */
    taken() {
      return this.seen ? this.seen - this.pressed : null;
    },
    /* The document of the map's frame. */
    map: () => document.querySelector("iframe[src*='st_folium']")?.contentDocument,
  };
}
// On the window: a frame keeps it when it goes from its first, empty document to its own.
window.addEventListener("DOMContentLoaded", () => {
  const everything = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(() => window.top.stopwatch.look()).observe(
    document.documentElement,
    everything,
  );
});
window.addEventListener(
  "mousedown",
  (event) => {
    window.top.stopwatch.pressed = performance.timeOrigin + event.timeStamp;
  },
  true,
);
