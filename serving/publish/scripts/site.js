/* The script of a published page. */

import shareCss from "../../../stories/view/assets/share.css";
import shareHtml from "../../../stories/view/assets/share.html";
import { viewAddress } from "../../../stories/view/scripts/links.js";
import { takeDoubleTapsAsOne } from "../../streamlit_shell/scripts/double_tap.js";
import { Edition, SingleEdition } from "./edition.js";
import { Reader } from "./reader.js";
import { lookUp } from "./view.js";

/** @import { Start } from "./types.js" */
/** @import { PublishedPage } from "./map_page.js" */

/** @type {Start | null} */
const start = JSON.parse(document.getElementById("start")?.textContent ?? "null");
const asked = new URLSearchParams(location.search);

takeDoubleTapsAsOne(window);
if (start) begin(start);
else goToAtlas();

/** @param {Start} start */
async function begin(start) {
  const site = new URL(document.documentElement.dataset.root ?? "./", location.href);
  const held = document.getElementById("files");
  /** @type {Record<string, string> | null} */
  const files = held && JSON.parse(held.textContent ?? "null");
  const edition = files ? new SingleEdition(files) : new Edition(site);
  const lang = languageOf(start);
  const here = { ...start, lang };
  const parts = await edition.parts(here);
  const reader = new Reader(edition, here, parts, shareBox());
  await reader.begin().catch(console.warn); // the page that was published stays
  /** @type {PublishedPage} */
  const page = {
    settings: parts.map.settings,
    files,
    onChoice: (choice) => reader.onMapChoice(choice),
    onFrame: (show) => {
      reader.showOnMap = show;
      show(reader.mapState());
    },
  };
  Object.assign(window, { storyPage: page });
  const frame = document.createElement("iframe");
  if (files) frame.srcdoc = files[start.map];
  else frame.src = new URL(start.map, site).href;
  document.querySelector(".map-box")?.append(frame);
}

/**
 * The language that the address names, on the site's first page else the reader's own.
 * @param {Start} start
 */
function languageOf({ lang, languages, isRoot }) {
  const named = asked.getAll("lang").map((tag) => lookUp(tag, languages));
  const first = named.find((each) => each !== undefined);
  if (first) return first;
  if (!isRoot) return lang;
  const wanted = navigator.languages.map((tag) => lookUp(tag, languages));
  return wanted.find((each) => each !== undefined) ?? lang;
}

/** The share button's place; its looks are its own, as they are in the hosted edition. */
function shareBox() {
  const box = document.createElement("div");
  box.innerHTML = `<style>${shareCss}</style>${shareHtml}`;
  const slot = document.querySelector(".share-slot");
  slot?.attachShadow({ mode: "open" }).append(box);
  return box;
}

/** An address of the hosted edition names the atlas in its query. */
function goToAtlas() {
  if (!asked.has("atlas")) return;
  if (!asked.has("lang")) asked.set("lang", document.documentElement.lang);
  location.replace(viewAddress(asked.toString()));
}
