/* Which metric, period and class the map shows: a passage's come first, then what the page asked
 * for without the server, then the state's.
 */

import { MetricFiles } from "./metric_files.js";
import { periodNumber } from "./metric_scale.js";

/** @import { Legend } from "./legend.js" */
/** @import { Metrics } from "./metrics.js" */
/** @import { Cue, MapState, MetricDetail } from "./types.js" */
/** @import { View } from "./view.js" */
/** @typedef {{ metrics: Metrics, legend: Legend, view: View }} Parts */

/** @typedef {{ metric: string | null, period: string | null, highlight: number | null }} Wanted */

/**
 * @param {Pick<MapState, "metric" | "period"> | null} state
 * @param {MetricDetail | null} asked
 * @param {Pick<Cue, "metric" | "period"> | null} cue
 * @returns {Wanted} an empty metric stands for the colours of the themes
 */
export function wantedMetric(state, asked, cue) {
  if (cue?.metric) return { metric: cue.metric, period: cue.period ?? null, highlight: null };
  const own = state?.metric ?? null;
  const metric = asked?.metric ?? own;
  const period = asked?.period ?? (metric === own ? (state?.period ?? null) : null);
  return { metric, period, highlight: asked?.highlight ?? null };
}

export class MetricView {
  /** @param {() => void} onLoad what to do when a file has come */
  constructor(onLoad) {
    this.files = new MetricFiles(onLoad);
    /** @type {MetricDetail | null} */
    this.asked = null; // by the page, without the server
    /** @type {MapState | null} */
    this.state = null;
    /** @type {(period: string | null) => void} */
    this.onPeriod = () => {}; // boundaries of other dates follow it
  }

  /**
   * A state came: what the page had asked for until it comes is over.
   * @param {MapState} state
   * @param {Cue | null} cue
   */
  take(state, cue) {
    const before = this.state;
    this.state = state;
    const isOther = state.metric !== before?.metric || state.period !== before?.period;
    if (before && isOther) this.asked = null;
    this.file(cue); // on its way
  }

  /**
   * What is drawn of the metric that is to be shown; null without one, or until it has come.
   * @param {Cue | null} cue
   */
  file(cue) {
    const { metric } = wantedMetric(this.state, this.asked, cue);
    const folder = this.state?.metrics;
    return metric && folder ? this.files.drawn(folder, metric) : null;
  }

  /**
   * @param {Parts} parts
   * @param {Cue | null} cue
   * @param {boolean} isOver whether something else was painted over a metric
   * @returns {boolean} whether names lie otherwise now
   */
  show({ metrics, legend, view }, cue, isOver) {
    const { state } = this;
    if (!state) return false;
    const before = metrics.shown?.file;
    const { metric, period, highlight } = wantedMetric(state, this.asked, cue);
    const file = this.file(cue);
    if (file) {
      metrics.show(file, periodNumber(file, period), highlight, isOver);
      metrics.say(this.files.words(state.metrics ?? "", file.id, state.lang));
      for (const each of metrics.drawn()) each.divisions.name(state);
    } else if (metrics.isShown && !(metric && state.metrics)) {
      metrics.clear();
      for (const each of metrics.drawn()) each.divisions.restyle(state);
    }
    this.onPeriod(metrics.period);
    const { height } = legend;
    legend.hideColours(metrics.isShown);
    if (legend.height !== height) view.fitAgain();
    return metrics.shown?.file !== before;
  }
}
