/* The boundaries of several dates on one map.
 *
 * The divisions of a date are a set of their own, with its names, in panes of its own. Each is
 * fetched once, drawn once, and then only shown or hidden, so a step from date to date asks
 * nobody. Two sets stand side by side where they are compared (`then_and_now.js`).
 */

import { changesWithin, LATEST, litSpan, shownDates } from "./boundary_dates.js";
import { Divisions } from "./divisions.js";
import { Labels } from "./labels.js";
import { LandChanges } from "./land_changes.js";
import { loadIfItCan } from "./loading.js";
import { ThenAndNow } from "./then_and_now.js";

/** @import { DivisionEvents } from "./divisions.js" */
/** @import { Words } from "./tooltip.js" */
/** @import { Cue, Divisions as Collection, MapSettings, MapState, ShownDates } from "./types.js" */

/**
 * @typedef {{
 *   divisions: Divisions,
 *   labels: Labels,
 *   panes: HTMLElement[], // of its shapes, and of the rings around them
 *   names: HTMLElement, // the pane of its names
 *   date: string | null, // as which it is shown; none for the latest
 * }} DivisionSet
 * @typedef {{
 *   events: DivisionEvents,
 *   onWords: (words: Words, at: { x: number, y: number }) => void,
 *   onShow: () => void, // other boundaries are shown
 *   onDates: (shown: ShownDates) => void, // which are shown, or are as soon as they have come
 *   legend: HTMLElement,
 *   lines: HTMLElement, // of the legend
 * }} DatesHost
 */

const PANES = { shapes: 400, rings: 451, names: 460 }; // by the height at which they lie

export class Dates {
  /**
   * @param {L.Map} map
   * @param {Pick<MapSettings, "divisions" | "dated" | "changes" | "places">} settings
   * @param {DivisionSet} today
   * @param {DatesHost} host
   */
  constructor(map, settings, today, host) {
    this.map = map;
    this.settings = settings;
    this.today = today;
    this.host = host;
    this.dates = Object.keys(settings.dated);
    /** @type {Map<string, Promise<DivisionSet | null>>} */
    this.sets = new Map([[settings.divisions, Promise.resolve(today)]]); // by address
    /** @type {DivisionSet[]} */
    this.drawn = [today];
    /** @type {DivisionSet[]} */
    this.visible = [today];
    /** @type {ShownDates} */
    this.asked = LATEST; // by the reader
    /** @type {ShownDates | null} */
    this.cued = null; // by the passage that is read
    /** @type {string | null} */
    this.ofPeriod = null; // by a metric's period
    /** @type {ShownDates} */
    this.shown = LATEST;
    this.wanted = JSON.stringify(LATEST);
    /** @type {MapState | null} */
    this.state = null;
    this.handle = new ThenAndNow(map);
    this.key = L.DomUtil.create("span", "dated", host.lines); // of which date the boundaries are
    this.key.hidden = true;
    this.changes = new LandChanges(map, settings, host);
  }

  /**
   * The reader asks for dates, which a passage's own then give way to.
   * @param {ShownDates} shown
   */
  ask(shown) {
    this.asked = this.#known(shown);
    this.cued = null;
    this.#present();
  }

  /** @param {Cue | null} cue of the passage that is read */
  askForCue(cue) {
    const dates = cue?.dates ?? (cue?.date ? [cue.date] : []);
    this.cued = dates.length > 0 ? shownDates(dates, this.dates) : null;
    this.#present();
  }

  /** @param {string | null} date on whose boundaries a metric's period is drawn */
  askForPeriod(date) {
    this.ofPeriod = date;
    this.#present();
  }

  /** @param {MapState} state */
  restyle(state) {
    this.state = state;
    this.handle.translate(state);
    const label = state.dates.find(({ date }) => date === this.shown.date)?.label;
    this.key.hidden = !label || this.shown.against !== null;
    this.key.textContent = label ? state.text.dates_of.replace("{date}", label) : "";
    this.changes.translate(state, this.today.divisions, this.visible);
  }

  /**
   * Let divisions stand out on all boundaries that are shown.
   * @param {readonly string[]} slugs
   */
  light(slugs) {
    for (const { divisions, labels } of this.visible) {
      divisions.light(
        slugs.filter((slug) => divisions.has(slug)),
        this.map,
      );
      labels.light(slugs);
    }
  }

  /** @param {ShownDates} shown */
  #known({ date, against }) {
    return shownDates([date ?? "", against ?? ""], this.dates);
  }

  #present() {
    const shown =
      this.cued ??
      (this.asked.date === null && this.ofPeriod
        ? this.#known({ date: this.ofPeriod, against: null })
        : this.asked);
    this.host.onDates(shown);
    const wanted = JSON.stringify(shown);
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    this.#show(shown, wanted);
  }

  /**
   * @param {ShownDates} shown
   * @param {string} wanted tells whether it still is what is wanted once the files are there
   */
  async #show(shown, wanted) {
    const { date, against } = shown;
    const [left, right] = await Promise.all([
      this.#setOf(date),
      against === null ? null : this.#setOf(against),
      date === null ? null : this.changes.load(),
    ]);
    if (wanted !== this.wanted) return;
    if (!left || (against !== null && !right)) {
      this.wanted = ""; // it may be asked for again
      this.host.onDates(this.shown);
      return;
    }
    this.shown = shown;
    this.#apply(left, right);
  }

  /**
   * @param {string | null} date
   * @returns {Promise<DivisionSet | null>} none where it cannot be fetched
   */
  async #setOf(date) {
    const address = date === null ? this.settings.divisions : this.settings.dated[date];
    const known = this.sets.get(address);
    if (known) return known;
    const coming = loadIfItCan(address).then((collection) => collection && this.#draw(collection));
    this.sets.set(address, coming);
    const set = await coming;
    if (!set) this.sets.delete(address);
    return set;
  }

  /**
   * @param {Collection} collection
   * @returns {DivisionSet}
   */
  #draw(collection) {
    const { map, host } = this;
    const suffix = `-${this.drawn.length}`;
    const panes = Object.entries(PANES).map(([name, zIndex]) => {
      const pane = map.createPane(name + suffix);
      pane.style.zIndex = String(zIndex);
      if (name !== "shapes") pane.style.pointerEvents = "none";
      return pane;
    });
    const names = /** @type {HTMLElement} */ (panes.pop());
    const divisions = new Divisions(collection, {
      shapes: `shapes${suffix}`,
      rings: `rings${suffix}`,
      suffix,
      words: (slug, state) => this.#wordsFor(set, slug, state),
    });
    const labels = new Labels(map, host.legend, `names${suffix}`);
    /** @type {DivisionSet} */
    const set = { divisions, labels, panes, names, date: null };
    divisions.draw(map, {
      onChoose: (slug) => {
        if (this.today.divisions.has(slug)) host.events.onChoose(slug);
      },
      onPoint: (slug, at) => {
        if (this.state) host.onWords(this.#wordsFor(set, slug, this.state), at);
      },
      onLeave: host.events.onLeave,
    });
    for (const [slug, layer] of divisions.layers) {
      labels.add(slug, divisions.properties(slug), layer, divisions.pointOf(slug));
    }
    for (const { slug, properties, layer, point } of this.today.labels.labels) {
      if (slug === null) labels.add(null, properties, layer, point); // the neighbours
    }
    this.drawn.push(set);
    return set;
  }

  /**
   * What a division was called on the date, how well its line is known, and whether it still is.
   * @param {DivisionSet} set
   * @param {string} slug
   * @param {MapState} state
   * @returns {Words}
   */
  #wordsFor({ divisions, date }, slug, state) {
    const known = state.text[divisions.properties(slug).boundary_status ?? ""] ?? "";
    const on = state.dates.find((each) => each.date === date)?.label ?? "";
    const gone = this.today.divisions.has(slug) ? "" : state.text.dates_gone;
    const said = this.today.divisions.wordsOf(slug); // of a metric
    const name = divisions.nameOf(slug, state);
    const note = [on, known].filter(Boolean).join(" · ");
    return said
      ? { name, note: said.note, more: [said.more, note, gone].filter(Boolean).join(" · ") }
      : { name, note, more: gone };
  }

  /**
   * @param {DivisionSet} left
   * @param {DivisionSet | null} right
   */
  #apply(left, right) {
    const { shown, state } = this;
    const isSplit = right !== null && right !== left; // the boundaries of both dates may be alike
    this.visible = isSplit ? [right, left] : [left];
    for (const set of this.drawn) {
      const { panes, names, labels } = set;
      const isShown = this.visible.includes(set);
      for (const pane of [...panes, names]) pane.style.display = isShown ? "" : "none";
      if (!isShown) labels.key.write([]);
    }
    left.date = left === this.today && !isSplit ? null : shown.date;
    if (isSplit) right.date = shown.against;
    right?.divisions.leaveToMouse(() => false);
    left.divisions.leaveToMouse((slug) => isSplit && right.divisions.has(slug));
    const isOfPeriod = this.cued === null && this.asked.date === null; // a metric's looks are enough
    const span = isOfPeriod ? null : litSpan(shown, this.dates);
    this.changes.show(changesWithin(this.changes.collection, span));
    this.handle.show(isSplit ? { earlier: left, later: right } : null, shown, this.changes.middle);
    this.map.getContainer().dataset.dates = [shown.date, shown.against].filter(Boolean).join(" ");
    if (state) this.restyle(state);
    this.host.onShow();
  }
}
