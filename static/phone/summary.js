/**
 * The end of a visit: what was found, what is still missing, the conclusion; then it goes into the outbox.
 * @module
 */
import { SEVERITIES, faults, missing, progress } from "./draft.js";
import { button, field, h, say, segments } from "./html.js";
import { putIn } from "./outbox.js";
import { standing } from "./person.js";
import { coarsePlace, photoTiles } from "./photos.js";
import { draftOf, keepDraft } from "./store.js";

/** What no visit with a problem can have come to. */
const PROBLEM_FREE = new Set(["clean", "closed_door"]);

/**
 * @param {{go: (address: string) => void, supervisor: boolean}} app
 * @param {{draft: object, checklist: object, photos: Array<object>}} whole
 */
export function summaryScreen(app, whole) {
  const { draft, checklist, photos } = whole;
  const lacking = h("div", {});
  const send = button("提交", () => submit(), "main-button");
  const far = h("p", {});
  const { answered, of } = progress(draft, checklist);
  const look = () => {
    far.textContent = `已答 ${answered}/${of}，照片 ${photos.length} 张。`;
    const found = missing(draft, checklist, photos, standing.start);
    lacking.replaceChildren(...lackingList(found, draft));
    return found;
  };
  const submit = async () => {
    if (look().length) {
      lacking.scrollIntoView({ block: "center" });
      return say("还差几项，见页面中的提示。");
    }
    send.disabled = true;
    await putIn(draft);
    const now = await draftOf(draft.id);
    return app.go(now?.state === "sent" ? `#/receipt/${draft.id}` : "#/");
  };
  const page = h("div", { class: "sheet" },
    far,
    found(draft, checklist),
    outcome(app, draft, checklist, look),
    text(draft, "remark", "情况说明", 2000),
    text(draft, "accompanied_by", "机构陪同人员", 120),
    text(draft, "statement", "机构的说明或申辩", 1000),
    h("h2", {}, "位置"), placeBlock(draft, look),
    h("h2", {}, "现场照片"), photoTiles({ draft, code: "", photos, title: "现场", change: look }),
    lacking, h("div", { class: "stick" }, send));
  look();
  return page;
}

function lackingList(found, draft) {
  if (!found.length) return [];
  const line = ({ where, text: words }) => h("li", {}, where === "summary" ? words : h("a", { href: `#/d/${draft.id}/${where}` }, words));
  return [h("div", { class: "note", id: "missing" }, h("h2", {}, "还差"), h("ul", {}, found.map(line)))];
}

function found(draft, checklist) {
  const rows = faults(draft, checklist).map((item) =>
    h("li", {}, h("a", { class: "row", href: `#/d/${draft.id}/${item.code[0]}` },
      h("span", { class: "text" }, h("strong", {}, `${item.code} ${item.text}`), h("span", { class: "sub" }, draft.notes[item.code] ?? "")),
      h("span", { class: `chip severity-${item.severity}` }, SEVERITIES[item.severity]))));
  if (!rows.length) return h("p", { class: "sub" }, "没有答“否”的项目。");
  return h("div", {}, h("h2", {}, "发现的问题 ", h("span", { class: "n" }, rows.length)), h("ul", { class: "list" }, rows));
}

function outcome(app, draft, checklist, look) {
  const troubled = faults(draft, checklist).length > 0;
  const choices = standing.start.outcomes.filter((each) => !troubled || !PROBLEM_FREE.has(each.value));
  if (!choices.some((each) => each.value === draft.outcome)) draft.outcome = "";
  if (!draft.outcome && !troubled) draft.outcome = "clean";
  return segments({
    name: "outcome", legend: "检查结论", choices, value: draft.outcome,
    change: async (value) => {
      draft.outcome = value;
      await keepDraft(draft);
      look();
    },
  });
}

function text(draft, name, label, most) {
  const input = h("textarea", { rows: 2, maxlength: most, value: draft[name] });
  input.addEventListener("input", () => {
    draft[name] = input.value;
    return keepDraft(draft);
  });
  return field(label, input, "（可不填）");
}

function placeBlock(draft, look) {
  const state = h("p", { class: "sub", role: "status" });
  const reason = h("input", { type: "text", maxlength: 120, value: draft.no_place_reason, autocomplete: "off" });
  reason.addEventListener("input", () => {
    draft.no_place_reason = reason.value;
    return keepDraft(draft);
  });
  const why = field("没有定位的原因", reason, "（可不填，如：室内没有信号）");
  const show = () => {
    state.textContent = draft.place ? "已记录大致位置（约1公里内）。" : "还没有记录位置。";
    why.hidden = Boolean(draft.place);
  };
  const record = async () => {
    state.textContent = "正在定位……";
    draft.place = await coarsePlace();
    show();
    if (!draft.place) state.textContent = "定位没有成功，可写明原因，不影响提交。";
    await keepDraft(draft);
    look();
  };
  show();
  return h("div", {}, state, button("记录位置", record, "plain-button"), why);
}
