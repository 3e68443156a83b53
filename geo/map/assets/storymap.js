/* The story map inside the component's frame.
 *
 * One global, `storymap`: `start` is called once by the map's own script, `show`
 * for every state that the page sends. Nothing here rebuilds the map: a new state
 * only changes classes, labels and names. All text is set as text, never as HTML.
 */
(function () {
  "use strict";

  const PANES = { context: 350, divisions: 400, places: 420, marks: 450 };
  const FIT = { paddingTopLeft: [8, 8], paddingBottomRight: [8, 26] }; // px; the legend lies below
  const CROWD = 300; // more divisions than this are drawn on one canvas instead of as elements
  const MOST_LABELS = 80; // of divisions in a crowd, at a time
  const NARROW = 480; // px; a map less wide shows short names alone
  const CALM = 100; // ms from a choice until the names make room for the chosen one's
  const LABEL_GAP = 3; // px kept free beside a label
  const LABEL_PLACES = [[0, 0], [0, -13], [0, 13], [-18, 0], [18, 0]]; // px from its point

  const MOTION = { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches };

  let map = null;
  let config = null;
  let state = null; // the last state that came
  let arranging = 0; // timer
  let worn = null; // what of the state the divisions were dressed in
  let spoken = null; // language that controls and labels are in
  let chosen = null; // slug, as the reader sees it now
  let sent = 0; // how many choices went to the server
  let answered = 0; // the last of them that it answered
  let floor = 0; // how many of them went to sessions that are gone
  let session = null; // the server's name for the present one
  let layers = new Map(); // slug -> Leaflet path
  let crowd = null; // colours to draw with, where there are very many divisions
  let labels = []; // {marker, element, slug}
  const sizes = new Map(); // look and name of a label -> its size in px
  let focus = null; // slug of the division that the map has moved to
  let ring = null; // outline of the chosen division
  let focusRing = null; // outline of the division that has keyboard focus
  let places = null; // village names, loaded when first needed
  let notice = null;
  let baseMap = null;
  let controls = null;

  const feature = (slug) => layers.get(slug).feature;

  /* The name in the reader's language, else in the first of the atlas's, else in any. */
  function nameOf(properties) {
    const keys = [state.lang, ...state.order].flatMap(
      (tag) => [`name_${tag}`, `name_${tag.replaceAll("-", "_")}`],
    );
    const any = Object.keys(properties).filter((key) => key.startsWith("name_"));
    const key = [...keys, "name", ...any, "slug"].find((each) => properties[each]);
    return properties[key] ?? "";
  }

  /* The name without its last word for a kind of division ("Town", "街道"). */
  function shortName(name) {
    const kind = state.kinds.find((each) => name.endsWith(each) && name.length > each.length);
    return kind ? name.slice(0, -kind.length).trim() : name;
  }

  // ---- starting -----------------------------------------------------------

  // Their address stands behind this script's own; Leaflet is still on its way.
  const collection = load(document.currentScript.src.split("#")[1]);

  async function start(leafletMap, settings) {
    map = leafletMap;
    config = settings;
    for (const [name, zIndex] of Object.entries(PANES)) {
      const pane = map.createPane(name);
      pane.style.zIndex = zIndex;
      if (name !== "divisions") pane.style.pointerEvents = "none";
    }
    map.setMaxZoom(config.maxZoom);
    calmGestures();
    keepOneTheme();
    const around = Promise.all([config.neighbours, config.county].map(loadIfItCan));
    const divisions = await collection;
    await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(styled));
    const shapes = readDivisions(divisions);
    fit(); // before anything is drawn, or all of it would be drawn twice
    drawDivisions(shapes);
    controls = addControls();
    map.on("click", () => choose(null));
    map.on("zoomend moveend resize", arrangeLabels);
    map.on("zoomend", showPlaces);
    map.on("resize", () => { if (map.getContainer().classList.contains("whole")) fit(); });
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    if (state) show(state);
    document.body.dataset.answers = "true"; // what is measured
    await new Promise(requestAnimationFrame); // no town waits for what lies around it
    drawAround(...await around);
    document.body.dataset.ready = "true"; // tests and screenshots wait for this
  }

  function drawAround(neighbours, county) {
    if (neighbours) drawNeighbours(neighbours);
    draw(county, "county");
    draw(county, "county-line", "marks")?.bringToBack(); // the rings lie above it
    arrangeLabels();
  }

  async function load(address) {
    if (!address) return null;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  /* The towns can do without; the browser's own log says what failed. */
  const loadIfItCan = (address) => load(address).catch(() => null);

  /* The style sheets decide how large the map is. */
  function styled(link) {
    return link.sheet || new Promise((done) => {
      link.addEventListener("load", done);
      link.addEventListener("error", done);
    });
  }

  function draw(collection, className, pane = "context") {
    if (!collection) return null;
    return L.geoJSON(collection, { pane, interactive: false, style: { className } }).addTo(map);
  }

  /* Lines of the neighbours, save where their file was cut at its bounding box. */
  function drawNeighbours(collection) {
    const neighbours = L.geoJSON(collection);
    const bounds = neighbours.getBounds();
    const [edgesLng, edgesLat] = [
      [bounds.getWest(), bounds.getEast()], [bounds.getSouth(), bounds.getNorth()],
    ];
    const cut = (a, b) =>
      (a.lng === b.lng && edgesLng.includes(a.lng)) || (a.lat === b.lat && edgesLat.includes(a.lat));
    const lines = [];
    neighbours.eachLayer((layer) => {
      const { geometry, properties } = layer.feature;
      for (const ring of layer.getLatLngs().flat(geometry.type === "MultiPolygon" ? 1 : 0)) {
        let line = [ring[0]];
        ring.concat(ring[0]).slice(1).forEach((point, i) => {
          if (cut(ring[i], point)) { lines.push(line); line = []; }
          line.push(point);
        });
        lines.push(line);
      }
      addLabel({ context: properties }, layer);
    });
    L.polyline(lines.filter((line) => line.length > 1), {
      pane: "context", interactive: false, className: "neighbour",
    }).addTo(map);
  }

  function readDivisions(collection) {
    // Published lines are drawn last, so that a line shared with a reconstructed
    // division shows as what it is: published.
    const rank = { reconstructed: 0, unknown: 0, published: 1 };
    collection.features.sort(
      (a, b) => (rank[a.properties.boundary_status] || 0) - (rank[b.properties.boundary_status] || 0),
    );
    crowd = collection.features.length > CROWD ? {} : null;
    return L.geoJSON(collection, {
      pane: "divisions",
      ...(crowd && { renderer: L.canvas({ pane: "divisions" }) }),
      style: (f) => ({ className: `division ${f.properties.boundary_status}` }),
      onEachFeature: (f, layer) => layers.set(f.properties.slug, layer),
    });
  }

  function drawDivisions(shapes) {
    shapes.addTo(map);
    for (const [slug, layer] of layers) {
      answerTo(slug, layer);
      if (!crowd) addLabel({ slug }, layer);
    }
  }

  /* The component adds a sheet with the page's theme for each answer and takes none away. */
  function keepOneTheme() {
    const isTheme = (node) => node.nodeName === "STYLE" && node.textContent.includes("--primary-color");
    let kept = null;
    const keep = (nodes) => {
      for (const sheet of [...nodes].filter(isTheme)) {
        kept?.remove();
        kept = sheet;
      }
    };
    keep(document.head.children);
    new MutationObserver((changes) => {
      keep(changes.flatMap((change) => [...change.addedNodes]));
      if (!crowd || !worn) return;
      const { quiet, line } = crowdColours();
      if (crowd.quiet !== quiet || crowd.line !== line) paintCrowd();
    }).observe(document.head, { childList: true });
  }

  /* A canvas has no style sheet, so it is told the colours that the sheet would give. */
  function crowdColours() {
    const probe = document.body.appendChild(document.createElement("i"));
    const [quiet, line] = ["quiet", "line"].map((name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    return { quiet, line };
  }

  function paintCrowd() {
    crowd = crowdColours();
    const faded = new Set(state.faded);
    for (const [slug, layer] of layers) {
      const tone = state.tones[slug];
      layer.setStyle({
        color: crowd.line, weight: 0.5,
        fillColor: tone || crowd.quiet, fillOpacity: faded.has(slug) ? 0.16 : tone ? 0.72 : 1,
      });
    }
  }

  /* In a crowd only what lies in view has a label, the stories first. */
  function labelCrowd() {
    const view = map.getBounds();
    const named = new Set(labels.map((label) => label.slug));
    const wanted = [...new Set([chosen, ...Object.keys(state.tones), ...layers.keys()])]
      .filter((slug) => slug && layers.has(slug) && view.contains(placeOf(layers.get(slug))))
      .slice(0, MOST_LABELS);
    for (const slug of wanted) if (!named.has(slug)) addLabel({ slug }, layers.get(slug));
    const seen = new Set(wanted);
    const gone = labels.filter((label) => label.slug && !seen.has(label.slug));
    labels = labels.filter((label) => !gone.includes(label));
    for (const { marker } of gone) marker.remove();
    for (const label of labels) dressLabel(label);
  }

  function answerTo(slug, layer) {
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      choose(slug);
    });
    layer.bindTooltip(() => tooltip(slug), { sticky: true, className: "tip", opacity: 1 });
    const path = layer.getElement();
    if (!path) return; // in a crowd the list beside the map is the way of the keyboard
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-pressed", "false");
    path.dataset.slug = slug;
    path.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(slug);
    });
    path.addEventListener("focus", () => {
      if (path.matches(":focus-visible")) focusRing = outline(focusRing, slug, "focus-ring");
    });
    path.addEventListener("blur", () => { focusRing = outline(focusRing, null); });
  }

  function tooltip(slug) {
    const properties = feature(slug).properties;
    const tip = document.createElement("div");
    const head = document.createElement("strong");
    head.textContent = nameOf(properties);
    const note = document.createElement("span");
    note.textContent = state.notes[slug] || state.text.no_story;
    tip.append(head, note);
    return tip;
  }

  // ---- choosing -----------------------------------------------------------

  /* Tell the server, and mark the choice in the next picture that the browser draws. */
  function choose(slug) {
    if (slug === chosen) return;
    tell(slug);
    requestAnimationFrame(() => mark(slug));
  }

  function tell(slug) {
    sent += 1;
    window.Streamlit.setComponentValue({ town: slug, seq: sent });
  }

  function mark(slug) {
    const before = chosen;
    chosen = layers.has(slug) ? slug : null;
    if (chosen === before) return;
    press(before, false);
    press(chosen, true);
    ring = outline(ring, chosen, "chosen-ring");
    for (const label of labels) markLabel(label);
    clearTimeout(arranging);
    arranging = setTimeout(arrangeLabels, CALM); // nobody waits for the other names
  }

  function press(slug, on) {
    const path = layers.get(slug)?.getElement();
    path?.classList.toggle("chosen", on);
    path?.setAttribute("aria-pressed", String(on));
  }

  /* A second path above the others: raising the path itself would take the focus from it. */
  function outline(old, slug, className) {
    if (old) old.remove();
    if (!slug) return null;
    return L.geoJSON(feature(slug), {
      pane: "marks", interactive: false, style: { className, fill: false },
    }).addTo(map);
  }

  // ---- showing a state ----------------------------------------------------

  function show(next) {
    state = next;
    if (!controls) return; // still loading; `start` shows it
    dress();
    if (spoken !== state.lang) translate();
    if (focus !== state.focus) moveTo(state.focus);
    if (session !== state.session) takeUp();
    // An answer to an older click must not undo a newer one.
    else if (state.seq >= sent || sent === floor) mark(state.chosen);
    answered = Math.max(answered, state.seq);
  }

  /* Give all divisions their colours and names, where those are not what they were. */
  function dress() {
    const { chosen: _town, focus: _place, seq: _count, session: _server, ...rest } = state;
    const looks = JSON.stringify(rest);
    if (worn === looks) return;
    worn = looks;
    if (crowd) paintCrowd();
    else for (const slug of layers.keys()) dressPath(slug);
    for (const label of labels) dressLabel(label);
    setTimeout(arrangeLabels);
  }

  function dressPath(slug) {
    const path = layers.get(slug).getElement();
    const tone = state.tones[slug];
    path.classList.toggle("story", Boolean(tone));
    path.classList.toggle("faded", state.faded.includes(slug));
    if (tone) path.style.setProperty("--tone", tone);
    path.setAttribute(
      "aria-label",
      `${nameOf(feature(slug).properties)}, ${state.notes[slug] || state.text.no_story}`,
    );
  }

  /* Go on with a server that has never heard of this map; a choice that the last one did not
   * answer is made again. */
  function takeUp() {
    const open = session !== null && answered < sent && chosen !== state.chosen;
    session = state.session;
    sent = Math.max(sent, state.seq); // a map drawn anew goes on counting
    floor = sent;
    if (open) tell(chosen);
    else mark(state.chosen);
  }

  function translate() {
    spoken = state.lang;
    document.documentElement.lang = state.lang;
    map.getContainer().setAttribute("aria-label", state.text.map);
    map.getContainer().setAttribute("role", "group");
    controls.translate();
    if (places) places.translate();
  }

  // ---- labels -------------------------------------------------------------

  function textMarker(latlng, className, pane) {
    const element = document.createElement("span");
    const icon = L.divIcon({ className, html: element, iconSize: null });
    const marker = L.marker(latlng, { icon, pane, interactive: false, keyboard: false }).addTo(map);
    marker.getElement().setAttribute("aria-hidden", "true"); // the path carries the name
    return { marker, element };
  }

  function addLabel(what, layer) {
    const className = what.context ? "label context" : "label";
    labels.push({ ...what, ...textMarker(placeOf(layer), className, "marks") });
  }

  function placeOf(layer) {
    const point = layer.feature.properties.label_point;
    return Array.isArray(point) && point.every(Number.isFinite)
      ? L.latLng(point[1], point[0])
      : layer.getBounds().getCenter();
  }

  function dressLabel(label) {
    label.element.classList.toggle("story", Boolean(state.tones[label.slug]));
    label.element.classList.toggle("faded", state.faded.includes(label.slug));
    markLabel(label);
  }

  function markLabel(label) {
    label.element.classList.toggle("chosen", chosen !== null && label.slug === chosen);
  }

  /* Chosen first, then stories, the rest, the neighbours. A label that would lie on another
   * is moved a little, then shortened, and hidden if that does not help. */
  function arrangeLabels() {
    const weight = (label) =>
      label.context ? 0 : label.slug === chosen ? 3 : state?.tones[label.slug] ? 2 : 1;
    if (crowd && state) labelCrowd();
    const taken = [];
    for (const label of [...labels].sort((a, b) => weight(b) - weight(a))) {
      const place = freePlace(label, taken);
      label.element.hidden = !place;
      if (!place) continue;
      taken.push(place.box);
      label.element.style.translate = `${place.x}px ${place.y}px`;
      write(label, place.name);
    }
  }

  function freePlace(label, taken) {
    const at = map.latLngToContainerPoint(label.marker.getLatLng());
    for (const name of namesFor(label)) {
      const size = sizeOf(label, name);
      for (const [x, y] of LABEL_PLACES) {
        const middle = at.add([x, y]);
        const box = { from: middle.subtract(size.divideBy(2)), to: middle.add(size.divideBy(2)) };
        if (taken.every((other) => apart(box, other))) return { name, x, y, box };
      }
    }
    return null;
  }

  /* How large a name is in a label of this look; measuring is slow, so it is done once. */
  function sizeOf(label, name) {
    const key = `${label.element.parentElement.className} ${label.element.className} ${name}`;
    if (!sizes.has(key)) {
      label.element.hidden = false;
      write(label, name);
      sizes.set(key, L.point(label.element.offsetWidth, label.element.offsetHeight));
    }
    return sizes.get(key);
  }

  function write(label, name) {
    if (label.element.textContent !== name) label.element.textContent = name;
  }

  function namesFor(label) {
    if (!state) return [""];
    const name = nameOf(label.context || feature(label.slug).properties);
    if (label.context) return [name];
    return map.getSize().x < NARROW ? [shortName(name)] : [name, shortName(name)];
  }

  function apart(a, b) {
    return a.to.x + LABEL_GAP < b.from.x || b.to.x + LABEL_GAP < a.from.x
      || a.to.y < b.from.y || b.to.y < a.from.y;
  }

  // ---- village names ------------------------------------------------------

  async function showPlaces() {
    const near = map.getZoom() >= config.placeZoom;
    map.getContainer().classList.toggle("near", near);
    if (!near || places || !config.places) return;
    const group = L.layerGroup().addTo(map);
    const names = [];
    places = { translate: () => names.forEach(([element, p]) => { element.textContent = nameOf(p); }) };
    const collection = await load(config.places);
    for (const { geometry, properties } of collection.features) {
      const [lon, lat] = geometry.coordinates;
      const { marker, element } = textMarker([lat, lon], "place", "places");
      group.addLayer(marker);
      names.push([element, properties]);
    }
    places.translate();
  }

  // ---- view and controls --------------------------------------------------

  function fit(motion = { animate: false }) {
    const bounds = L.featureGroup([...layers.values()]).getBounds();
    map.setMinZoom(0);
    map.invalidateSize({ pan: false });
    map.fitBounds(bounds, { ...FIT, ...motion });
    map.setMinZoom(map.getZoom());
    map.setMaxBounds(bounds.pad(0.35));
    freeDragging();
  }

  /* A map must not trap the page's scrolling: one finger or the wheel moves the page
   * while the whole county is in view; zoomed in, one finger moves the map. */
  function calmGestures() {
    map.scrollWheelZoom.disable();
    // Leaflet focuses the map at the first press, and the browser would scroll the page to
    // it, away from under the finger.
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true, focusVisible: false });
    map.on("zoomend", freeDragging);
    container.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      map.setZoomAround(map.mouseEventToLatLng(event), map.getZoom() - Math.sign(event.deltaY) * 0.5);
    }, { passive: false });
  }

  function moveTo(slug) {
    focus = layers.has(slug) ? slug : null;
    if (!focus) return fit(MOTION);
    const bounds = layers.get(focus).getBounds().pad(0.6);
    return MOTION.animate ? map.flyToBounds(bounds, { duration: 0.8 }) : map.fitBounds(bounds, MOTION);
  }

  function freeDragging() {
    const whole = map.getZoom() <= map.getMinZoom();
    map.dragging[whole && L.Browser.touch ? "disable" : "enable"]();
    map.getContainer().classList.toggle("whole", whole);
  }

  function button(parent, className, onClick) {
    const element = L.DomUtil.create("button", className, parent);
    element.type = "button";
    L.DomEvent.disableClickPropagation(element);
    element.addEventListener("click", onClick);
    return element;
  }

  function cornersIcon() {
    const svg = L.SVG.create("svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    const path = L.SVG.create("path");
    path.setAttribute("d", "M1 5V1h4M11 1h4v4M15 11v4h-4M5 15H1v-4");
    svg.append(path);
    return svg;
  }

  function addControls() {
    map.attributionControl.setPrefix(false);
    const bar = L.DomUtil.create("div", "bar", map.getContainer());
    const zoomIn = button(bar, "zoom-in", () => map.zoomIn(1, MOTION));
    const zoomOut = button(bar, "zoom-out", () => map.zoomOut(1, MOTION));
    const whole = button(bar, "whole-county", () => fit(MOTION));
    zoomIn.textContent = "+";
    zoomOut.textContent = "−";
    whole.append(cornersIcon());
    const base = button(map.getContainer(), "base-map", toggleBaseMap);
    const legend = L.DomUtil.create("div", "legend", map.getContainer());
    const drawn = [...layers.values()].map((layer) => layer.feature.properties.boundary_status);
    const rows = ["published", "reconstructed", "unknown"].filter((kind) => drawn.includes(kind))
      .map((kind) => [kind, L.DomUtil.create("span", kind, legend)]);
    notice = L.DomUtil.create("div", "notice", map.getContainer());
    notice.setAttribute("role", "status");
    base.setAttribute("aria-pressed", "false");
    const names = () => [[zoomIn, "zoom_in"], [zoomOut, "zoom_out"], [whole, "whole"]];
    return {
      base,
      translate() {
        for (const [element, key] of names()) {
          element.title = state.text[key];
          element.setAttribute("aria-label", state.text[key]);
        }
        base.textContent = state.text.base_map;
        for (const [kind, row] of rows) row.textContent = state.text[kind];
      },
    };
  }

  /* The reader's own choice; the county's polygons stay, whatever the host answers. */
  function toggleBaseMap() {
    if (baseMap) {
      baseMap.remove();
      baseMap = null;
    } else {
      baseMap = L.tileLayer(config.tiles.url, { attribution: config.tiles.attribution, maxZoom: 18 });
      baseMap.on("tileerror", () => say(state.text.base_map_failed));
      baseMap.on("tileload", () => say(""));
      baseMap.addTo(map);
    }
    say("");
    controls.base.setAttribute("aria-pressed", String(Boolean(baseMap)));
    map.getContainer().classList.toggle("over-base-map", Boolean(baseMap));
  }

  function say(text) {
    notice.textContent = text;
  }

  /* The component runs whatever script a message brings it, whoever sent that; so only what
   * the page sends goes on to it. */
  function listenToThePageAlone() {
    const { events } = window.Streamlit;
    const dispatch = events.dispatchEvent.bind(events);
    events.dispatchEvent = (event) => window.event?.source === window.parent && dispatch(event);
  }

  listenToThePageAlone();
  /* Where on the map a division can be pressed, in px: for tests and measurements. */
  function pointOf(slug) {
    return map.latLngToContainerPoint(placeOf(layers.get(slug)));
  }

  window.storymap = { start, show, pointOf };
})();
