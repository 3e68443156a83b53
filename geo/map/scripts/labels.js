/* The names of divisions and neighbours on the map. The divisions carry their names for screen
 * readers themselves, so labels are hidden from those.
 */

import { placeChosen, placeLabels } from "./label_placement.js";
import { openFrame, pointInView, reachOf, rowsOf, widthOf } from "./label_points.js";
import { LabelSizes } from "./label_sizes.js";
import { NameKey } from "./name_key.js";
import { nameOf, shortName } from "./names.js";
import { roomOf } from "./room.js";

/** @import { Form, Place, Room, Wanted } from "./label_placement.js" */
/** @import { MapState, Properties } from "./types.js" */

const NARROW = 480; // px; a map less wide shows short names alone
const CROWD = 300; // more labels than these are only tried at their points
const MOST_NEEDED = 60; // of fewer divisions in view each is named
const SHORT_FORMS = 3; // of a name: as it is, smaller, a number
const ROUNDS = 3; // in which the key of numbers finds its room
const WITHIN = 0.8; // of a name's width, which a division has that is its ground
const ABOVE = 100_000; // the chosen one's name lies above all others

/**
 * @typedef {{
 *   slug: string | null, // none for a neighbour
 *   properties: Properties,
 *   layer: L.Polygon,
 *   point: L.LatLng,
 *   drawn: Drawn | null, // while it is on the map
 *   offset: number, // px from its point to its middle, to the right
 * }} Label
 * @typedef {{
 *   marker: L.Marker, element: HTMLElement, line: HTMLElement | null,
 *   width: number, // px
 *   lower: number, // px by which it was lowered
 *   isWithin: boolean, // whether its division is about as wide
 * }} Drawn
 * @typedef {(slug: string, width: number) => number | null} Ground the class of a metric whose
 *   colour a name of such a width stands on
 * @typedef {{
 *   label: Label, latLng: L.LatLng, wanted: Wanted, full: Form | null,
 *   lower: number, // px by which its point lies below `latLng`
 * }} Asked
 * @typedef {{
 *   state: string, // of everything that it rests on
 *   asked: Asked[],
 *   places: (Place | null)[],
 *   names: string[], // that stand in the key
 * }} Unchosen how labels lie while no division is chosen
 */

export class Labels {
  /**
   * @param {L.Map} map
   * @param {HTMLElement} legend
   * @param {string} [pane]
   */
  constructor(map, legend, pane = "names") {
    this.map = map;
    this.pane = pane;
    this.key = new NameKey(legend);
    this.sizes = new LabelSizes(map.getContainer());
    /** @type {Label[]} */
    this.labels = [];
    /** @type {readonly string[]} */
    this.lit = []; // slugs of the divisions that stand out
    /** @type {Unchosen | null} */
    this.unchosen = null;
    this.looks = 0; // counts the states that were applied
    /** @type {Ground | null} */
    this.groundOf = null;
    /** @type {((slug: string, width: number) => number) | null} */
    this.loweredBy = null; // px by which a name of such a width stands below its point
    this.lang = "";
  }

  /**
   * @param {string | null} slug none for a neighbour
   * @param {Properties} properties
   * @param {L.Polygon} layer
   * @param {L.LatLng} point
   */
  add(slug, properties, layer, point) {
    this.labels.push({ slug, properties, layer, point, drawn: null, offset: 0 });
  }

  /**
   * @param {MapState} state
   * @param {string | null} chosen
   */
  restyle(state, chosen) {
    this.looks += 1;
    if (this.lang !== state.lang) this.sizes.forget();
    this.lang = state.lang;
    for (const { slug, drawn } of this.labels) {
      if (slug === null) continue;
      drawn?.element.classList.toggle("story", Boolean(state.tones[slug]));
      drawn?.element.classList.toggle("faded", state.faded.includes(slug));
    }
    this.mark(chosen);
    this.light(this.lit);
  }

  /**
   * Let the names of divisions stand out.
   * @param {readonly string[]} slugs
   */
  light(slugs) {
    this.lit = slugs;
    for (const { slug, drawn } of this.labels) {
      drawn?.element.classList.toggle("lit", slug !== null && slugs.includes(slug));
    }
  }

  /**
   * Show only the names whose middle lies on a part of the map's width.
   * @param {number} from px
   * @param {number} to px
   */
  showBetween(from, to) {
    for (const { drawn, offset } of this.labels) {
      if (!drawn) continue;
      const x = this.map.latLngToContainerPoint(drawn.marker.getLatLng()).x + offset;
      const icon = drawn.marker.getElement();
      if (icon) icon.style.visibility = from <= x && x < to ? "" : "hidden";
    }
  }

  /**
   * Give names the ink that stands out from the colour that they stand on.
   * @param {Ground | null} groundOf
   */
  colour(groundOf) {
    this.groundOf = groundOf;
    for (const { slug, drawn } of this.labels) {
      if (drawn && slug !== null) this.#ink(drawn, slug);
    }
  }

  /**
   * Let names stand below what is drawn at their points; `arrange` moves them.
   * @param {((slug: string, width: number) => number) | null} by px, for a name of a width in px
   */
  lower(by) {
    if (by === null && this.loweredBy === null) return;
    this.loweredBy = by;
    this.looks += 1; // they lie otherwise now
  }

  /**
   * A name that a line leads to or that is wider than its division stands on other ones, too, and
   * a number on paper.
   * @param {Drawn} drawn
   * @param {string} slug
   */
  #ink({ element, line, width, lower, isWithin }, slug) {
    const isOnOwn = isWithin && !line && !lower && !element.classList.contains("number");
    const index = isOnOwn ? (this.groundOf?.(slug, width) ?? null) : null;
    element.classList.toggle("on-class", index !== null);
    element.style.removeProperty("--halo");
    if (index === null) return;
    element.style.setProperty("--on", `var(--on-${index})`);
    element.style.setProperty("--halo", `var(--class-${index})`);
  }

  /** @param {string | null} chosen */
  mark(chosen) {
    for (const { slug, drawn } of this.labels) {
      drawn?.element.classList.toggle("chosen", slug !== null && slug === chosen);
    }
  }

  /**
   * Find the places that labels have while no division is chosen; `arrange` knows them then.
   * @param {MapState} state
   */
  prepare(state) {
    this.#unchosenOf(state);
  }

  /**
   * Find each label a place: stories first, then the rest, then the neighbours. A choice moves
   * only what is in the way of the chosen one's name.
   * @param {MapState} state
   * @param {string | null} chosen
   */
  arrange(state, chosen) {
    const { x: width, y: height } = this.map.getSize();
    this.map.getContainer().dataset.named = `${chosen ?? ""} ${width}x${height}`; // tests wait for it
    const { asked, places, names } = this.#unchosenOf(state);
    const index = chosen === null ? -1 : asked.findIndex(({ label }) => label.slug === chosen);
    if (index < 0) {
      this.#draw(asked, places, chosen);
      return;
    }
    const wanted = asked.map((each) => each.wanted);
    const forms = this.#forms(asked[index].label, state, "chosen");
    wanted[index] = { ...wanted[index], isNeeded: true, forms };
    const settled = this.#settle(asked, state, names, (room) =>
      placeChosen(index, wanted, places, room),
    );
    this.#draw(asked, settled.places, chosen);
  }

  /**
   * How labels lie while no division is chosen; found anew only where something else has changed.
   * @param {MapState} state
   * @returns {Unchosen}
   */
  #unchosenOf(state) {
    const { map, looks, labels } = this;
    if (this.unchosen) this.key.write(this.unchosen.names);
    const view = [map.getZoom(), map.getCenter(), looks, labels.length, this.#first()];
    if (this.unchosen?.state === JSON.stringify([view, roomOf(map)])) return this.unchosen;
    this.key.write([]);
    const asked = this.#asked(state, roomOf(map));
    const settled = this.#settle(asked, state, [], (room) => placeAlike(asked, room));
    this.unchosen = { ...settled, asked, state: JSON.stringify([view, settled.room]) };
    return this.unchosen;
  }

  /** What is named first where not all can be: elsewhere nothing moves when it stands out. */
  #first() {
    return this.labels.length > CROWD ? this.lit : [];
  }

  /**
   * Place labels, and list the numbers among them in the legend, which takes room itself.
   * @param {readonly Asked[]} asked
   * @param {MapState} state
   * @param {readonly string[]} names that are listed now
   * @param {(room: Room) => (Place | null)[]} place
   */
  #settle(asked, state, names, place) {
    for (let round = 1; ; round += 1) {
      const room = roomOf(this.map);
      const places = place(room);
      const next = numbered(places, asked).map((i) => this.#name(asked[i].label, state, true));
      if (round === ROUNDS || next.join() === names.join()) {
        this.key.write(next);
        return { places, room, names: next };
      }
      names = next;
      this.key.write(names);
    }
  }

  /**
   * @param {MapState} state
   * @param {Room} room
   * @returns {Asked[]}
   */
  #asked(state, room) {
    const first = this.#first();
    const frame = openFrame(room);
    const inView = this.labels
      .flatMap((label) => {
        const point = pointInView(label.layer, label.point, this.map, frame);
        return point ? [{ label, ...point }] : [];
      })
      .sort((a, b) => weightOf(b.label, state, first) - weightOf(a.label, state, first));
    const divisions = inView.filter(({ label }) => label.slug !== null).length;
    const isCrowded = divisions > CROWD;
    return inView.map(({ label, at: point, latLng }) => {
      const { layer, slug } = label;
      const forms = this.#forms(label, state, "");
      const lower = (slug !== null && this.loweredBy?.(slug, forms[0].size.x)) || 0;
      const at = { x: point.x, y: point.y + lower };
      const isNeeded = slug !== null && divisions <= MOST_NEEDED;
      const wanted = isCrowded
        ? { at, rows: [], reach: { x: 0, y: 0 }, forms: forms.slice(-2, -1), isNeeded }
        : {
            at,
            rows: rowsOf(layer, at, this.map, room),
            reach: slug === null ? null : reachOf(layer, this.map),
            forms,
            isNeeded,
          };
      const full = wanted.forms.length > SHORT_FORMS ? wanted.forms[0] : null;
      return { label, latLng, lower, wanted, full };
    });
  }

  /**
   * The forms of a label's name, the best first.
   * @param {Label} label
   * @param {MapState} state
   * @param {"" | "chosen"} mark
   * @returns {Form[]}
   */
  #forms(label, state, mark) {
    const looks = [lookOf(label, state), mark];
    const form = (/** @type {string} */ name, /** @type {string[]} */ ...more) => {
      const look = [...looks, ...more].filter(Boolean).join(" ");
      return { name, look, size: this.sizes.of(name, parentOf(label), look) };
    };
    const [name, short] = [this.#name(label, state), this.#name(label, state, true)];
    if (label.slug === null) return [form(name)];
    const isNarrow = this.map.getSize().x < NARROW;
    const forms = [form(short), form(short, "small")];
    if (!isNarrow && name !== short) forms.unshift(form(name));
    const number = form("88", "number");
    return mark ? forms : [...forms, { ...number, name: null }];
  }

  /**
   * @param {Label} label
   * @param {MapState} state
   * @param {boolean} [isShort]
   */
  #name({ properties }, state, isShort = false) {
    const name = nameOf(properties, state);
    return isShort ? shortName(name, state.kinds) : name;
  }

  /**
   * @param {readonly Asked[]} asked
   * @param {readonly (Place | null)[]} places
   * @param {string | null} chosen
   */
  #draw(asked, places, chosen) {
    const numbers = new Map(numbered(places, asked).map((index, i) => [index, i + 1]));
    const drawn = new Set();
    for (const [i, { label, latLng, lower }] of asked.entries()) {
      const place = places[i];
      if (!place) continue;
      drawn.add(label);
      label.drawn ??= drawLabel(this.map, latLng, parentOf(label), this.pane);
      const { marker, element } = label.drawn;
      if (!marker.getLatLng().equals(latLng)) marker.setLatLng(latLng);
      const isChosen = label.slug !== null && label.slug === chosen;
      marker.setZIndexOffset(isChosen ? ABOVE : 0);
      element.className = place.form.look;
      if (label.slug !== null) element.dataset.division = label.slug;
      element.classList.toggle("chosen", isChosen);
      element.classList.toggle("lit", label.slug !== null && this.lit.includes(label.slug));
      element.style.translate = `${place.x}px ${place.y + lower}px`;
      label.offset = place.x;
      const text = place.form.name ?? String(numbers.get(i));
      if (element.textContent !== text) element.textContent = text;
      const { x: width } = place.form.size;
      const isWithin = widthOf(label.layer, this.map) >= width * WITHIN;
      Object.assign(label.drawn, { width, lower, isWithin });
      drawLine(label.drawn, place, lower);
      if (label.slug !== null) this.#ink(label.drawn, label.slug);
    }
    for (const label of this.labels) {
      if (drawn.has(label)) continue;
      label.drawn?.marker.remove();
      label.drawn = null;
    }
  }
}

/**
 * Place labels so that all divisions have their names in full, or none has.
 * @param {readonly Asked[]} asked
 * @param {Room} room
 */
function placeAlike(asked, room) {
  const wanted = asked.map((each) => each.wanted);
  const places = placeLabels(wanted, room);
  const isShortened = asked.some(
    ({ full, wanted: { isNeeded } }, i) => isNeeded && full && places[i]?.form !== full,
  );
  if (!isShortened) return places;
  const short = asked.map(({ full, wanted: each }) =>
    full ? { ...each, forms: each.forms.filter((form) => form !== full) } : each,
  );
  return placeLabels(short, room);
}

/**
 * Put text on the map that only eyes shall meet.
 * @param {L.Map} map
 * @param {L.LatLngExpression} at
 * @param {string} className
 * @param {string} pane
 */
export function addText(map, at, className, pane) {
  const element = document.createElement("span");
  const icon = L.divIcon({ className, html: element, iconSize: undefined });
  const marker = L.marker(at, { icon, pane, interactive: false, keyboard: false }).addTo(map);
  marker.getElement()?.setAttribute("aria-hidden", "true");
  return { marker, element };
}

/**
 * @param {L.Map} map
 * @param {L.LatLng} at
 * @param {string} className
 * @param {string} pane
 * @returns {Drawn}
 */
function drawLabel(map, at, className, pane) {
  const text = addText(map, at, className, pane);
  return { ...text, line: null, width: 0, lower: 0, isWithin: true };
}

/**
 * The line from a division to a name that has no room in it.
 * @param {Drawn} drawn
 * @param {Place} place
 * @param {number} lower px by which the line begins below the marker
 */
function drawLine(drawn, { line }, lower) {
  if (!line) {
    drawn.line?.remove();
    drawn.line = null;
    return;
  }
  if (!drawn.line) {
    drawn.line = document.createElement("i");
    drawn.element.before(drawn.line);
  }
  const [x, y] = [line.to.x - line.from.x, line.to.y - line.from.y];
  drawn.line.style.width = `${Math.hypot(x, y)}px`;
  drawn.line.style.translate = `0 ${lower}px`;
  drawn.line.style.rotate = `${Math.atan2(y, x)}rad`;
}

/**
 * Which labels are numbers, from west to east.
 * @param {readonly (Place | null)[]} places
 * @param {readonly Asked[]} asked
 */
function numbered(places, asked) {
  return [...places.keys()]
    .filter((i) => places[i]?.form.name === null)
    .sort((a, b) => asked[a].latLng.lng - asked[b].latLng.lng);
}

/** @param {Label} label */
function parentOf({ slug }) {
  return slug === null ? "label context" : "label";
}

/**
 * @param {Label} label
 * @param {MapState} state
 */
function lookOf({ slug }, { tones, faded }) {
  if (slug === null) return "";
  return [tones[slug] && "story", faded.includes(slug) && "faded"].filter(Boolean).join(" ");
}

/**
 * @param {Label} label
 * @param {MapState} state
 * @param {readonly string[]} lit
 */
function weightOf({ slug }, { tones }, lit) {
  if (slug === null) return 0;
  if (lit.includes(slug)) return 3;
  return tones[slug] ? 2 : 1;
}
