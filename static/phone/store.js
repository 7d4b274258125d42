/**
 * What is kept on this phone, in IndexedDB: drafts with their photos, and what the portal last said.
 *
 * Written durably: what was answered is still there after the browser was killed. All that is a person's lies there sealed
 * (`vault.js`); only checklists, which are the same for everybody, do not.
 * @module
 */
import { newKey, sealed, unsealed } from "./vault.js";

const NAME = "shuanjian";
const VERSION = 2;

/** Steps of the database, one a version; a step that was released never changes. */
const STEPS = [
  (database) => {
    database.createObjectStore("drafts", { keyPath: "id" }).createIndex("user", "user");
    database.createObjectStore("photos", { keyPath: "id" }).createIndex("draft", "draft");
    database.createObjectStore("known", { keyPath: "key" });
  },
  (database, transaction) => {
    for (const name of ["drafts", "photos", "known"]) transaction.objectStore(name).clear(); // trials in plain text
    database.createObjectStore("keys", { keyPath: "user" });
  },
];

/** What of a record is not sealed: by what it is found. */
const FOUND_BY = { drafts: ["id", "user"], photos: ["id", "draft", "user"], known: ["key", "user"] };

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = (event) => {
      for (const step of STEPS.slice(event.oldVersion, VERSION)) step(asked.result, asked.transaction);
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = undefined;
      };
      resolve(asked.result);
    };
  });
  return opened;
}

const answer = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

/** Ask a store, after all that was to be written is: what is read is never older than the last touch. */
async function read(store, ask) {
  await last;
  const transaction = (await database()).transaction(store, "readonly");
  return answer(ask(transaction.objectStore(store)));
}

/** Records as they were before they were sealed; what nobody can open any more is left out. */
async function readAll(store, ask) {
  const found = await Promise.all((await read(store, ask)).map((record) => unpacked(store, record).catch(() => undefined)));
  return found.filter(Boolean);
}

const readOne = async (store, id) => unpacked(store, await read(store, (records) => records.get(id)));

// -- sealing ----------------------------------------------------------------------------------------------------------------

const placeOf = (store, record) => `${store}/${record.id ?? record.key}/${record.user}`;

/** The key of a person, made when there is none. It is asked for anew each time: another page may have removed it. */
async function keyOf(user) {
  const ask = async (mode, use) => answer(use((await database()).transaction("keys", mode).objectStore("keys")));
  const held = await ask("readonly", (keys) => keys.get(user));
  if (held) return held.key;
  const made = await newKey();
  await ask("readwrite", (keys) => keys.add({ user, key: made })).catch(() => {}); // another page was faster
  return (await ask("readonly", (keys) => keys.get(user))).key;
}

/** A record as it is written: what belongs to a person is sealed under that person's key. */
async function packed(store, record) {
  if (record.user === undefined) return record;
  const { iv, box } = await sealed(await keyOf(record.user), placeOf(store, record), record);
  return { ...Object.fromEntries(FOUND_BY[store].filter((name) => name in record).map((name) => [name, record[name]])), iv, box };
}

async function unpacked(store, record) {
  if (!record?.box) return record;
  return unsealed(await keyOf(record.user), placeOf(store, record), record);
}

// -- writing ----------------------------------------------------------------------------------------------------------------

/** The last of the writes that wait for each other: sealing takes its time, and an older touch never comes after a newer. */
let last = Promise.resolve();

/**
 * All or nothing: puts and removals in one durable transaction.
 * @param {Array<{store: string, put?: object, remove?: string | number}>} changes
 */
async function write(changes) {
  saving.count += 1;
  const mine = last.then(() => written(changes));
  last = mine.catch(() => {});
  try {
    await mine;
  } finally {
    saving.count -= 1;
  }
  changed.dispatchEvent(new Event("change"));
}

async function written(changes) {
  const records = await Promise.all(changes.map(({ store, put }) => put && packed(store, put)));
  const stores = [...new Set(changes.map((change) => change.store))];
  const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  for (const [number, { store, put, remove }] of changes.entries()) {
    if (put !== undefined) transaction.objectStore(store).put(records[number]);
    else transaction.objectStore(store).delete(remove);
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** How many writes are under way: while there are any, the last touch is not on the disk yet. */
const saving = {
  get count() {
    return Number(document.documentElement.dataset.saving ?? 0);
  },
  set count(number) {
    document.documentElement.dataset.saving = String(number);
  },
};

/** Tells that something was written. */
export const changed = new EventTarget();

// -- drafts and their photos ------------------------------------------------------------------------------------------------

/** @param {string} id */
export const draftOf = (id) => readOne("drafts", id);

/** The drafts of one person, the last changed first. */
export async function draftsOf(user) {
  const found = await readAll("drafts", (store) => store.index("user").getAll(user));
  return found.sort((one, other) => other.changed_at.localeCompare(one.changed_at));
}

/** Keep a draft as it is now. */
export function keepDraft(draft) {
  draft.changed_at = new Date().toISOString();
  return write([{ store: "drafts", put: draft }]);
}

/** The photos of a draft, in the order in which they were taken. */
export async function photosOf(draft) {
  const found = await readAll("photos", (store) => store.index("draft").getAll(draft));
  return found.sort((one, other) => one.kept_at.localeCompare(other.kept_at));
}

/** @param {string} id */
export const photoOf = (id) => readOne("photos", id);

export const keepPhoto = (photo) => write([{ store: "photos", put: photo }]);

export const removePhoto = (id) => write([{ store: "photos", remove: id }]);

/** A draft with all its photos, at once: from a file, or none of it. */
export function keepWhole(draft, photos) {
  return write([{ store: "drafts", put: draft }, ...photos.map((photo) => ({ store: "photos", put: photo }))]);
}

/** What takes the photos of a draft off the phone. */
async function withoutPhotos(draft) {
  const ids = await read("photos", (store) => store.index("draft").getAllKeys(draft));
  return ids.map((id) => ({ store: "photos", remove: id }));
}

/** Forget a draft and its photos. */
export async function removeDraft(id) {
  await write([{ store: "drafts", remove: id }, ...(await withoutPhotos(id))]);
}

/** A visit has arrived: only what the receipt says is kept. */
export async function keepReceipt(draft) {
  const { id, user, subject, visited_on, receipt, changed_at } = draft;
  const put = { id, user, subject: { name: subject.name }, visited_on, receipt, changed_at, state: "sent" };
  await write([{ store: "drafts", put }, ...(await withoutPhotos(id))]);
}

// -- what the portal said ---------------------------------------------------------------------------------------------------

/** @param {string} key e.g. `start:12`, `checklist:3` */
export const known = async (key) => (await readOne("known", key).catch(() => undefined))?.value;

/**
 * @param {string} key
 * @param {any} value
 * @param {number} [user] whose it is: sealed for that person; without one it is the same for everybody
 */
export const keepKnown = (key, value, user) => write([{ store: "known", put: { key, value, user } }]);

/**
 * Forget a person at log-out: what the portal said, and the receipts. Unsent drafts stay, sealed, and wait for that person;
 * when there are none the key goes as well, and with it all that may still lie about on the disk.
 */
export async function forgetPerson(user) {
  const drafts = await draftsOf(user);
  const waits = drafts.some((draft) => draft.state !== "sent");
  const ids = waits ? drafts.filter((draft) => draft.state === "sent").map((draft) => draft.id) : await read("drafts", (store) => store.index("user").getAllKeys(user));
  const photos = waits ? [] : (await Promise.all(ids.map(withoutPhotos))).flat();
  await write([
    ...[`start:${user}`, `subjects:${user}`, "me"].map((key) => ({ store: "known", remove: key })),
    ...ids.map((id) => ({ store: "drafts", remove: id })),
    ...photos,
    ...(waits ? [] : [{ store: "keys", remove: user }]),
  ]);
}
