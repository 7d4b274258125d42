/**
 * One section of the checklist: big answers, a note and photos only where 否 was said; each answer is kept at once.
 * In 长者模式 one question fills the screen.
 * @module
 */
import { ANSWERS, SEVERITIES, progress } from "./draft.js";
import { button, h, say, segments } from "./html.js";
import { photoTiles } from "./photos.js";
import { keepDraft } from "./store.js";

const elder = () => document.documentElement.hasAttribute("data-elder");

/**
 * @param {{go: (address: string) => void}} app
 * @param {{draft: object, checklist: object, photos: Array<object>}} whole
 * @param {string} code of the section
 * @param {string} [step] the number of the question, in 长者模式
 */
export function sectionScreen(app, whole, code, step) {
  const { draft, checklist } = whole;
  const number = checklist.sections.findIndex((section) => section.code === code);
  const section = checklist.sections[number];
  const bar = h("div", { class: "progress" });
  const showProgress = () => bar.replaceChildren(...dots(draft, checklist, code));
  showProgress();
  const items = elder() ? [section.items[Number(step) || 0]] : section.items;
  const cards = items.map((item) => itemCard(item, whole, showProgress));
  const page = h("div", {}, bar, h("h2", { class: "section-title" }, `${section.code} ${section.title}`), cards.map((card) => card.element));
  page.append(sectionButtons(app, whole, section, cards, showProgress));
  page.append(h("div", { class: "stick" }, onwards(draft, checklist, number, Number(step) || 0)));
  return page;
}

function dots(draft, checklist, here) {
  const { sections, answered, of } = progress(draft, checklist);
  const dot = ({ section, answered: done, of: all }) => {
    const state = done === all ? "done" : done ? "begun" : "";
    const label = `${section.code} ${section.title}，已答${done}/${all}`;
    const current = section.code === here ? "step" : null;
    const link = { href: `#/d/${draft.id}/${section.code}`, class: `dot ${state}`, "aria-label": label, "aria-current": current };
    return h("li", {}, h("a", link, section.code));
  };
  return [h("ol", { class: "dots", "aria-label": "各部分进度" }, sections.map(dot)), h("p", { class: "far", "data-progress": true }, `${answered}/${of}`)];
}

function itemCard(item, { draft, photos }, showProgress) {
  const more = h("div", { class: "more-no" });
  const showMore = () => more.replaceChildren(...(draft.answers[item.code] === "no" ? noBlock(item, draft, photos) : []));
  const legend = h("span", {}, h("b", {}, item.code), " ", item.text);
  const set = async (value) => {
    draft.answers[item.code] = value;
    showMore();
    showProgress();
    await keepDraft(draft);
  };
  const choose = segments({ name: item.code, legend, choices: ANSWERS, value: draft.answers[item.code], look: "four", change: set });
  const marks = h("p", { class: "marks" },
    h("span", { class: `chip severity-${item.severity}` }, SEVERITIES[item.severity]),
    item.officer_only && h("span", { class: "chip" }, "◐ 一般看不到，可选“无法查看”"),
    item.basis && h("span", { class: "sub" }, item.basis));
  showMore();
  const check = (value) => {
    const input = choose.querySelector(`input[value="${value}"]`);
    input.checked = true;
    return set(value);
  };
  return { item, check, element: h("section", { class: "item", "data-code": item.code }, choose, marks, more) };
}

function noBlock(item, draft, photos) {
  const note = h("textarea", { rows: 2, maxlength: 1000, value: draft.notes[item.code] ?? "", "aria-label": `${item.code} 看到了什么`, placeholder: "看到了什么？写一句" });
  note.addEventListener("input", () => {
    draft.notes[item.code] = note.value;
    return keepDraft(draft);
  });
  if (item.photo === "no") return [note];
  const wish = h("p", { class: "sub" });
  const change = () => {
    const lacks = item.photo === "must" && !photos.some((photo) => photo.code === item.code);
    wish.textContent = lacks ? "方便的话请拍一张照片，核实时用得上。" : "";
    wish.hidden = !lacks;
  };
  change();
  return [note, photoTiles({ draft, code: item.code, photos, title: item.code, change }), wish];
}

/** 本区全部合格 for what is still open; it asks for a photo of the section, kindly. */
function sectionButtons(app, { draft, photos }, section, cards, showProgress) {
  const open = () => section.items.filter((item) => !draft.answers[item.code]);
  const wish = h("p", { class: "note", role: "status", hidden: true });
  const tiles = photoTiles({ draft, code: "", photos, title: "现场", change: () => (wish.hidden = true) });
  const all = async () => {
    for (const item of open()) draft.answers[item.code] = item.officer_only && app.supervisor ? "unseen" : "yes";
    for (const { item } of cards) syncCard(item, draft);
    showProgress();
    await keepDraft(draft);
    if (!photos.length) {
      wish.textContent = "请拍一张本区的现场照片。";
      wish.hidden = false;
    }
    say(`${section.title}已全部记为合格。`);
  };
  const unseen = async () => {
    for (const item of open().filter((each) => each.officer_only)) draft.answers[item.code] = "unseen";
    for (const { item } of cards) syncCard(item, draft);
    showProgress();
    await keepDraft(draft);
  };
  const hidden = section.items.some((item) => item.officer_only);
  return h("div", { class: "section-buttons" },
    button("本区全部合格", all, "plain-button good"),
    hidden && app.supervisor && button("◐ 各项记为“无法查看”", unseen, "plain-button"),
    wish, h("h3", {}, "现场照片"), tiles);
}

function syncCard(item, draft) {
  const input = document.querySelector(`[data-code="${item.code}"] input[value="${draft.answers[item.code]}"]`);
  if (input) input.checked = true;
}

function onwards(draft, checklist, number, step) {
  const base = `#/d/${draft.id}`;
  const section = checklist.sections[number];
  const forward = (href, text) => h("a", { class: "main-button", href }, text);
  const next = checklist.sections[number + 1];
  const last = next ? forward(`${base}/${next.code}`, `下一部分：${next.code} ${next.title}`) : forward(`${base}/summary`, "检查结论");
  if (!elder()) return last;
  const before = checklist.sections[number - 1];
  const lastBefore = before ? `${base}/${before.code}/${before.items.length - 1}` : `${base}/head`;
  const back = step > 0 ? `${base}/${section.code}/${step - 1}` : lastBefore;
  const on = step + 1 < section.items.length ? forward(`${base}/${section.code}/${step + 1}`, "下一题") : last;
  return h("div", { class: "pair" }, h("a", { class: "plain-button as-link", href: back }, "上一题"), on);
}
