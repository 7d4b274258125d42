/**
 * A draft as one file: when sending fails for good, or to go on with it on another phone of the same person.
 * @module
 */
import { wholeOf } from "./draft.js";
import { h, say } from "./html.js";
import { draftOf, keepKnown, keepWhole } from "./store.js";

const FORMAT = "shuanjian-visit";
const VERSION = 1;
const MOST = 60_000_000; // bytes: more was not made by this page

/** Save a draft with its photos and its checklist as a file, which is not sealed: another phone has to read it. */
export async function saveAsFile(draft) {
  const { checklist, photos } = await wholeOf(draft);
  const encoded = photos.map((photo) => ({ ...photo, data: toBase64(photo.data) }));
  const text = JSON.stringify({ format: FORMAT, version: VERSION, draft, checklist, photos: encoded });
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: address, download: `监督检查-${draft.subject.name}-${draft.visited_on}.json`.replace(/[\\/:*?"<>|]/g, "_") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  say("已存为文件。文件没有加密，用完请从手机里删除。");
}

/**
 * Take a draft from a file; only its own person may. Raises an Error with a sentence.
 * @param {File} file
 * @param {{id: number}} me
 * @returns {Promise<object>} the draft, now on this phone
 */
export async function takeFromFile(file, me) {
  const { draft, checklist, photos } = parsed(file.size > MOST ? "" : await file.text());
  if (draft.user !== me.id) throw new Error("这份草稿是另一位同事的，请用原账号登录后再导入。");
  const here = await draftOf(draft.id);
  if (here?.state === "sent") throw new Error(`这次检查已上传，回执号 ${here.receipt.number}。`);
  if (here && here.changed_at > draft.changed_at) throw new Error("手机里的这份草稿比文件更新，没有导入。");
  await keepKnown(`checklist:${checklist.id}`, checklist);
  const taken = { ...draft, state: draft.state === "sent" ? "draft" : draft.state, next_at: 0 };
  await keepWhole(taken, photos.map((photo) => ({ ...photo, draft: draft.id, user: draft.user, data: fromBase64(photo.data) })));
  return taken;
}

function parsed(text) {
  try {
    const found = JSON.parse(text);
    const ours = found.format === FORMAT && found.version === VERSION;
    if (ours && found.draft.id && found.draft.subject && found.checklist.sections && Array.isArray(found.photos)) return found;
  } catch {
    // said below
  }
  throw new Error("这个文件不是本页存出的草稿，或已损坏。");
}

function toBase64(bytes) {
  const view = new Uint8Array(bytes);
  let text = "";
  for (let start = 0; start < view.length; start += 0x8000) text += String.fromCharCode(...view.subarray(start, start + 0x8000));
  return btoa(text);
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
