/**
 * Who works on this phone, and what the portal said to that person: kept, so that the forms open without a network.
 * @module
 */
import * as api from "./api.js";
import { known, keepKnown } from "./store.js";

/** How the phone stands with the portal; screens read it. */
export const standing = { me: undefined, start: undefined, wanted: "", offline: false };

/** What is known from earlier, without asking anybody. */
export async function recall() {
  standing.me = await known("me");
  standing.start = standing.me && (await known(`start:${standing.me.id}`))?.body;
}

/**
 * Ask the portal anew. Another person may have logged in: then everything shown is theirs from here on.
 * @returns {Promise<boolean>} whether the portal answered
 */
export async function refresh() {
  const kept = standing.me && (await known(`start:${standing.me.id}`));
  try {
    const answer = await api.start(kept?.etag);
    if (answer.fresh) await keepStart(answer);
    Object.assign(standing, { wanted: "", offline: false });
    return true;
  } catch (trouble) {
    standing.wanted = trouble.wants ?? "";
    standing.offline = trouble instanceof api.NoNetwork;
    return false;
  }
}

async function keepStart({ body, etag }) {
  const { user } = body;
  await keepKnown("me", user, user.id);
  await keepKnown(`start:${user.id}`, { body, etag }, user.id);
  for (const checklist of body.checklists) await keepKnown(`checklist:${checklist.id}`, checklist);
  Object.assign(standing, { me: user, start: body });
}

/** A checklist by its version: an old draft finds the one that it was begun with. */
export const checklistOf = (id) => known(`checklist:${id}`);

/** The month as the portal last counted it. */
export async function keepMonth(month) {
  if (!standing.start || month === undefined) return;
  standing.start = { ...standing.start, month };
  await keepKnown(`start:${standing.me.id}`, { body: standing.start, etag: "" }, standing.me.id);
}

// -- where one may go -------------------------------------------------------------------------------------------------------

/** The places of my area that this phone has seen. */
export const subjectsKnown = async () => (await known(`subjects:${standing.me.id}`)) ?? [];

/**
 * Ask for places, and remember them for when there is no network.
 * @param {string} [words]
 */
export async function findSubjects(words = "") {
  const { results, whole } = await api.subjects(words);
  const seen = new Map(whole ? [] : (await subjectsKnown()).map((place) => [keyOf(place), place]));
  for (const place of results) seen.set(keyOf(place), place);
  await keepKnown(`subjects:${standing.me.id}`, [...seen.values()], standing.me.id);
  return results;
}

const keyOf = (place) => `${place.kind}:${place.id}`;

/**
 * Places whose name, address or pinyin initials contain the words.
 * @param {Array<object>} places
 * @param {string} words
 */
export function matching(places, words) {
  const wanted = words.normalize("NFKC").trim().toLowerCase();
  if (!wanted) return places;
  const texts = (place) => [place.name, place.trade_name, place.address, place.town, place.initials, place.public_id];
  return places.filter((place) => texts(place).some((text) => text?.toLowerCase().includes(wanted)));
}
