/* When the line to the server was cut, the server at its other end may be another one, or
 * may have forgotten this page: it would answer no click any more. So the page is asked for
 * anew as soon as the line stands again; what it shows comes from its address.
 */

const STATE = "data-test-connection-state"; // Streamlit's own word for it, on its root

class Line {
  constructor() {
    this.cut = false;
    this.askAnew = () => {};
    this.observer = new MutationObserver(() => this.follow());
    this.app = document.querySelector(`[${STATE}]`);
    if (this.app) this.observer.observe(this.app, { attributeFilter: [STATE] });
  }

  leave() {
    this.observer.disconnect();
  }

  follow() {
    const cut = this.app.getAttribute(STATE) !== "CONNECTED";
    const back = this.cut && !cut;
    this.cut = cut;
    if (back) this.askAnew();
  }
}
