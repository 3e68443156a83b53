/* The page's line to the server.
 *
 * When it was cut, the server at its other end may be another one, or may have forgotten this
 * page: it would answer no click any more. So the page is asked for anew as soon as the line
 * stands again; what it shows comes from its address.
 */

const STATE = "data-test-connection-state"; // Streamlit's own word for it, on its root

export class Connection {
  /** @param {() => void} onBack the line stands again */
  constructor(onBack) {
    this.onBack = onBack;
    this.wasCut = false;
    this.observer = new MutationObserver(() => this.#follow());
    this.app = document.querySelector(`[${STATE}]`);
    if (this.app) this.observer.observe(this.app, { attributeFilter: [STATE] });
    else console.warn(`Streamlit's root has no ${STATE}: a cut line will go unnoticed.`);
  }

  leave() {
    this.observer.disconnect();
  }

  #follow() {
    const isCut = this.app?.getAttribute(STATE) !== "CONNECTED";
    const isBack = this.wasCut && !isCut;
    this.wasCut = isCut;
    if (isBack) this.onBack();
  }
}
