/**
 * Sealing what lies on this phone: AES-256-GCM under a key of the person, which no script can read out and no file holds
 * as text. A record sealed for one place (store, id, person) does not open in another.
 * @module
 */

const ALGORITHM = "AES-GCM";
const encoder = new TextEncoder();

/** A key that works in this browser and cannot be taken out of it. */
export const newKey = () => crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]);

/**
 * Facts and the bytes of a picture as one box: four bytes say how long the facts are.
 * @param {CryptoKey} key
 * @param {string} place
 * @param {{data?: ArrayBuffer}} value
 * @returns {Promise<{iv: Uint8Array, box: ArrayBuffer}>}
 */
export async function sealed(key, place, { data = new ArrayBuffer(0), ...facts }) {
  const text = encoder.encode(JSON.stringify(facts));
  const plain = new Uint8Array(4 + text.length + data.byteLength);
  new DataView(plain.buffer).setUint32(0, text.length);
  plain.set(text, 4);
  plain.set(new Uint8Array(data), 4 + text.length);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: ALGORITHM, iv, additionalData: encoder.encode(place) }, key, plain) };
}

/** What was sealed for this place; rejects when key, place or box is another. */
export async function unsealed(key, place, { iv, box }) {
  const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv, additionalData: encoder.encode(place) }, key, box);
  const end = 4 + new DataView(plain).getUint32(0);
  const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, end - 4)));
  return plain.byteLength > end ? { ...facts, data: plain.slice(end) } : facts;
}
