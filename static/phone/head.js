/**
 * The head of a visit: kind, day, part of the day, who went, how many people were there.
 * @module
 */
import { COUNTS, SLOTS, chooseKind, dayOf } from "./draft.js";
import { field, h, segments } from "./html.js";
import { standing } from "./person.js";
import { locate } from "./photos.js";
import { keepDraft } from "./store.js";

/**
 * @param {{go: (address: string) => void, show: () => Promise<void>}} app
 * @param {{draft: object, checklist: object, photos: Array<object>}} whole
 */
export function headScreen(app, { draft, checklist }) {
  const { start } = standing;
  locate(draft);
  const keep = (name, value) => {
    draft[name] = value;
    return keepDraft(draft);
  };
  const kind = start.kinds.find((each) => each.value === draft.kind);
  const page = h("form", { class: "sheet", onsubmit: (event) => event.preventDefault() },
    h("p", { class: "sub" }, [draft.subject.town, draft.subject.address].filter(Boolean).join(" ")));
  if (start.kinds.length > 1) {
    page.append(segments({
      name: "kind", legend: "检查类型", choices: start.kinds, value: draft.kind,
      change: async (value) => {
        chooseKind(draft, start.kinds.find((each) => each.value === value));
        await keepDraft(draft);
        await app.show();
      },
    }));
  }
  page.append(
    ...checklistChoice(app, draft, start),
    field("检查日期", h("input", { type: "date", value: draft.visited_on, max: dayOf(new Date()), onchange: (event) => keep("visited_on", event.target.value) })),
    segments({ name: "slot", legend: "时段", choices: SLOTS, value: draft.slot, look: "three", change: (value) => keep("slot", value) }),
    ...(kind?.officers ? officers(draft, start, kind) : []),
    ...campaigns(draft, start),
    h("h2", {}, "现场人数", h("span", { class: "sub" }, "看不清或还有人时勾“余”")),
    ...COUNTS.filter((count) => !app.supervisor || !count.officers).map((count) => headCount(draft, count)),
    h("div", { class: "stick" }, h("a", { class: "main-button", href: `#/d/${draft.id}/${checklist.sections[0].code}` }, "开始逐项检查")),
  );
  return page;
}

function checklistChoice(app, draft, start) {
  if (start.checklists.length < 2) return [];
  const input = h("select", {
    onchange: async () => {
      draft.checklist = Number(input.value);
      await keepDraft(draft);
      await app.show();
    },
  }, start.checklists.map((each) => h("option", { value: each.id, selected: each.id === draft.checklist }, `${each.name} 第${each.number}版`)));
  return [field("检查清单", input)];
}

function headCount(draft, { name, label }) {
  const input = h("input", { type: "number", inputmode: "numeric", min: 0, max: 9999, value: draft[name] ?? "" });
  input.addEventListener("change", () => {
    draft[name] = input.value === "" ? null : Math.max(0, Math.min(9999, Math.round(Number(input.value))));
    return keepDraft(draft);
  });
  const more = h("input", { type: "checkbox", checked: draft[`${name}_at_least`] });
  more.addEventListener("change", () => {
    draft[`${name}_at_least`] = more.checked;
    return keepDraft(draft);
  });
  return h("div", { class: "count" }, field(label, input), h("label", { class: "tick" }, more, h("span", {}, "余", h("span", { class: "visually-hidden" }, `：${label}不止这些`))));
}

function officers(draft, start, kind) {
  const choices = start.colleagues.map((each) => ({ id: each.post, label: each.name, sub: each.organ }));
  return ticks(draft, "officers", `同行人员（本类检查须${kind.officers}人以上，含本人）`, choices);
}

const campaigns = (draft, start) =>
  start.campaigns.length ? ticks(draft, "campaigns", "计入哪些专项行动", start.campaigns.map((each) => ({ id: each.id, label: each.name }))) : [];

function ticks(draft, name, legend, choices) {
  if (!choices.length) return [h("p", { class: "sub" }, `${legend}：没有可选的。`)];
  const rows = choices.map(({ id, label, sub }) => {
    const input = h("input", { type: "checkbox", checked: draft[name].includes(id) });
    input.addEventListener("change", () => {
      draft[name] = input.checked ? [...draft[name], id] : draft[name].filter((each) => each !== id);
      return keepDraft(draft);
    });
    return h("label", { class: "tick row" }, input, h("span", { class: "text" }, label, sub && h("span", { class: "sub" }, sub)));
  });
  return [h("fieldset", { class: "ticks" }, h("legend", {}, legend), rows)];
}
