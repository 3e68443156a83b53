import assert from "node:assert/strict";
import { test } from "node:test";
import { MetricFiles } from "../../geo/map/scripts/metric_files.js";
import { wantedMetric } from "../../geo/map/scripts/metric_view.js";

const STATE = { metric: "density", period: "2020" };

test("the state's metric is shown where nothing else is asked for", () => {
  const wanted = { metric: "density", period: "2020", highlight: null };
  assert.deepEqual(wantedMetric(STATE, null, null), wanted);
  assert.deepEqual(wantedMetric(STATE, { metric: null, period: null }, null), wanted);
  assert.equal(wantedMetric(null, null, null).metric, null);
});

test("the page asks for another period or class without the server", () => {
  const asked = { period: "2021", highlight: 0 };
  const wanted = { metric: "density", period: "2021", highlight: 0 };
  assert.deepEqual(wantedMetric(STATE, asked, null), wanted);
});

test("another metric has none of the state's periods", () => {
  assert.equal(wantedMetric(STATE, { metric: "wells" }, null).period, null);
  assert.equal(wantedMetric(STATE, { metric: "" }, null).metric, "");
});

test("while a passage is read, its metric is shown", () => {
  const cue = { metric: "wells", period: "2018" };
  const wanted = { metric: "wells", period: "2018", highlight: null };
  assert.deepEqual(wantedMetric(STATE, { period: "2021", highlight: 2 }, cue), wanted);
  assert.equal(wantedMetric(STATE, { period: "2021" }, {}).period, "2021");
});

test("a file is fetched once, and whoever waits hears that it came", async () => {
  /** @type {string[]} */
  const asked = [];
  let heard = 0;
  const files = new MetricFiles(
    () => {
      heard += 1;
    },
    async (address) => {
      asked.push(address);
      return { id: "wells" };
    },
  );
  assert.equal(files.drawn("../m?v=1", "wells"), null);
  assert.equal(files.drawn("../m?v=1", "wells"), null);
  await files.settled();
  assert.deepEqual(files.drawn("../m?v=1", "wells"), { id: "wells" });
  assert.deepEqual(asked, ["../m/metric.wells.json?v=1"]);
  assert.equal(heard, 1);
  files.words("../m?v=1", "wells", "zh");
  assert.equal(asked[1], "../m/metric.wells.zh.json?v=1");
});

test("what failed is asked for again", async () => {
  let times = 0;
  const files = new MetricFiles(
    () => {},
    async () => {
      times += 1;
      if (times === 1) throw new Error("no line");
      return { id: "wells" };
    },
  );
  files.drawn("m", "wells");
  await files.settled();
  assert.equal(files.drawn("m", "wells"), null);
  await files.settled();
  assert.deepEqual(files.drawn("m", "wells"), { id: "wells" });
});
