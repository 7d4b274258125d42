/**
 * The outbox: visits that are finished and not yet at the portal. They are sent one after another, by their own person
 * only, again and again until the portal gave a receipt or said what is wrong; what fails stays and says so.
 * @module
 */
import * as api from "./api.js";
import { reportOf, wholeOf } from "./draft.js";
import { keepMonth, refresh, standing } from "./person.js";
import { draftsOf, keepDraft, keepReceipt } from "./store.js";

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 600_000;

/** Tells when something was sent, refused or put off. */
export const moved = new EventTarget();

let timer;

/** What is in the outbox, as one line says it. */
export async function counts() {
  const drafts = standing.me ? await draftsOf(standing.me.id) : [];
  const number = (state) => drafts.filter((draft) => draft.state === state).length;
  return { saved: number("draft"), waiting: number("waiting"), failed: number("failed") };
}

/** Finish a visit: it waits for the network from here on. */
export async function putIn(draft) {
  draft.ended_at ||= new Date().toISOString();
  Object.assign(draft, { state: "waiting", error: null, tries: 0, next_at: 0 });
  await keepDraft(draft);
  await wakeLater();
  return sendAll({ now: true });
}

/** Take a visit back to go on writing. */
export async function takeOut(draft) {
  Object.assign(draft, { state: "draft", error: null, ended_at: "" });
  await keepDraft(draft);
}

/**
 * Send what waits and is due; with `now`, what was put off as well. Two open pages never send at the same time.
 * @param {{now?: boolean}} [given]
 */
export async function sendAll({ now = false } = {}) {
  if (!navigator.locks) return sendDue(now);
  return navigator.locks.request("shuanjian-outbox", () => sendDue(now));
}

async function sendDue(now) {
  clearTimeout(timer);
  const waiting = standing.me ? (await draftsOf(standing.me.id)).filter((draft) => draft.state === "waiting") : [];
  if (!waiting.length) return;
  for (const draft of waiting.reverse()) {
    if (!now && draft.next_at > Date.now()) continue;
    if (!(await sendOne(draft))) break;
  }
  await planNext();
  moved.dispatchEvent(new Event("moved"));
}

/** Send one; false when it makes no sense to try the others now. */
async function sendOne(draft) {
  try {
    const answer = await api.file(await formOf(draft));
    standing.offline = false;
    draft.receipt = answer.receipt;
    await keepReceipt(draft);
    await keepMonth(answer.month);
    return true;
  } catch (trouble) {
    return putOff(draft, trouble);
  }
}

async function putOff(draft, trouble) {
  if (trouble instanceof api.Refused && !trouble.passes) {
    if (trouble.wants) {
      standing.wanted = trouble.wants;
      return false;
    }
    if (trouble.code === "other_account") {
      await refresh(); // it is somebody else's phone now: from here on their drafts are shown, and this one waits
      return false;
    }
    Object.assign(draft, { state: "failed", error: { code: trouble.code, message: trouble.message, ...trouble.body } });
    await keepDraft(draft);
    return true;
  }
  standing.offline = trouble instanceof api.NoNetwork;
  draft.tries += 1;
  draft.next_at = Date.now() + Math.min(FIRST_PAUSE * 2 ** (draft.tries - 1), LONGEST_PAUSE);
  await keepDraft(draft);
  return !standing.offline;
}

async function formOf(draft) {
  const { checklist, photos } = await wholeOf(draft);
  const form = new FormData();
  form.append("report", JSON.stringify(reportOf(draft, checklist, photos)));
  for (const photo of photos) form.append(`photo-${photo.id}`, new Blob([photo.data], { type: photo.type }), `${photo.id}.jpg`);
  return form;
}

async function planNext() {
  const waiting = (await draftsOf(standing.me.id)).filter((draft) => draft.state === "waiting");
  if (!waiting.length || standing.wanted) return;
  const soonest = Math.min(...waiting.map((draft) => draft.next_at));
  timer = setTimeout(() => sendAll(), Math.max(soonest - Date.now(), 1_000));
}

/** Ask the browser to wake us when the network is back, where it can. */
async function wakeLater() {
  try {
    const registration = await navigator.serviceWorker?.ready;
    await registration?.sync?.register("outbox");
  } catch {
    // Not every browser may; the page itself tries again.
  }
}

/** Try again whenever it may help: network back, page looked at, worker woken. */
export function keepSending() {
  const wake = async () => {
    if (await refresh()) await sendAll({ now: true });
    moved.dispatchEvent(new Event("moved"));
  };
  addEventListener("online", wake);
  addEventListener("offline", () => {
    standing.offline = true;
    moved.dispatchEvent(new Event("moved"));
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  navigator.serviceWorker?.addEventListener("message", (event) => event.data === "outbox" && wake());
  return wake();
}
