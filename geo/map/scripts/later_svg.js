/* Shapes that are drawn anew some pictures after the map has moved.
 *
 * Leaflet draws all shapes anew in the task that ends a flight, which a slow processor feels. Until
 * they are, they are seen as they were in flight: at their place, scaled.
 */

import { Pictures } from "./pictures.js";

const NOTHING = () => {};

/**
 * @param {string} pane
 * @param {number} pictures from the end of a movement, at least 1
 * @returns {L.Renderer}
 */
export function laterSvg(pane, pictures) {
  /** @type {new (options: L.RendererOptions) => L.Renderer} */
  const Later = L.SVG.extend({
    /** @this {L.SVG} */
    getEvents() {
      const { zoomend, moveend, ...others } = /** @type {Events} */ (
        L.SVG.prototype.getEvents?.call(this) ?? {}
      );
      const waiting = new Pictures();
      let hasZoomed = false;
      const later = (/** @type {L.LeafletEvent} */ event) => {
        hasZoomed ||= event.type === "zoomend";
        waiting.show([
          ...Array(pictures - 1).fill(NOTHING),
          () => {
            if (hasZoomed) zoomend.call(this, event);
            hasZoomed = false;
            moveend.call(this, event);
          },
        ]);
      };
      return { ...others, zoomend: later, moveend: later };
    },
  });
  return new Later({ pane });
}

/** @typedef {Record<string, L.LeafletEventHandlerFn>} Events */
