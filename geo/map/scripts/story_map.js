/* The story map: composes the parts and shows one state after another.
 *
 * `start` is called once, `show` for every state that the page sends. Nothing here rebuilds the
 * map: a new state only changes classes, labels and names. All text is set as text, never as HTML.
 * What the map is embedded in it knows through `Host` alone.
 */

import { boundaryDateFor, datesOf, firstComparison, LATEST } from "./boundary_dates.js";
import { choose, NOTHING_CHOSEN, receive } from "./choice.js";
import { Controls } from "./controls.js";
import { DateBar } from "./date_bar.js";
import { Dates } from "./dates.js";
import { Divisions, labelPoint } from "./divisions.js";
import { Labels } from "./labels.js";
import { laterSvg } from "./later_svg.js";
import { Legend } from "./legend.js";
import { loadIfItCan, soon, styleSheetsLoaded } from "./loading.js";
import { MetricView } from "./metric_view.js";
import { Metrics } from "./metrics.js";
import { linesWithoutCut } from "./neighbours.js";
import { Pictures } from "./pictures.js";
import { keyOf } from "./place_clusters.js";
import { Places } from "./places.js";
import { Scene } from "./scene.js";
import { StoryPlaces } from "./story_places.js";
import { Tooltip } from "./tooltip.js";
import { View } from "./view.js";

/** @import { Cue, Host, MapSettings, MapState, MetricDetail } from "./types.js" */
/** @import { Shapes, ShownDates, Divisions as Collection } from "./types.js" */
/** @import { Step } from "./choice.js" */

const PANES = {
  context: 350,
  insets: 380,
  divisions: 400,
  changes: 403,
  symbols: 407,
  discs: 410,
  places: 420,
  outline: 440,
  marks: 450,
  rings: 451,
  names: 460,
  storyPlaces: 470,
};
const AT_ONCE = { animate: false };
const LABELS_WAIT = 100; // ms from a choice until the names make room for the chosen one's

export class StoryMap {
  /**
   * @param {Host} host
   * @param {Promise<Collection>} divisions on their way
   */
  constructor(host, divisions) {
    this.host = host;
    this.divisionsToCome = divisions;
    this.choice = NOTHING_CHOSEN;
    /** @type {MapState | null} */
    this.state = null; // the last that came
    /** @type {Parts | null} */
    this.parts = null; // once they are drawn
    /** @type {string | null} */
    this.appliedLooks = null;
    /** @type {string | null} */
    this.language = null; // of controls and labels
    /** @type {string | null} */
    this.focus = null; // slug of the division that the map has moved to
    /** @type {Cue | null} */
    this.cue = null; // of the passage that is being read
    this.metricView = new MetricView(() => this.#showMetric());
    /** @type {string | null} */
    this.placeShown = null; // the chosen place that the map has moved to
    /** @type {ShownDates | null} */
    this.dates = null; // that somebody has asked for, besides the states
    this.statedDates = JSON.stringify(LATEST); // of the last state
    this.labelTimer = 0;
    this.labelPictures = new Pictures();
  }

  /**
   * @param {L.Map} map
   * @param {MapSettings} settings
   */
  async start(map, settings) {
    addPanes(map);
    map.setMaxZoom(settings.maxZoom);
    const around = Promise.all([settings.neighbours, settings.county].map(loadIfItCan));
    const collection = await this.divisionsToCome;
    await styleSheetsLoaded();
    await soon(this.metricView.files.settled()); // or the divisions would be painted twice
    this.parts = this.#draw(map, settings, new Divisions(collection));
    if (this.state) this.show(this.state);
    document.body.dataset.answers = "true"; // what is measured
    await new Promise(requestAnimationFrame); // no town waits for what lies around it
    const [neighbours, county] = await around;
    drawAround(this.parts, neighbours, county);
    this.#arrangeLabels();
    document.body.dataset.ready = "true"; // tests and screenshots wait for this
  }

  /**
   * @param {L.Map} map
   * @param {MapSettings} settings
   * @param {Divisions} divisions
   * @returns {Parts}
   */
  #draw(map, settings, divisions) {
    const legend = new Legend(map, divisions);
    if (this.state) legend.translate(this.state); // the county has the room that it leaves
    legend.hideColours(this.metricView.file(this.cue) !== null);
    const view = new View(map, divisions.bounds(), legend);
    view.fit(); // before anything is drawn, or all of it would be drawn twice
    const tooltip = new Tooltip(map);
    const onChoose = (/** @type {string} */ slug) => this.#choose(slug);
    const onPoint = (/** @type {string} */ slug, /** @type {{ x: number, y: number }} */ at) => {
      if (!this.state) return;
      const more = storyPlaces.unlocatedIn(slug);
      const words = divisions.wordsFor(slug, this.state);
      tooltip.show({ ...words, more: words.more || more }, at);
    };
    const onLeave = () => tooltip.hide();
    divisions.draw(map, { onChoose, onPoint, onLeave });
    const labels = new Labels(map, legend.element);
    for (const [slug, layer] of divisions.layers) {
      labels.add(slug, divisions.properties(slug), layer, divisions.pointOf(slug));
    }
    const controls = new Controls(map, view, settings);
    const places = new Places(map, settings);
    const storyPlaces = new StoryPlaces(map, {
      onChoose: (town, place) => this.#choose(town, place),
      onPoint: (words, at) => tooltip.show(words, at),
      onLeave: () => tooltip.hide(),
      onLoad: () => this.#followPlaces(),
    });
    map.on("click", () => this.#choose(null));
    map.on("zoomend moveend resize", () => this.#arrangeSoon());
    map.on("zoomend", () => places.showWhereNear());
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    const panes = ["divisions", "rings"].map((name) => paneOf(map, name));
    const today = { divisions, labels, panes, names: paneOf(map, "names"), date: null };
    const dates = new Dates(map, settings, today, {
      events: { onChoose, onPoint, onLeave },
      onWords: (words, at) => tooltip.show(words, at),
      onShow: () => this.#followDates(),
      onDates: (shown) => dateBar.follow(shown),
      legend: legend.element,
      lines: legend.lineRow,
    });
    const dateBar = new DateBar(map, legend.element, {
      onDates: (shown) => this.#chooseDates(shown),
      onFold: () => view.fitAgain(),
      firstComparison: async () => {
        await dates.changes.load();
        return firstComparison(dates.changes.collection, dates.dates);
      },
    });
    const scene = new Scene(map, view, divisions, dates);
    const metrics = new Metrics(
      map,
      view,
      () => dates.visible,
      (shown) => this.host.tellCircles(shown),
    );
    divisions.wordsOf = (slug) => metrics.wordsOf(slug);
    this.metricView.onPeriod = (period) => dates.askForPeriod(boundaryDateFor(period, dates.dates));
    const own = { map, view, divisions, labels, controls, legend, places, storyPlaces };
    return { ...own, scene, dates, dateBar, metrics };
  }

  /** @param {MapState} state */
  show(state) {
    this.state = state;
    this.metricView.take(state, this.cue);
    const { parts } = this;
    if (!parts) return; // still loading; `start` shows it
    this.#askForDates(state, parts);
    this.#restyle(state, parts);
    if (this.language !== state.lang) this.#translate(state, parts);
    this.#moveTo(parts.divisions.has(state.focus) ? state.focus : null, parts);
    const chosen = parts.divisions.has(state.chosen) ? state.chosen : null;
    const before = this.choice.chosen;
    this.#take(receive(this.choice, { ...state, chosen }));
    this.#mark();
    // Chosen elsewhere than on the map, where what is chosen is in view.
    const isElsewhere = chosen !== null && chosen !== before && chosen === this.choice.chosen;
    if (isElsewhere && !state.focus && !state.place) {
      parts.view.bringIn(parts.divisions.layer(chosen).getBounds());
    }
    parts.storyPlaces.show(state);
    parts.divisions.describe((slug) => parts.storyPlaces.unlocatedIn(slug));
    this.#markPlace();
    this.#showCue(AT_ONCE); // only one that came before the map was drawn is new here
  }

  /**
   * Show what a passage speaks of; null gives back what was shown before.
   * @param {Cue | null} cue
   */
  showCue(cue) {
    this.cue = cue;
    this.#showCue();
  }

  /**
   * Show the boundaries of other dates.
   * @param {ShownDates} shown
   */
  showDates(shown) {
    this.dates = shown;
    this.parts?.dates.ask(shown);
    this.parts?.dateBar.show(shown);
  }

  /**
   * A state names dates: they are new where the last one named others, else what the reader has
   * chosen meanwhile stays.
   * @param {MapState} state
   * @param {Parts} parts
   */
  #askForDates({ date, against }, parts) {
    const stated = JSON.stringify({ date, against });
    const isFirst = parts.dates.state === null;
    if (isFirst && this.dates) this.showDates(this.dates);
    else if (stated !== this.statedDates && stated !== JSON.stringify(parts.dates.asked)) {
      this.showDates({ date, against }); // an echo would end those of a passage
    }
    this.statedDates = stated;
  }

  /**
   * The reader chose dates on the map.
   * @param {ShownDates} shown
   */
  #chooseDates(shown) {
    this.showDates(shown);
    this.host.tellDates(shown);
  }

  /** Other boundaries are shown: they have the looks and marks of those before. */
  #followDates() {
    const { state, parts } = this;
    if (!state || !parts) return;
    for (const { divisions, labels } of parts.dates.visible) {
      divisions.restyle(state);
      labels.restyle(state, this.choice.chosen);
    }
    parts.metrics.repaint();
    parts.scene.lightAgain();
    this.#mark();
    this.#arrangeLabels();
  }

  /** @param {{ animate: boolean }} [motion] */
  #showCue(motion) {
    if (!this.parts || !this.state) return; // still loading; `show` shows it
    this.#showMetric();
    const isNew = this.parts.scene.show(this.cue, this.focus, motion);
    if (isNew) this.parts.metrics.light();
    if (isNew && this.parts.divisions.onCanvas) this.#arrangeLabels();
  }

  /** Paint what no style sheet reaches, when the page's theme may be another. */
  followTheme() {
    if (this.state && this.parts?.divisions.isOutOfTheme()) {
      this.parts.divisions.restyle(this.state);
    }
    this.parts?.metrics.followTheme();
  }

  /**
   * Show another metric, period or class than the state has, without the server; null, and
   * whatever is null in it, gives the state's own back, and an empty metric the themes' colours.
   * @param {MetricDetail | null} detail
   */
  setMetric(detail) {
    this.metricView.asked = detail;
    this.#showMetric();
  }

  /** @param {{ isOver?: boolean }} [how] whether something else was painted over a metric */
  #showMetric({ isOver = false } = {}) {
    if (!this.parts) return;
    if (this.metricView.show(this.parts, this.cue, isOver)) this.#arrangeSoon();
  }

  /**
   * Where on the map a division can be pressed, in px: for tests and measurements.
   * @param {string} slug
   */
  pointOf(slug) {
    const { map, divisions } = /** @type {Parts} */ (this.parts);
    return map.latLngToContainerPoint(divisions.pointOf(slug));
  }

  /**
   * Tell the host, and mark the choice in the next picture that the browser draws.
   * @param {string | null} slug
   * @param {string | null} place
   */
  #choose(slug, place = null) {
    this.#take(choose(this.choice, slug, place));
    requestAnimationFrame(() => {
      this.#mark();
      this.#markPlace(true);
    });
  }

  /** @param {Step} step */
  #take({ next, message }) {
    this.choice = next;
    const dates = this.parts ? datesOf(this.parts.dates.asked) : [];
    if (message) this.host.send(dates.length > 0 ? { ...message, dates } : message);
  }

  /** Show which division is chosen. */
  #mark() {
    const { chosen } = this.choice;
    const { parts } = this;
    if (!parts) return;
    let isNew = false;
    for (const { divisions, labels } of parts.dates.visible) {
      const here = divisions.has(chosen) ? chosen : null;
      if (here === divisions.marked) continue;
      divisions.mark(here, parts.map);
      labels.mark(here);
      isNew = true;
    }
    if (!isNew) return;
    clearTimeout(this.labelTimer); // nobody waits for the other names
    this.labelTimer = window.setTimeout(() => this.#arrangeLabels(), LABELS_WAIT);
  }

  /** Places came: name those without a point with their divisions, and mark the chosen one. */
  #followPlaces() {
    const { parts } = this;
    if (!parts) return;
    parts.divisions.describe((slug) => parts.storyPlaces.unlocatedIn(slug));
    this.placeShown = null;
    this.#markPlace();
    this.#arrangeSoon(); // names make way for them
    document.body.dataset.places = String(parts.storyPlaces.places.size); // tests wait for this
  }

  /**
   * Show which place is chosen, and move to it.
   * @param {boolean} isPressed whether it was chosen where it is, on the map
   */
  #markPlace(isPressed = false) {
    const { parts } = this;
    if (!parts) return;
    const { chosen, place } = this.choice;
    const { view, divisions, storyPlaces, scene } = parts;
    storyPlaces.mark(chosen, place);
    const shown = chosen !== null && place !== null ? keyOf(chosen, place) : null;
    if (shown === this.placeShown) return;
    this.placeShown = shown;
    this.#arrangeSoon();
    const target = storyPlaces.target();
    if (this.cue && shown) scene.forgetBefore(); // the place is what the reader looks at now
    if (target && isPressed) view.bringInside(target.bounds.getCenter());
    else if (target) view.moveToPlace(target);
    else if (storyPlaces.isInDivision) view.moveTo(divisions.layer(chosen ?? "").getBounds());
  }

  /**
   * Give all divisions their colours and names, where those are not what they were.
   * @param {MapState} state
   * @param {Parts} parts
   */
  #restyle(state, { dates }) {
    const {
      chosen: _chosen,
      place: _place,
      focus: _focus,
      date: _date,
      against: _against,
      seq: _seq,
      session: _session,
      metric: _metric,
      period: _period,
      ...looks
    } = state;
    const next = JSON.stringify(looks);
    if (this.appliedLooks === next) return;
    this.appliedLooks = next;
    dates.restyle(state);
    for (const { divisions, labels } of dates.visible) {
      divisions.restyle(state);
      labels.restyle(state, this.choice.chosen);
    }
    this.#showMetric({ isOver: true });
    setTimeout(() => this.#arrangeLabels());
  }

  /**
   * @param {MapState} state
   * @param {Parts} parts
   */
  #translate(state, { map, view, controls, legend, places, dateBar }) {
    this.language = state.lang;
    document.documentElement.lang = state.lang;
    document.documentElement.dir = state.dir;
    const hasKeys = matchMedia("(any-hover: hover)").matches;
    const { map: name, keys } = state.text;
    map.getContainer().setAttribute("aria-label", hasKeys ? `${name}. ${keys}` : name);
    map.getContainer().setAttribute("role", "group");
    controls.translate(state);
    const { height } = legend;
    legend.translate(state);
    dateBar.translate(state);
    if (legend.height !== height) view.fitAgain();
    places.translate(state);
  }

  /**
   * @param {string | null} slug
   * @param {Parts} parts
   */
  #moveTo(slug, { view, divisions, scene }) {
    if (this.focus === slug) return;
    this.focus = slug;
    if (this.cue) scene.forgetBefore();
    else view.moveTo(slug === null ? null : divisions.layer(slug).getBounds());
  }

  /** Once for all that happens now, and after the shapes, which are drawn anew one after another. */
  #arrangeSoon() {
    const wait = () => {};
    this.labelPictures.show([wait, wait, () => this.#prepareLabels(), () => this.#arrangeLabels()]);
  }

  #prepareLabels() {
    const { state, parts } = this;
    if (state && parts) parts.labels.prepare(state);
  }

  #arrangeLabels() {
    const { state, parts } = this;
    if (!state || !parts) return;
    for (const { divisions, labels } of parts.dates.visible) {
      labels.arrange(state, divisions.has(this.choice.chosen) ? this.choice.chosen : null);
    }
    parts.dates.handle.clip(); // names may be new
  }
}

/**
 * @typedef {{
 *   map: L.Map, view: View, divisions: Divisions, labels: Labels, controls: Controls,
 *   legend: Legend, places: Places, storyPlaces: StoryPlaces, scene: Scene, dates: Dates,
 *   dateBar: DateBar, metrics: Metrics,
 * }} Parts
 */

/** @param {L.Map} map */
function addPanes(map) {
  for (const [name, zIndex] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(zIndex);
    if (name !== "divisions" && name !== "changes") pane.style.pointerEvents = "none";
  }
}

/**
 * @param {L.Map} map
 * @param {string} name
 */
function paneOf(map, name) {
  return /** @type {HTMLElement} */ (map.getPane(name));
}

/**
 * Draw what lies around the divisions.
 * @param {Parts} parts
 * @param {Shapes | null} neighbours
 * @param {Shapes | null} county
 */
function drawAround({ map, labels }, neighbours, county) {
  const renderers = { context: laterSvg("context", 2), outline: laterSvg("outline", 2) };
  /**
   * @param {import("geojson").GeoJsonObject} shape
   * @param {string} className
   * @param {"context" | "outline"} [pane]
   */
  const draw = (shape, className, pane = "context") => {
    const options = { pane, renderer: renderers[pane], interactive: false, style: { className } };
    L.geoJSON(shape, options).addTo(map);
  };
  if (neighbours) {
    const lines = { type: "MultiLineString", coordinates: linesWithoutCut(neighbours) };
    draw(/** @type {import("geojson").MultiLineString} */ (lines), "neighbour");
    for (const feature of neighbours.features) {
      const [layer] = L.geoJSON(feature).getLayers();
      const shape = /** @type {L.Polygon} */ (layer);
      labels.add(null, feature.properties, shape, labelPoint(shape, feature.properties));
    }
  }
  if (county) {
    draw(county, "county");
    draw(county, "county-line", "outline");
  }
}
