/* While an editor watches: ask for the file that says how the atlases stand, and have the page
 * drawn anew when it says something else than when the page was drawn.
 */

const EVERY = 200; // ms

const followers = new WeakMap(); // parentElement -> Follower

export default function ({ data, parentElement, setTriggerValue }) {
  const follower = followers.get(parentElement) || new Follower();
  followers.set(parentElement, follower);
  follower.data = data;
  follower.change = (state) => setTriggerValue("changed", state);
  return () => {
    clearInterval(follower.timer);
    followers.delete(parentElement);
  };
}

class Follower {
  constructor() {
    this.told = null; // the last state that the server heard of
    this.asking = false;
    this.timer = setInterval(() => this.ask(), EVERY);
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      const answer = await fetch(this.data.address, { cache: "no-store" });
      const state = answer.ok ? await answer.text() : this.data.state;
      if (state === this.data.state) this.told = null;
      else if (state !== this.told) this.change((this.told = state));
    } catch {
      // the server is away; it will be asked again
    } finally {
      this.asking = false;
    }
  }
}
