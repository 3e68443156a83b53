/* One click end to end: which division, and which place in it, the reader has chosen, while the server's answers are on their way.
 *
 * A click is marked at once and sent with a number, `seq`, that counts this map's choices. Each
 * state of the server's says which town it shows and the number of the last choice that it knows.
 * Between the two lie four cases:
 *
 * 1. The state knows our newest choice (`seq` has reached `sent`): it is right, also where it
 *    shows another town, since the reader may have chosen in the list or gone back meanwhile.
 * 2. The state answers an older click (`seq < sent`): a newer one is on its way, so what the reader
 *    sees stays. The next state settles it.
 * 3. Nothing was chosen on this map in the present session (`sent === sentBefore`): whatever the
 *    server shows is right, whatever it counts.
 * 4. The session is another one: the server was started anew or another one took over, and it
 *    has never heard of this map. The numbers go on from what both have counted. If the last
 *    click was not answered before, it is sent again, else the new session's town is shown.
 *
 * All functions are pure: they take a record and return the next one, and what is to be sent.
 */

/** @import { Choice, MapState } from "./types.js" */

/**
 * @typedef {Readonly<{
 *   chosen: string | null, // slug, as the reader sees it now
 *   place: string | null, // id of a place in that division
 *   sent: number, // number of the last choice that was sent
 *   answered: number, // the last of them that a state knew
 *   sentBefore: number, // the last of them that went to a session that is gone
 *   session: string | null, // the server's name for the present one; none before the first state
 * }>} ChoiceRecord
 * @typedef {{ next: ChoiceRecord, message: Choice | null }} Step
 */

/** @type {ChoiceRecord} */
export const NOTHING_CHOSEN = {
  chosen: null,
  place: null,
  sent: 0,
  answered: 0,
  sentBefore: 0,
  session: null,
};

/**
 * The reader chose a division, or with null the county as a whole, and perhaps a place in it.
 * @param {ChoiceRecord} record
 * @param {string | null} slug
 * @param {string | null} place
 * @returns {Step}
 */
export function choose(record, slug, place = null) {
  if (slug === record.chosen && place === record.place) return { next: record, message: null };
  return send({ ...record, chosen: slug, place });
}

/**
 * The server sent a state.
 * @param {ChoiceRecord} record
 * @param {Pick<MapState, "chosen" | "place" | "seq" | "session">} state
 * @returns {Step}
 */
export function receive(record, state) {
  const step = state.session === record.session ? goOn(record, state) : resume(record, state);
  return { ...step, next: { ...step.next, answered: Math.max(record.answered, state.seq) } };
}

/**
 * @param {ChoiceRecord} record
 * @param {Pick<MapState, "chosen" | "place" | "seq">} state
 * @returns {Step}
 */
function goOn(record, state) {
  const isRight = state.seq >= record.sent || record.sent === record.sentBefore;
  return { next: isRight ? { ...record, ...shownBy(state) } : record, message: null };
}

/**
 * @param {ChoiceRecord} record
 * @param {Pick<MapState, "chosen" | "place" | "seq" | "session">} state
 * @returns {Step}
 */
function resume(record, state) {
  const isOther = record.chosen !== state.chosen || record.place !== state.place;
  const isUnanswered = record.session !== null && record.answered < record.sent && isOther;
  const sent = Math.max(record.sent, state.seq); // a map drawn anew goes on counting
  const resumed = { ...record, session: state.session, sent, sentBefore: sent };
  return isUnanswered ? send(resumed) : { next: { ...resumed, ...shownBy(state) }, message: null };
}

/** @param {Pick<MapState, "chosen" | "place">} state */
const shownBy = ({ chosen, place }) => ({ chosen, place });

/**
 * @param {ChoiceRecord} record
 * @returns {Step}
 */
function send(record) {
  const seq = record.sent + 1;
  return {
    next: { ...record, sent: seq },
    message: { town: record.chosen, place: record.place, seq },
  };
}
