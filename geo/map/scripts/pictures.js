/* What can wait, each step in a picture of its own: a slow processor has no long task from it. */

export class Pictures {
  constructor() {
    this.frame = 0;
  }

  /**
   * Do these, one a picture, in place of what was to be done before.
   * @param {readonly (() => void)[]} steps
   */
  show(steps) {
    cancelAnimationFrame(this.frame);
    const [step, ...others] = steps;
    if (!step) return;
    this.frame = requestAnimationFrame(() => {
      step();
      this.show(others);
    });
  }
}
