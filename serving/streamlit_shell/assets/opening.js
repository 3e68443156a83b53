/* Tells Streamlit's script what it would ask the server for, or wait for, before it opens its
 * line: where it is, whom it may listen to, and what the page looks like. It stands in the head,
 * so the security policy names it by its hash.
 */
{
  const settings = JSON.parse(document.getElementById("opening")?.textContent ?? "null");
  if (settings) {
    /** @type {any} */ (window).__streamlit = {
      BACKEND_BASE_URL: location.origin + location.pathname,
      HOST_CONFIG: settings.host,
      LIGHT_THEME: settings.light,
      DARK_THEME: settings.dark,
    };
  }
  /* Streamlit's script fetches the icon font, 375 kB, before any of its icons stands on the page.
   * With the first that does, a browser fetches it by itself.
   */
  const { fonts } = document;
  const load = fonts.load.bind(fonts);
  /** @type {typeof fonts.load} */
  fonts.load = (font, ...text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...text);
  /* Streamlit adds its rules to the end of the head, where they would overrule ours; so ours go
   * into the body, before the first element is drawn. Without scripts they are for nothing: the
   * words of the page have looks of their own.
   */
  /** @type {NodeListOf<HTMLStyleElement>} */
  const sheets = document.querySelectorAll("style[data-early]");
  document.addEventListener("DOMContentLoaded", () => {
    for (const sheet of sheets) sheet.media = "all";
    document.body.prepend(...sheets);
  });
}
