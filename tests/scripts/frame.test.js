import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const parent = { name: "the page" };
/** @type {string[]} */
let warnings = [];
/** @type {EventTarget} */
let events;
/** @type {string[]} */
let rendered;

beforeEach(() => {
  warnings = [];
  rendered = [];
  events = new EventTarget();
  events.addEventListener("render", (event) => {
    rendered.push(/** @type {CustomEvent} */ (event).detail);
  });
  console.warn = (/** @type {string} */ text) => warnings.push(text);
});

/**
 * The module in a window of its own, which begins without warnings.
 * @param {object | undefined} Streamlit
 */
async function frameIn(Streamlit) {
  Object.assign(globalThis, { window: { parent, Streamlit } });
  return import(`../../serving/streamlit_shell/scripts/frame.js?${Math.random()}`);
}

/**
 * Render as the component does, while a browser dispatches an event.
 * @param {string} what
 * @param {object | undefined} during
 */
function render(what, during) {
  Object.assign(globalThis.window, { event: during });
  events.dispatchEvent(new CustomEvent("render", { detail: what }));
}

/** @param {object} source */
function messageFrom(source) {
  return Object.defineProperty(new MessageEvent("message"), "source", { value: source });
}

test("what the page sends goes on, what others send does not", async () => {
  (await frameIn({ events })).listenToThePageAlone();
  render("ours", messageFrom(parent));
  render("theirs", messageFrom({ name: "another window" }));
  assert.deepEqual(rendered, ["ours"]);
  assert.deepEqual(warnings, []);
});

test("a component without events is told of, and stops nothing", async () => {
  for (const Streamlit of [undefined, {}, { events: {} }]) {
    warnings = [];
    (await frameIn(Streamlit)).listenToThePageAlone();
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], /no Streamlit\.events/);
  }
});

test("events that come without messages go on, and are told of once", async () => {
  (await frameIn({ events })).listenToThePageAlone();
  render("first", undefined);
  render("second", undefined);
  assert.deepEqual(rendered, ["first", "second"]);
  assert.equal(warnings.length, 1);
});

test("a choice goes to the page", async () => {
  /** @type {unknown[]} */
  const sent = [];
  const { streamlitHost } = await frameIn({
    setComponentValue: (/** @type {unknown} */ value) => sent.push(value),
  });
  streamlitHost.send({ town: "a", seq: 1 });
  assert.deepEqual(sent, [{ town: "a", seq: 1 }]);
});

test("where the component takes no value, that is told of once", async () => {
  const { streamlitHost } = await frameIn({});
  streamlitHost.send({ town: "a", seq: 1 });
  streamlitHost.send({ town: "b", seq: 2 });
  assert.equal(warnings.length, 1);
});
