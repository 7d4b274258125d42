/**
 * Speaking with the portal: what it answers, told apart by what a person can do about it.
 * @module
 */

const API = "/m/api/";
const PATIENCE = 120_000;

/** There is no network, or the portal cannot be reached: try again later. */
export class NoNetwork extends Error {}

/** The portal said no: `status`, `code` and a sentence. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.message || SENTENCES[status] || `系统没有受理(${status})，请稍后再试。`);
    this.status = status;
    this.code = body.code || "";
    this.body = body;
  }

  /** "login" when the session is over, "duty" when the person must see to the account first, e.g. the password. */
  get wants() {
    return this.status === 401 ? this.code : "";
  }

  /** Nothing is wrong with what was sent. */
  get passes() {
    return this.status >= 500 || this.status === 429;
  }
}

const SENTENCES = {
  413: "照片太大或太多，请删去几张后再试。",
  429: "系统繁忙，稍后会自动再试。",
  503: "系统正在维护，稍后会自动再试。",
};

let token = "";

async function ask(path, options = {}) {
  const { signal, clear } = patience();
  let response;
  try {
    response = await fetch(API + path, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal, ...options });
  } catch {
    throw new NoNetwork();
  } finally {
    clear();
  }
  token = response.headers.get("X-CSRFToken") || token;
  if (response.type === "opaqueredirect") throw new Refused(401, { code: "duty" });
  if (response.status === 304) return { fresh: false, etag: "", body: null };
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return { fresh: true, etag: response.headers.get("ETag") || "", body };
}

function patience() {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/**
 * Who I am here, the checklists, my month.
 * @param {string} etag of the answer that is known; `fresh` is false when nothing changed
 */
export const start = (etag) => ask("start/", { headers: etag ? { "If-None-Match": etag } : {} });

/** Institutions and open unlicensed sites of my area: all (or the first 50) without words. */
export const subjects = async (words = "") => (await ask(`subjects/?${new URLSearchParams({ q: words })}`)).body;

/**
 * File a visit. The token belongs to the session: after a new log-in it is fetched again, once.
 * @param {FormData} form
 */
export async function file(form) {
  if (!token) await start("");
  try {
    return await post(form);
  } catch (refusal) {
    if (!(refusal instanceof Refused) || refusal.status !== 403 || refusal.code !== "csrf") throw refusal;
    await start("");
    return post(form);
  }
}

const post = async (body) => (await ask("visits/", { method: "POST", headers: { "X-CSRFToken": token }, body })).body;
