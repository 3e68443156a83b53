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

const EVERY = { reader: 15_000, waiting: 2_000, editor: 200 }; // ms
const PATIENCE = 10_000; // ms

const followers = new WeakMap(); // parentElement -> Follower

export default function ({ data, parentElement, setTriggerValue }) {
  const follower = followers.get(parentElement) || new Follower(parentElement.querySelector("p"));
  followers.set(parentElement, follower);
  follower.redraw = (digest) => setTriggerValue("changed", digest);
  follower.take(data);
  return () => {
    follower.leave();
    followers.delete(parentElement);
  };
}

class Follower {
  constructor(notice) {
    this.notice = notice;
    this.told = null; // the last digest that the server heard of
    this.asking = false;
    this.onVisible = () => this.ask();
    document.addEventListener("visibilitychange", this.onVisible);
  }

  leave() {
    this.gone = true;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  /* Take what the page was drawn with; the same data drawn once more say nothing new. */
  take(data) {
    const text = JSON.stringify(data);
    if (text === this.text) return;
    this.text = text;
    this.data = data;
    this.say(data.is_whole === false);
    this.wait();
  }

  say(is_edited) {
    const words = is_edited ? this.data.words : "";
    if (this.notice.textContent !== words) this.notice.textContent = words;
  }

  wait() {
    const role = this.notice.textContent ? "waiting" : this.data.role;
    clearTimeout(this.timer);
    if (!this.gone) this.timer = setTimeout(() => this.ask(), EVERY[role]);
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

  follow({ digest, not_whole }) {
    const { role, drawn, atlas } = this.data;
    const isWhole = !not_whole.includes(atlas);
    if (role === "reader") this.say(!isWhole);
    else if (role === "editor" ? digest === drawn : !isWhole) this.told = null;
    else if (digest !== this.told) this.redraw((this.told = digest));
  }
}
