/**
 * The code on the door: read by the browser where it can, else by a reader that is fetched when it is first needed and kept
 * for when there is no network.
 * @module
 */
import { button, h, say } from "./html.js";

const READER = "../vendor/jsqr/jsQR.js";
const PAUSE = 200; // milliseconds between two looks
const WIDEST = 800; // pixels looked at: a code that fills a third of the picture still has enough

/** Whether the browser reads QR codes by itself. */
async function readsItself() {
  if (!("BarcodeDetector" in globalThis)) return false;
  return (await BarcodeDetector.getSupportedFormats().catch(() => [])).includes("qr_code");
}

/** Have the reader kept by the worker, so that scanning works without a network as well. */
export async function keepReader() {
  if (await readsItself()) return;
  (await navigator.serviceWorker?.ready)?.active.postMessage("keep later");
}

/** @returns {Promise<(video: HTMLVideoElement) => Promise<string>>} looks once; "" when there is no code */
async function reader() {
  if (await readsItself()) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
  }
  await import(READER);
  const canvas = h("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}

/**
 * The button, where there is a camera to open.
 * @param {(text: string) => any} found gets what the code says
 * @param {() => any} otherwise is called when there is no scanning: the place is then looked up by hand
 */
export function scanButton(found, otherwise) {
  if (!navigator.mediaDevices?.getUserMedia) return h("p", { class: "sub" }, "本浏览器打不开摄像头，请在下面查找。");
  return button("扫门口的二维码", () => scan(found, otherwise), "main-button");
}

async function scan(found, otherwise) {
  const trouble = (words) => {
    say(words);
    otherwise();
  };
  let look;
  try {
    look = await reader();
  } catch {
    return trouble("扫码功能还没有下载好，请联网再试，或在下面查找。");
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (refusal) {
    const why = refusal.name === "NotAllowedError" ? "没有获得使用摄像头的许可" : "没有找到摄像头";
    return trouble(`${why}，请在下面查找，或输入公示牌上的公开编号。`);
  }
  const text = await seen(stream, look);
  return text ? found(text) : undefined;
}

/** Show what the camera sees until there is a code in it, or the person gives up. */
async function seen(stream, look) {
  const video = h("video", { playsinline: true, muted: true, "aria-label": "摄像头画面" });
  const dialog = h("dialog", { class: "wide", "aria-label": "扫码" },
    h("p", {}, "对准门口公示牌上的二维码"), video, button("取消", () => dialog.close(), "plain-button"));
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
  });
  dialog.showModal();
  video.srcObject = stream;
  await video.play().catch(() => {});
  let text = "";
  while (dialog.open && !text) {
    if (video.videoWidth) text = await look(video);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  if (dialog.open) dialog.close();
  return text;
}
