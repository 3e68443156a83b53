/* The table of all divisions: in another period, in another order.
 *
 * Folded away it is not touched: what the reader does not see is brought up to date when it is
 * unfolded, or before it is printed.
 */

import { pageFolder, shownQuery, townQuery, viewAddress } from "./links.js";

const LONG = 300; // rows; of more, the reader's next step of the slider does not wait for them
const REST = 200; // ms

/** @typedef {[raw: number | null, value: string, rank: number, marks: string]} Cell */
/** @typedef {[slug: string, name: string, cells: Cell[]]} Row of a long table, which is fetched; a
 * division that is no more has no slug */

export class MetricTable {
  constructor() {
    /** @type {HTMLDetailsElement | null} */
    this.details = null;
    /** @type {Cell[][]} by row of the table as it was drawn, then by period */
    this.cells = [];
    /** @type {HTMLTableRowElement[]} as they were drawn */
    this.rows = [];
    /** @type {{ at: number, words: string }} */
    this.wanted = { at: 0, words: "" };
    this.shown = -1; // period
    this.timer = 0;
    this.key = ""; // by which column it is sorted; "" as it was drawn
    this.isAscending = true;
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const onToggle = (/** @type {Event} */ { target }) => {
      if (target !== this.details) return;
      this.#fetch().catch(() => {}); // the link to the data stays
      this.#draw();
    };
    document.addEventListener("toggle", onToggle, { signal, capture: true });
    document.addEventListener("click", (event) => this.#press(event), { signal });
    window.addEventListener("beforeprint", () => this.#draw(true), { signal });
  }

  /** @param {HTMLDetailsElement | null} details */
  follow(details) {
    if (details === this.details) return;
    this.details = details;
    this.rows = [...(details?.querySelectorAll("tbody tr") ?? [])].map(
      (row) => /** @type {HTMLTableRowElement} */ (row),
    );
    this.cells = this.rows.map((row) => JSON.parse(row.dataset.cells ?? "[]"));
    this.shown = this.rows.length ? Number(details?.dataset.at ?? -1) : -1;
    this.key = "";
  }

  /** Fetch the rows of a long table, once. */
  async #fetch() {
    const { details } = this;
    const { rows: address } = details?.dataset ?? {};
    if (!details || !address || this.rows.length) return;
    delete details.dataset.rows;
    const answer = await fetch(new URL(address, pageFolder(location))).catch(() => null);
    if (!answer?.ok) details.dataset.rows = address; // it is asked for again when it is unfolded
    if (!answer?.ok || details !== this.details) return;
    /** @type {Row[]} */
    const rows = await answer.json();
    this.cells = rows.map(([, , cells]) => cells);
    this.rows = rows.map(([slug, name]) => newRow(details, slug, name));
    details.querySelector("tbody")?.append(...this.rows); // before they are put in order
    this.#draw();
  }

  /**
   * @param {number} at
   * @param {string} words
   */
  show(at, words) {
    this.wanted = { at, words };
    clearTimeout(this.timer);
    if (this.rows.length <= LONG) this.#draw();
    else this.timer = window.setTimeout(() => this.#draw(), REST);
  }

  /** @param {boolean} isPrinted */
  #draw(isPrinted = false) {
    const { details, wanted } = this;
    if (!details || !(details.open || isPrinted) || this.shown === wanted.at) return;
    if (!this.rows.length) return;
    this.shown = wanted.at;
    const caption = details.querySelector("caption .period");
    if (caption) caption.textContent = wanted.words;
    for (const [i, row] of this.rows.entries()) {
      const [number, said, place, notes] = this.cells[i][wanted.at];
      const [, value, rank, period, marks] = row.cells;
      value.textContent = said;
      value.classList.toggle("none", number === null);
      rank.textContent = place ? String(place) : "";
      period.textContent = wanted.words;
      marks.textContent = notes;
    }
    if (this.key !== "name") this.#sort(this.key || "rank", this.key ? this.isAscending : true);
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const button = target instanceof Element ? target.closest("button[data-sort]") : null;
    if (!(button instanceof HTMLElement) || !this.details?.contains(button)) return;
    const heading = button.closest("th");
    const isAscending = heading?.getAttribute("aria-sort") !== "ascending";
    this.key = button.dataset.sort ?? "";
    this.isAscending = isAscending;
    for (const each of this.details.querySelectorAll("th[aria-sort]")) {
      each.removeAttribute("aria-sort");
    }
    heading?.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    this.#sort(this.key, isAscending);
  }

  /**
   * @param {string} key
   * @param {boolean} isAscending
   */
  #sort(key, isAscending) {
    const [first] = this.rows;
    const body = first?.parentElement;
    if (!body) return;
    const lang = body.closest("[lang]")?.getAttribute("lang") ?? undefined;
    const { compare } = new Intl.Collator(lang, { numeric: true });
    const order = this.rows.map((row, i) => ({
      row,
      name: row.cells[0].textContent ?? "",
      number: numberOf(this.cells[i][this.shown], key),
    }));
    const sign = isAscending ? 1 : -1;
    order.sort((a, b) => {
      if (key === "name") return sign * compare(a.name, b.name);
      if (a.number === null || b.number === null) {
        return Number(a.number === null) - Number(b.number === null); // without a value: last
      }
      return sign * (a.number - b.number) || compare(a.name, b.name);
    });
    body.append(...order.map(({ row }) => row));
  }
}

/**
 * @param {HTMLElement} details
 * @param {string} slug
 * @param {string} name
 */
function newRow(details, slug, name) {
  const row = document.createElement("tr");
  const heading = row.appendChild(document.createElement("th"));
  heading.scope = "row";
  for (const css of ["number", "number", "", "marks"]) {
    row.appendChild(document.createElement("td")).className = css;
  }
  if (!slug) {
    heading.textContent = name; // a division that is no more has no page
    return row;
  }
  const link = heading.appendChild(document.createElement("a"));
  const panel = details.closest("article");
  link.href = viewAddress(panel ? townQuery(shownQuery(panel), slug) : `town=${slug}`);
  link.dataset.town = slug;
  link.textContent = name;
  return row;
}

/**
 * @param {Cell | undefined} cell
 * @param {string} key
 */
function numberOf(cell, key) {
  if (!cell) return null;
  return key === "rank" ? cell[2] || null : cell[0];
}
