/* Files and style sheets of the map. */

const PATIENCE = 1000; // ms

/**
 * @param {string | null | undefined} address
 * @returns {Promise<any>} what the JSON file holds; null where there is no address
 */
export async function loadJson(address) {
  if (!address) return null;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/**
 * The same for what the map can do without; the browser's own log says what failed.
 * @param {string | null} address
 */
export const loadIfItCan = (address) => loadJson(address).catch(() => null);

/** Wait for the style sheets: they decide how large the map is. */
export async function styleSheetsLoaded() {
  /** @type {NodeListOf<HTMLLinkElement>} */
  const links = document.querySelectorAll("link[rel=stylesheet]");
  await Promise.all([...links].map(loaded));
}

/** @param {HTMLLinkElement} link */
function loaded(link) {
  if (link.sheet) return null;
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
}

/**
 * Wait for something, but no longer than a reader would.
 * @param {Promise<unknown>} coming
 */
export const soon = (coming) =>
  Promise.race([coming, new Promise((done) => setTimeout(done, PATIENCE))]);
