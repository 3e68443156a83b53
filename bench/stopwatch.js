/* Stamps the last mouse press anywhere on the page and when the panel's heading changed. */
if (window === window.top) {
  const now = () => performance.timeOrigin + performance.now();
  const watch = { pressed: 0, heading: "", changed: 0 };
  window.stopwatch = {
    press(time) { Object.assign(watch, { pressed: time, changed: 0 }); },
    /* Milliseconds from the press to the heading `text`, or null while it is not there. */
    of(text) {
      return watch.changed > watch.pressed && watch.heading === text ? watch.changed - watch.pressed : null;
    },
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      const heading = document.querySelector("article.panel h2")?.textContent ?? "";
      if (heading !== watch.heading) Object.assign(watch, { heading, changed: now() });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}
window.addEventListener(
  "mousedown",
  (event) => window.top.stopwatch.press(performance.timeOrigin + event.timeStamp),
  true,
);
