/**
 * Where: the QR code on the door, or a place chosen from those of my area; also without a network.
 * @module
 */
import { begin } from "./draft.js";
import { button, field, h, say } from "./html.js";
import { findSubjects, matching, standing, subjectsKnown } from "./person.js";
import { remindOfFaces } from "./photos.js";

const SHOWN = 50;
const PAUSE = 300;
const PUBLIC_PAGE = /\/institutions\/([^/]+)\//;

/** @param {{go: (address: string) => void}} app */
export async function pickScreen(app) {
  const list = h("ul", { class: "list", "aria-label": "可检查的机构和场所" });
  const found = h("p", { class: "sub", role: "status" });
  const input = h("input", { type: "search", autocomplete: "off", enterkeyhint: "search", value: "" });
  let places = await subjectsKnown();

  const choose = async (place) => {
    const draft = await begin(standing, place);
    if (!localStorage.getItem("faces")) {
      localStorage.setItem("faces", "1");
      await remindOfFaces();
    }
    app.go(`#/d/${draft.id}/head`);
  };
  const show = () => {
    const matches = matching(places, input.value);
    found.textContent = matches.length ? `共 ${matches.length} 处${matches.length > SHOWN ? `，先列${SHOWN}处` : ""}` : "没有找到。请换个词，或检查是否属于您的片区。";
    list.replaceChildren(...matches.slice(0, SHOWN).map((place) => placeRow(place, choose)));
    list.hidden = !matches.length;
  };
  const ask = async () => {
    try {
      await findSubjects(input.value.trim());
      places = await subjectsKnown();
      show();
    } catch {
      // What is known was shown already.
    }
  };
  let timer;
  input.addEventListener("input", () => {
    show();
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  show();
  ask();
  return h("div", {}, scanButton(choose), field("机构名称、地址或拼音首字母", input), found, list);
}

const placeRow = (place, choose) =>
  h("li", {}, h("button", { type: "button", class: "row plain", onclick: () => choose(place) },
    h("span", { class: "text" }, h("strong", {}, place.name), h("span", { class: "sub" }, [place.town, place.address].filter(Boolean).join(" "))),
    place.kind === "unlicensed" ? h("span", { class: "chip chip-notice" }, "无证场所") : h("span", { class: "chip" }, place.category)));

function scanButton(choose) {
  if (!("BarcodeDetector" in globalThis)) return h("p", { class: "sub" }, "本浏览器不能扫码，请在下面查找。");
  return button("扫门口的二维码", () => scan(choose), "main-button");
}

async function scan(choose) {
  const video = h("video", { playsinline: true, muted: true, "aria-label": "摄像头画面" });
  const dialog = h("dialog", { class: "wide", "aria-label": "扫码" }, h("p", {}, "对准门口公示牌上的二维码"), video, button("取消", () => dialog.close(), "plain-button"));
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say("打不开摄像头，请在下面查找。");
  }
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
  });
  dialog.showModal();
  video.srcObject = stream;
  await video.play();
  const seen = await firstCode(video, dialog);
  dialog.close();
  if (seen) await chooseScanned(seen, choose);
}

async function firstCode(video, dialog) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (dialog.open) {
    const codes = await detector.detect(video).catch(() => []);
    if (codes.length) return codes[0].rawValue;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return "";
}

/** The poster's code holds the address of the institution's public page, and that its public id. */
export async function chooseScanned(text, choose) {
  const id = PUBLIC_PAGE.exec(text)?.[1];
  if (!id) return say("这不是机构公示牌的二维码。");
  const isIt = (place) => place.public_id === id;
  const place = (await subjectsKnown()).find(isIt) ?? (await findSubjects(id).catch(() => [])).find(isIt);
  return place ? choose(place) : say("这家机构不在您的片区，或现在没有网络查不到。");
}
