/**
 * What is kept on this phone, in IndexedDB: drafts with their photos, and what the portal last said.
 *
 * Written durably: what was answered is still there after the browser was killed. Upgrades only ever add.
 * @module
 */

const NAME = "shuanjian";
const VERSION = 1;

/** Steps of the database, one a version; a step that was released never changes. */
const STEPS = [
  (database) => {
    database.createObjectStore("drafts", { keyPath: "id" }).createIndex("user", "user");
    database.createObjectStore("photos", { keyPath: "id" }).createIndex("draft", "draft");
    database.createObjectStore("known", { keyPath: "key" });
  },
];

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = (event) => {
      for (const step of STEPS.slice(event.oldVersion, VERSION)) step(asked.result);
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

async function read(store, ask) {
  const transaction = (await database()).transaction(store, "readonly");
  return answer(ask(transaction.objectStore(store)));
}

/**
 * All or nothing: puts and removals in one durable transaction.
 * @param {Array<{store: string, put?: object, remove?: string}>} changes
 */
async function write(changes) {
  saving.count += 1;
  try {
    await written(changes);
  } finally {
    saving.count -= 1;
  }
  changed.dispatchEvent(new Event("change"));
}

async function written(changes) {
  const stores = [...new Set(changes.map((change) => change.store))];
  const transaction = (await database()).transaction(stores, "readwrite", { durability: "strict" });
  for (const { store, put, remove } of changes) {
    if (put !== undefined) transaction.objectStore(store).put(put);
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
export const draftOf = (id) => read("drafts", (store) => store.get(id));

/** The drafts of one person, the last changed first. */
export async function draftsOf(user) {
  const found = await read("drafts", (store) => store.index("user").getAll(user));
  return found.sort((one, other) => other.changed_at.localeCompare(one.changed_at));
}

/** Keep a draft as it is now. */
export function keepDraft(draft) {
  draft.changed_at = new Date().toISOString();
  return write([{ store: "drafts", put: draft }]);
}

/** The photos of a draft, in the order in which they were taken. */
export async function photosOf(draft) {
  const found = await read("photos", (store) => store.index("draft").getAll(draft));
  return found.sort((one, other) => one.kept_at.localeCompare(other.kept_at));
}

/** @param {string} id */
export const photoOf = (id) => read("photos", (store) => store.get(id));

export const keepPhoto = (photo) => write([{ store: "photos", put: photo }]);

export const removePhoto = (id) => write([{ store: "photos", remove: id }]);

/** A draft with all its photos, at once: from a file, or none of it. */
export function keepWhole(draft, photos) {
  return write([{ store: "drafts", put: draft }, ...photos.map((photo) => ({ store: "photos", put: photo }))]);
}

/** Forget a draft and its photos. */
export async function removeDraft(id) {
  const photos = await photosOf(id);
  await write([{ store: "drafts", remove: id }, ...photos.map((photo) => ({ store: "photos", remove: photo.id }))]);
}

/** A visit has arrived: only what the receipt says is kept. */
export async function keepReceipt(draft) {
  const { id, user, subject, visited_on, receipt, changed_at } = draft;
  const photos = await photosOf(id);
  await write([
    { store: "drafts", put: { id, user, subject, visited_on, receipt, changed_at, state: "sent" } },
    ...photos.map((photo) => ({ store: "photos", remove: photo.id })),
  ]);
}

// -- what the portal said ---------------------------------------------------------------------------------------------------

/** @param {string} key e.g. `start:12`, `checklist:3` */
export const known = async (key) => (await read("known", (store) => store.get(key)))?.value;

export const keepKnown = (key, value) => write([{ store: "known", put: { key, value } }]);

/** Forget what is known for a person: at log-out. Drafts stay, and wait for that person. */
export function forgetPerson(user) {
  return write([`start:${user}`, `subjects:${user}`, "me"].map((key) => ({ store: "known", remove: key })));
}
