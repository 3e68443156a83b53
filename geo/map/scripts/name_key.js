/* What the numbers on the map stand for, where there was no room for names: a list in the legend. */

export class NameKey {
  /** @param {HTMLElement} legend */
  constructor(legend) {
    this.legend = legend;
    this.list = document.createElement("ol");
    this.list.className = "name-key";
    this.list.setAttribute("aria-hidden", "true"); // the divisions carry their names themselves
    this.written = "";
  }

  /** @param {readonly string[]} names in the order of their numbers */
  write(names) {
    const next = names.join("\n");
    if (next === this.written) return;
    this.written = next;
    this.list.replaceChildren(...names.map(row));
    if (names.length > 0) this.legend.append(this.list);
    else this.list.remove();
  }
}

/**
 * @param {string} name
 * @param {number} place
 */
function row(name, place) {
  const item = document.createElement("li");
  const number = document.createElement("b");
  number.textContent = String(place + 1);
  item.append(number, ` ${name}`);
  return item;
}
