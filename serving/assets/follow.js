/* Ask for the file that says how the atlases stand, and follow it (serving/live_reload.py).
 *
 * - A reader sees a notice come and go; nothing else on the page moves, and the server runs
 *   nothing for it.
 * - An editor's page is drawn anew with each save, and so is that of a reader who waits for an
 *   atlas which was never whole.
 *
 * A hidden page asks nothing and asks at once when it is looked at again. Readers of a whole
 * atlas are many and rarely need the answer, so they ask four times a minute; while something is
 * said that is wrong as soon as the files are mended, the page asks more often.
 */

/**
 * @typedef {object} Data what the page was drawn with
 * @property {"reader" | "waiting" | "editor"} role
 * @property {string} address of the file
 * @property {string | null} [atlas] name of the atlas, where there are several
 * @property {string} [words] what the notice says
 * @property {boolean} [is_whole] whether the atlas's files were whole
 * @property {string} [drawn] digest of how all atlases stood
 */
/**
 * @typedef {object} State what the file says
 * @property {string} digest of how all atlases stand
 * @property {(string | null)[]} not_whole names of the atlases whose files are not whole
 */
/**
 * @typedef {object} Component
 * @property {Data} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: string) => void} setTriggerValue
 */

const EVERY = { reader: 15_000, waiting: 2_000, editor: 200 }; // ms
const PATIENCE = 10_000; // ms

/** @type {WeakMap<HTMLElement, Follower>} by parentElement */
const followers = new WeakMap();

/** @param {Component} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const notice = /** @type {HTMLElement} */ (parentElement.querySelector("p"));
  const follower = followers.get(parentElement) || new Follower(notice, data);
  followers.set(parentElement, follower);
  follower.redraw = (digest) => setTriggerValue("changed", digest);
  follower.take(data);
  return () => {
    follower.leave();
    followers.delete(parentElement);
  };
}

class Follower {
  /**
   * @param {HTMLElement} notice
   * @param {Data} data
   */
  constructor(notice, data) {
    this.notice = notice;
    this.data = data;
    this.text = ""; // the data as it was last taken
    this.told = /** @type {string | null} */ (null); // the last digest that the server heard of
    this.asking = false;
    this.gone = false;
    this.timer = 0;
    this.redraw = /** @type {(digest: string) => void} */ (() => {});
    this.onVisible = () => this.ask();
    document.addEventListener("visibilitychange", this.onVisible);
  }

  leave() {
    this.gone = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  /**
   * Take what the page was drawn with; the same data drawn once more say nothing new.
   * @param {Data} data
   */
  take(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    this.text = text;
    this.data = data;
    this.say(data.is_whole === false);
    this.wait();
  }

  /** @param {boolean} isEdited */
  say(isEdited) {
    const words = (isEdited && this.data.words) || "";
    if (this.notice.textContent !== words) this.notice.textContent = words;
  }

  wait() {
    const role = this.notice.textContent ? "waiting" : this.data.role;
    clearTimeout(this.timer);
    if (!this.gone) this.timer = window.setTimeout(() => this.ask(), EVERY[role]);
  }

  async ask() {
    if (this.asking || document.hidden) return; // it goes on with the answer, or when visible
    this.asking = true;
    const { text } = this;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(this.data.address, { cache: "no-store", signal });
      const state = answer.ok && (await answer.json());
      if (state && text === this.text) this.follow(state); // else the page is newer
    } catch {
      // the server is away; it will be asked again
    }
    this.asking = false;
    this.wait();
  }

  /** @param {State} state */
  follow({ digest, not_whole }) {
    const { role, drawn, atlas = null } = this.data;
    const isWhole = !not_whole.includes(atlas);
    if (role === "reader") this.say(!isWhole);
    else if (role === "editor" ? digest === drawn : !isWhole) this.told = null;
    else if (digest !== this.told) {
      this.told = digest;
      this.redraw(digest);
    }
  }
}
