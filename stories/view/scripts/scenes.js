/* Scenes: while the reader scrolls, the map shows what each passage speaks of.
 *
 * The passage whose beginning has last come over the reading line, in the upper half of what is
 * free of the map, is the present scene; above the first there is none. The browser says when a
 * beginning crosses that line, so nothing is done while the page scrolls, and the server hears of
 * nothing. What somebody asked for (a link, a step, a story that has just been opened) is shown
 * until the reader scrolls. The address keeps the scene without a step of its own in the history.
 */

import { sceneQuery } from "./links.js";
import { SceneSteps, STEPS } from "./scene_steps.js";
import { coveredHeight, motion, scrollerOf } from "./scroller.js";

/**
 * What the map is to show; only the map knows what lies in `look`.
 * @typedef {{
 *   look: object, light?: string[], dim?: boolean, date?: string, dates?: string[], words?: string,
 * }} SceneCue
 * @typedef {import("./dates.js").MapDates & { showCue(cue: SceneCue | null): void }} MapLink the
 *   map, wherever it is drawn
 * @typedef {{ id: string, cue: SceneCue | null, element: HTMLElement }} Scene
 */

const LINE = 0.42; // of the height that nothing covers
const LOWEST = 240; // px below what covers; a story's head is higher
const SETTLED = 1500; // ms until what was asked for has been scrolled to
const GAP = 8; // px
const SLACK = 80; // px by which the next one begins below the line, so that no touch brings it over
const FAR = 1e6; // px; whatever lies above the line counts
const REST = 250; // ms until the address follows; browsers allow few changes in a short time

export class Scenes {
  /**
   * @param {MapLink} map
   * @param {{ onScene: (scene: Scene | null) => void, onAddress: () => void }} events another
   *   scene is shown; the address has followed
   */
  constructor(map, { onScene, onAddress }) {
    this.map = map;
    this.onScene = onScene;
    this.onAddress = onAddress;
    /** @type {HTMLElement | null} */
    this.panel = null;
    /** @type {HTMLElement | null} */
    this.scroller = null;
    /** @type {Scene[]} in order */
    this.scenes = [];
    /** @type {Set<Element>} those that begin above the line */
    this.passed = new Set();
    /** @type {Scene | null} */
    this.current = null;
    this.isHeld = false; // what was asked for is shown
    this.holdTimer = 0;
    this.letGo = () => this.#letGo();
    this.resume = () => this.#cross([]);
    /** @type {IntersectionObserver | null} */
    this.observer = null;
    this.resized = new ResizeObserver(() => this.#observe());
    this.height = 0; // px, for which the line was drawn
    this.line = 0; // px below the scroller's top
    this.addressTimer = 0;
    /** @type {SceneSteps | null} */
    this.steps = null;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      document.addEventListener(name, (event) => this.#onInput(event), { signal, passive: true });
    }
    document.addEventListener("click", (event) => this.#press(event), { signal });
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    signal.addEventListener("abort", () => this.#leave());
  }

  /**
   * Whether a panel has a scene that the reader is to be brought to.
   * @param {HTMLElement} panel
   * @param {boolean} isSame whether it shows what the last one did, perhaps in another language
   */
  hasPlaceIn(panel, isSame) {
    const asked = isSame ? this.current?.id : askedScene();
    return readScenes(panel).some(({ id }) => id === asked);
  }

  /**
   * A panel was drawn.
   * @param {HTMLElement} panel
   * @param {{ isBack: boolean, isPlaced: boolean, isSame: boolean }} how whether the reader has
   *   gone back to it, whether the reader's place in it is settled, and whether it shows what the
   *   last one did
   */
  follow(panel, { isBack, isPlaced, isSame }) {
    const asked = isSame && !isBack ? this.current?.id : askedScene();
    this.#leave();
    this.panel = panel;
    this.scroller = scrollerOf(panel);
    this.scenes = readScenes(panel);
    const [first] = this.scenes;
    /** @type {HTMLElement | null | undefined} */
    const around = first?.element.closest(".scenes");
    this.steps = around ? new SceneSteps(around, panel.lang) : null;
    const scene = this.scenes.find(({ id }) => id === asked);
    if (scene && !isPlaced) this.#scrollTo(scene, "instant");
    this.#show(scene ?? null);
    if (!first) return;
    this.hold();
    this.#observe();
    this.resized.observe(this.scroller);
  }

  #leave() {
    this.observer?.disconnect();
    this.resized.disconnect();
    clearTimeout(this.addressTimer);
    clearTimeout(this.holdTimer);
    this.scroller?.removeEventListener("scroll", this.resume);
    this.steps?.remove();
    this.steps = null;
    this.passed.clear();
    this.scenes = [];
    this.height = 0;
    this.isHeld = false;
  }

  /** Stay with the present scene, whatever is scrolled to, until the reader scrolls. */
  hold() {
    this.isHeld = true;
    this.scroller?.removeEventListener("scroll", this.resume);
    clearTimeout(this.holdTimer);
    this.holdTimer = window.setTimeout(this.letGo, SETTLED);
  }

  #letGo() {
    if (!this.isHeld) return;
    this.isHeld = false;
    clearTimeout(this.holdTimer);
    this.scroller?.addEventListener("scroll", this.resume, { once: true, passive: true });
  }

  #observe() {
    const { scroller } = this;
    if (!scroller || scroller.clientHeight === this.height) return;
    this.height = scroller.clientHeight;
    this.line = this.#lineOf(scroller);
    this.observer?.disconnect();
    this.passed.clear();
    this.observer = new IntersectionObserver((entries) => this.#cross(entries), {
      root: scroller === document.documentElement ? null : scroller,
      rootMargin: `${FAR}px 0px ${Math.round(this.line - this.height)}px`,
    });
    for (const { element } of this.scenes) this.observer.observe(element);
  }

  /** @param {HTMLElement} scroller */
  #lineOf(scroller) {
    const covered = this.panel ? coveredHeight(this.panel) : 0;
    return covered + Math.min((scroller.clientHeight - covered) * LINE, LOWEST);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #cross(entries) {
    if (!this.panel?.isConnected) return; // it gives way to the next one
    for (const { target, isIntersecting } of entries) {
      this.passed[isIntersecting ? "add" : "delete"](target);
    }
    if (this.isHeld) return;
    this.#show(this.scenes.findLast(({ element }) => this.passed.has(element)) ?? null);
  }

  /** @param {Scene | null} scene */
  #show(scene) {
    const isOther = scene?.id !== this.current?.id;
    this.current?.element.classList.remove("current");
    this.current = scene;
    scene?.element.classList.add("current");
    this.map.showCue(scene?.cue ?? null); // it knows what it shows already
    if (this.panel) this.panel.dataset.scene = scene?.id ?? "";
    this.steps?.draw(this.#index(), this.scenes.length);
    clearTimeout(this.addressTimer);
    this.addressTimer = window.setTimeout(() => this.#keepInAddress(), REST);
    if (isOther) this.onScene(scene);
  }

  #keepInAddress() {
    const { search, hash, pathname } = location;
    const shown = new URLSearchParams(this.panel?.dataset.query);
    const here = new URLSearchParams(search);
    const isThere = ["atlas", "town"].every((key) => here.get(key) === shown.get(key));
    if (!isThere || (here.get("scene") ?? "") === (this.current?.id ?? "")) return;
    const query = sceneQuery(search, this.current?.id);
    try {
      history.replaceState(history.state, "", `${pathname}${query && `?${query}`}${hash}`);
    } catch {
      return; // too many changes in a short time; the next one will do
    }
    this.onAddress();
  }

  // ---- steps ----

  #index() {
    return this.scenes.findIndex(({ id }) => id === this.current?.id);
  }

  /** @param {number} by -1 or 1 */
  #step(by) {
    const scene = this.scenes[this.#index() + by];
    if (!scene) return;
    this.hold();
    this.#scrollTo(scene, motion());
    this.#show(scene);
  }

  /**
   * Bring a scene over the line, so that no other one is: a long one to the top, a short one so
   * that the next still begins well below, or the first pixel scrolled would show that.
   * @param {Scene} scene
   * @param {ScrollBehavior} behavior
   */
  #scrollTo({ element }, behavior) {
    const { panel, scroller } = this;
    if (!panel || !scroller) return;
    const { top, height } = element.getBoundingClientRect();
    const highest = coveredHeight(panel) + GAP;
    const slack = Math.min(SLACK, height / 2);
    const wanted = Math.max(highest, this.#lineOf(scroller) - height + slack);
    const from = scroller === document.documentElement ? 0 : scroller.getBoundingClientRect().top;
    scroller.scrollBy({ top: top - from - wanted, behavior });
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const button = target instanceof Element && target.closest(`${STEPS} button`);
    if (button instanceof HTMLElement) this.#step(Number(button.dataset.step));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const by = stepOf(event);
    if (!by || !this.scenes.length) return;
    event.preventDefault();
    this.#step(by);
  }

  /** @param {Event} event */
  #onInput(event) {
    if (event instanceof KeyboardEvent && (stepOf(event) || isModifier(event))) return;
    const isPress = event.type === "pointerdown" || event.type === "keydown";
    const { target } = event;
    if (isPress && target instanceof Element && target.closest(`${STEPS}, a`)) return;
    this.#letGo();
  }
}

/** Scene that the address asks for. */
function askedScene() {
  return new URLSearchParams(location.search).get("scene") ?? undefined;
}

/**
 * @param {HTMLElement} panel
 * @returns {Scene[]}
 */
function readScenes(panel) {
  /** @type {NodeListOf<HTMLElement>} */
  const sections = panel.querySelectorAll(".scene[data-scene]");
  return [...sections].map((element) => {
    const { scene = "", cue } = element.dataset;
    return { id: scene, cue: cue ? JSON.parse(cue) : null, element };
  });
}

/**
 * Alt+↓ and Alt+↑: single letters would take them from screen readers, the arrows alone scroll,
 * and ← and → turn the stories' pages.
 * @param {KeyboardEvent} event
 */
function stepOf({ key, target, altKey, ctrlKey, metaKey, shiftKey }) {
  if (!altKey || ctrlKey || metaKey || shiftKey) return 0;
  const isElsewhere =
    target instanceof Element && target.closest("input, textarea, select, dialog");
  return isElsewhere ? 0 : ({ ArrowUp: -1, ArrowDown: 1 }[key] ?? 0);
}

/** @param {KeyboardEvent} event */
function isModifier({ key }) {
  return ["Alt", "Control", "Meta", "Shift"].includes(key);
}
