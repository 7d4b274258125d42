/**
 * Photos: taken or chosen, turned upright, shrunk on the phone, kept with the hash of the original, time and coarse place.
 * @module
 */
import { h, button, question, say } from "./html.js";
import { keepDraft, keepPhoto, photoOf, removePhoto } from "./store.js";
import { blurred } from "./blur.js";

export const LONG_SIDE = 1600;
export const MOST = 20;
const QUALITY = 0.8;

/**
 * Where the phone is, to a hundredth of a degree (about a kilometre); null when it does not say.
 * @returns {Promise<{lat: number, lon: number} | null>}
 */
export function coarsePlace() {
  if (!navigator.geolocation) return Promise.resolve(null);
  const coarse = (degrees) => Math.round(degrees * 100) / 100;
  return new Promise((resolve) => {
    const found = ({ coords }) => resolve({ lat: coarse(coords.latitude), lon: coarse(coords.longitude) });
    navigator.geolocation.getCurrentPosition(found, () => resolve(null), { timeout: 8000, maximumAge: 300_000 });
  });
}

/** Ask once, without holding anybody up, where a visit takes place. */
export async function locate(draft) {
  if (draft.place || asked.has(draft.id)) return;
  asked.add(draft.id);
  const place = await coarsePlace();
  if (!place || draft.place || draft.state !== "draft") return;
  draft.place = place;
  await keepDraft(draft);
}

const asked = new Set();

/**
 * The picture as the portal gets it: upright, at most 1600 pixels long, JPEG without what the camera wrote into it.
 * @param {Blob} file
 */
export async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height));
  const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return jpegOf(canvas);
}

/** A canvas as the bytes of a JPEG. */
export async function jpegOf(canvas) {
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob.arrayBuffer();
}

/** SHA-256 as hexadecimal digits. */
export async function sha256(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function take(file, draft, code) {
  return {
    id: crypto.randomUUID(),
    draft: draft.id,
    user: draft.user,
    code,
    data: await shrunk(file),
    type: "image/jpeg",
    sha256: await sha256(await file.arrayBuffer()),
    taken_at: new Date(Math.min(file.lastModified || Date.now(), Date.now())).toISOString(),
    kept_at: new Date().toISOString(),
    lat: draft.place?.lat ?? null,
    lon: draft.place?.lon ?? null,
  };
}

/**
 * The photos of one item, with the two buttons.
 * @param {{draft: object, code: string, photos: Array<object>, title: string, change: () => any}} given `photos` are all of the draft
 */
export function photoTiles({ draft, code, photos, title, change }) {
  // What was taken for a 否 that is none any more is shown with the photos of the place.
  const belongs = (photo) => photo.code === code || (!code && draft.answers[photo.code] !== "no");
  const mine = () => photos.filter(belongs);
  const tiles = h("ul", { class: "tiles" });
  const place = h("div", { class: "shots" }, tiles);
  const show = () => {
    for (const image of tiles.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    tiles.replaceChildren(...mine().map((photo, number) => tile(photo, `${title} 照片${number + 1}`)));
    tiles.hidden = !mine().length;
  };
  const tile = (photo, name) =>
    h("li", {}, h("img", { src: URL.createObjectURL(new Blob([photo.data], { type: photo.type })), alt: name }),
      h("div", { class: "tile-buttons" },
        button("遮挡", () => cover(photo), "small", { "aria-label": `${name}：遮挡人脸` }),
        retake(photo, name),
        button("删除", () => remove(photo), "small", { "aria-label": `${name}：删除` })));
  const add = async (files) => {
    for (const file of files) {
      if (photos.length >= MOST) return say(`一次检查最多${MOST}张照片。`);
      await keep(file);
    }
  };
  const keep = async (file) => {
    try {
      const photo = await take(file, draft, code);
      await keepPhoto(photo);
      photos.push(photo);
      say("照片已存在手机里。若拍到孩子的脸，请点“遮挡”。");
      show();
      change();
    } catch {
      say("这张照片打不开，请重新拍一张或换一张。");
    }
  };
  const remove = async (photo) => {
    await removePhoto(photo.id);
    photos.splice(photos.indexOf(photo), 1);
    show();
    change();
  };
  const cover = async (photo) => {
    const data = await blurred(await photoOf(photo.id));
    if (!data) return;
    photo.data = data;
    await keepPhoto(photo);
    show();
  };
  const retake = (photo, name) => chooser("重拍", `${name}：重拍`, true, async (files) => {
    const before = photos.length;
    await add(files);
    if (photos.length > before) await remove(photo);
  });
  place.append(h("div", { class: "photo-buttons" },
    chooser("拍照", `${title}：拍照`, true, add), chooser("相册", `${title}：从相册选`, false, add)));
  show();
  return place;
}

/** A button that opens the camera, or, without `camera`, whatever the phone offers: some hide one when asked for both. */
function chooser(text, label, camera, chosen) {
  const input = h("input", { type: "file", accept: "image/*", capture: camera ? "environment" : null, multiple: !camera, "aria-label": label });
  input.addEventListener("change", async () => {
    const files = [...input.files];
    await chosen(files);
    input.value = "";
  });
  return h("label", { class: "small file" }, input, h("span", { "aria-hidden": "true" }, text));
}

/** The reminder before the first photo of a draft. */
export const remindOfFaces = () =>
  question("拍照提醒", "请拍场所和问题，尽量不拍孩子的脸；拍到了请用“遮挡”涂掉。照片只供主管部门核实，不公开。", [
    { value: "ok", text: "知道了", look: "main-button" },
  ]);
