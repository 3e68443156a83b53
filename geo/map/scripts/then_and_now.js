/* Two dates side by side: a handle says where one ends and the other begins.
 *
 * The boundaries of both are drawn in whole; their panes are clipped at the handle, and each name
 * is shown on the side on which its middle lies. The handle is a slider to keyboards and screen
 * readers, and can be dragged by mouse and finger.
 */

/** @import { DivisionSet } from "./dates.js" */
/** @import { MapState, ShownDates } from "./types.js" */

const STEP = 2; // percent by an arrow key
const PAGE = 10; // percent by Page Up and Page Down
const WITHIN = 0.2; // of the land that changed hands, from its western end
const EDGES = [2, 98]; // percent; the handle stays in sight

/** @type {Record<string, (at: number) => number>} */
const KEYS = {
  ArrowDown: (at) => at - STEP,
  ArrowUp: (at) => at + STEP,
  PageDown: (at) => at - PAGE,
  PageUp: (at) => at + PAGE,
  Home: () => EDGES[0],
  End: () => EDGES[1],
};

export class ThenAndNow {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.at = 50; // percent of the map's width that shows the earlier date, where lines begin
    /** @type {{ earlier: DivisionSet, later: DivisionSet } | null} */
    this.sides = null;
    /** @type {DivisionSet[]} */
    this.clipped = [];
    /** @type {ShownDates | null} */
    this.shown = null;
    /** @type {MapState | null} */
    this.state = null;
    this.frame = 0;
    this.element = L.DomUtil.create("div", "divider", map.getContainer());
    this.leftDate = L.DomUtil.create("span", "left", this.element);
    L.DomUtil.create("i", "grip", this.element);
    this.rightDate = L.DomUtil.create("span", "right", this.element);
    this.#build();
    map.on("move zoom viewreset resize", () => this.clip());
  }

  #build() {
    const { element } = this;
    element.hidden = true;
    element.tabIndex = 0;
    element.setAttribute("role", "slider");
    element.setAttribute("aria-orientation", "horizontal");
    element.setAttribute("aria-valuemin", String(EDGES[0]));
    element.setAttribute("aria-valuemax", String(EDGES[1]));
    for (const each of [this.leftDate, this.rightDate]) each.setAttribute("aria-hidden", "true");
    L.DomEvent.disableClickPropagation(element);
    element.addEventListener("keydown", (event) => this.#onKey(event));
    element.addEventListener("pointerdown", (event) => this.#drag(event));
  }

  /**
   * @param {{ earlier: DivisionSet, later: DivisionSet } | null} sides none where nothing is compared
   * @param {ShownDates} shown
   * @param {L.LatLngBounds | null} around where land changed hands
   */
  show(sides, shown, around) {
    const isNew = this.sides === null && sides !== null;
    this.sides = sides;
    this.shown = shown;
    this.element.hidden = sides === null;
    if (isNew && around) this.#standAt(around);
    this.clip();
    this.#say();
  }

  /** @param {MapState} state */
  translate(state) {
    this.state = state;
    this.clip();
    this.#say();
  }

  get #isRtl() {
    return this.state?.dir === "rtl";
  }

  /**
   * Percent from the left of what is so far from where lines begin, and the other way round.
   * @param {number} percent
   */
  #turned(percent) {
    return this.#isRtl ? 100 - percent : percent;
  }

  /** @param {number} at percent */
  move(at) {
    this.at = Math.min(Math.max(at, EDGES[0]), EDGES[1]);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.clip());
    this.#say();
  }

  /**
   * Within what is to be compared, where that is in sight: left of its middle, where names stand.
   * @param {L.LatLngBounds} around
   */
  #standAt(around) {
    const [west, east] = [around.getSouthWest(), around.getNorthEast()].map(
      (corner) => this.map.latLngToContainerPoint(corner).x,
    );
    const x = west + (east - west) * WITHIN;
    const at = Math.round(this.#turned((x / this.map.getSize().x) * 100));
    this.at = at > EDGES[0] && at < EDGES[1] ? at : 50;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, altKey, ctrlKey, metaKey } = event;
    const side = { ArrowLeft: -STEP, ArrowRight: STEP }[key];
    const next = side ? this.at + (this.#isRtl ? -side : side) : KEYS[key]?.(this.at);
    if (next === undefined || altKey || ctrlKey || metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // the map would move
    this.move(next);
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const { element } = this;
    element.setPointerCapture(event.pointerId);
    const follow = (/** @type {PointerEvent} */ { clientX }) => {
      const { left, width } = this.map.getContainer().getBoundingClientRect();
      this.move(this.#turned(((clientX - left) / width) * 100));
    };
    const end = new AbortController();
    const { signal } = end;
    element.addEventListener("pointermove", follow, { signal });
    for (const name of ["pointerup", "pointercancel"]) {
      element.addEventListener(name, () => end.abort(), { signal });
    }
  }

  /** Cut the panes at the handle; they lie in pixels of the map's own layer, which moves with it. */
  clip() {
    const { sides, map } = this;
    for (const set of this.clipped) {
      if (set === sides?.earlier || set === sides?.later) continue;
      for (const pane of set.panes) pane.style.clipPath = "";
      set.labels.showBetween(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
    this.clipped = [];
    if (!sides) return;
    const { x: width, y: height } = map.getSize();
    const x = (width * this.#turned(this.at)) / 100;
    const { earlier, later } = sides;
    const [left, right] = this.#isRtl ? [later, earlier] : [earlier, later];
    this.element.style.translate = `${x}px 0`;
    const corner = map.containerPointToLayerPoint([0, 0]);
    const [top, bottom] = [corner.y - height, corner.y + 2 * height];
    const cut = (/** @type {number} */ from, /** @type {number} */ to) =>
      `polygon(${from}px ${top}px, ${to}px ${top}px, ${to}px ${bottom}px, ${from}px ${bottom}px)`;
    const parts = [
      { set: left, path: cut(corner.x - width, corner.x + x), from: -width, to: x },
      { set: right, path: cut(corner.x + x, corner.x + 2 * width), from: x, to: 2 * width },
    ];
    for (const { set, path, from, to } of parts) {
      for (const pane of set.panes) pane.style.clipPath = path;
      set.labels.showBetween(from, to);
      this.clipped.push(set);
    }
  }

  #say() {
    const { state, shown, element } = this;
    if (!state || !shown || !this.sides) return;
    const [then, now] = [shown.date, shown.against].map(
      (date) => state.dates.find((each) => each.date === date) ?? { label: "", short: "" },
    );
    const [left, right] = this.#isRtl ? [now, then] : [then, now];
    this.leftDate.textContent = left.short;
    this.rightDate.textContent = right.short;
    const percent = Math.round(this.at);
    element.setAttribute("aria-label", state.text.dates_handle);
    element.setAttribute("aria-valuenow", String(percent));
    const words = state.text.dates_at
      .replace("{percent}", String(percent))
      .replace("{then}", then.label)
      .replace("{now}", now.label);
    element.setAttribute("aria-valuetext", words);
  }
}
