/**
 * Where: the QR code on the door, or a place chosen from those of my area; also without a network.
 * @module
 */
import { begin } from "./draft.js";
import { field, h, say } from "./html.js";
import { findSubjects, matching, standing, subjectsKnown } from "./person.js";
import { remindOfFaces } from "./photos.js";
import { scanButton } from "./scan.js";

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
    const id = idIn(input.value);
    const matches = id ? places.filter((place) => place.public_id === id) : matching(places, input.value);
    found.textContent = matches.length ? `共 ${matches.length} 处${matches.length > SHOWN ? `，先列${SHOWN}处` : ""}` : "没有找到。请换个词，或检查是否属于您的片区。";
    list.replaceChildren(...matches.slice(0, SHOWN).map((place) => placeRow(place, choose)));
    list.hidden = !matches.length;
  };
  const ask = async () => {
    try {
      await findSubjects(idIn(input.value) ?? input.value.trim());
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
  const scanning = scanButton((text) => chooseScanned(text, choose), () => input.focus());
  return h("div", {}, scanning, field("名称、地址、拼音首字母或公开编号", input), found, list);
}

const placeRow = (place, choose) =>
  h("li", {}, h("button", { type: "button", class: "row plain", onclick: () => choose(place) },
    h("span", { class: "text" }, h("strong", {}, place.name), h("span", { class: "sub" }, [place.town, place.address].filter(Boolean).join(" "))),
    place.kind === "unlicensed" ? h("span", { class: "chip chip-notice" }, "无证场所") : h("span", { class: "chip" }, place.category)));

/** The public id in the address of an institution's public page. */
const idIn = (text) => PUBLIC_PAGE.exec(text)?.[1];

/** The poster's code holds the address of the institution's public page, and that its public id. */
async function chooseScanned(text, choose) {
  const id = idIn(text);
  if (!id) return say("这不是机构公示牌的二维码。");
  const isIt = (place) => place.public_id === id;
  const place = (await subjectsKnown()).find(isIt) ?? (await findSubjects(id).catch(() => [])).find(isIt);
  return place ? choose(place) : say("这家机构不在您的片区，或现在没有网络查不到。");
}
