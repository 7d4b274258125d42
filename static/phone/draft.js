/**
 * A visit being written down: what is answered, what is missing, what is sent.
 * @module
 */
import { checklistOf } from "./person.js";
import { keepDraft, photosOf } from "./store.js";

export const ANSWERS = [
  { value: "yes", label: "是" },
  { value: "no", label: "否" },
  { value: "na", label: "不适用" },
  { value: "unseen", label: "无法查看" },
];
export const SEVERITIES = { light: "轻", major: "重", critical: "严" };
export const SLOTS = [
  { value: "morning", label: "上午" },
  { value: "afternoon", label: "下午" },
  { value: "evening", label: "晚上" },
];
export const COUNTS = [
  { name: "pupils", label: "现场学生" },
  { name: "teachers", label: "现场教师" },
  { name: "dispersed", label: "清散学生", officers: true },
];

const two = (number) => String(number).padStart(2, "0");

/** A day as the portal writes it, in the phone's time. */
export const dayOf = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

const slotOf = (moment) => (moment.getHours() < 12 ? "morning" : moment.getHours() < 18 ? "afternoon" : "evening");

/**
 * Begin a visit at a place and keep it.
 * @param {{me: object, start: object}} standing
 * @param {object} subject
 */
export async function begin({ me, start }, subject) {
  const now = new Date();
  const draft = {
    id: crypto.randomUUID(),
    user: me.id,
    state: "draft",
    kind: start.kinds[0].value,
    subject,
    checklist: start.kinds[0].checklist,
    visited_on: dayOf(now),
    slot: slotOf(now),
    started_at: now.toISOString(),
    ended_at: "",
    answers: {},
    notes: {},
    place: null,
    no_place_reason: "",
    pupils: null,
    pupils_at_least: false,
    teachers: null,
    teachers_at_least: false,
    dispersed: null,
    dispersed_at_least: false,
    outcome: "",
    remark: "",
    accompanied_by: "",
    statement: "",
    covert: start.kinds[0].covert,
    officers: [],
    campaigns: [],
    tries: 0,
    next_at: 0,
  };
  await keepDraft(draft);
  return draft;
}

/** Another kind of visit may ask by another checklist; answers to items that it does not have are not sent. */
export function chooseKind(draft, kind) {
  draft.kind = kind.value;
  draft.checklist = kind.checklist;
  draft.covert = kind.covert;
}

/**
 * How far a draft is.
 * @param {object} draft
 * @param {object} checklist
 */
export function progress(draft, checklist) {
  const sections = checklist.sections.map((section) => {
    const answered = section.items.filter((item) => draft.answers[item.code]).length;
    return { section, answered, of: section.items.length };
  });
  const sum = (name) => sections.reduce((total, each) => total + each[name], 0);
  return { sections, answered: sum("answered"), of: sum("of") };
}

/**
 * What keeps a visit from being sent, each with the address in the form where it is mended.
 * @param {object} draft
 * @param {object} checklist
 * @param {Array<object>} photos
 * @param {object} start
 */
export function missing(draft, checklist, photos, start) {
  const found = [];
  const lacks = (where, text) => found.push({ where, text });
  const kind = start.kinds.find((each) => each.value === draft.kind);
  if (!kind) lacks("head", "请重新选择检查类型。");
  if (kind && draft.officers.length + 1 < kind.officers) lacks("head", `本类检查须${kind.officers}名以上人员，请选同行人员。`);
  if (draft.visited_on > dayOf(new Date())) lacks("head", "检查日期不能晚于今天。");
  for (const { section, answered } of progress(draft, checklist).sections) {
    if (!answered) lacks(section.code, `${section.code} ${section.title}：至少答一项。`);
  }
  for (const { code } of faults(draft, checklist)) {
    const shown = draft.notes[code]?.trim() || photos.some((photo) => photo.code === code);
    if (!shown) lacks(code[0], `${code} 选了“否”，请写一句看到了什么，或拍一张照片。`);
  }
  if (!draft.outcome) lacks("summary", "请选择检查结论。");
  const excused = kind?.value !== "supervisor" && draft.no_place_reason.trim();
  if (!photos.length && !draft.place && !excused) lacks("summary", "请拍一张照片，或记录一次位置。");
  return found;
}

export const allItems = (checklist) => checklist.sections.flatMap((section) => section.items);

/** Items with the answer 否. */
export const faults = (draft, checklist) => allItems(checklist).filter((item) => draft.answers[item.code] === "no");

/** What the portal gets, photos apart. */
export function reportOf(draft, checklist, photos) {
  const codes = new Set(allItems(checklist).map((item) => item.code));
  const only = (values) => Object.fromEntries(Object.entries(values).filter(([code, value]) => codes.has(code) && value));
  const said = [
    ...["user", "kind", "visited_on", "slot", "checklist", "place", "no_place_reason", "outcome", "remark"],
    ...["accompanied_by", "statement", "covert", "officers", "campaigns"],
    ...COUNTS.flatMap(({ name }) => [name, `${name}_at_least`]),
  ];
  // Times of another day than the visit's, written down later, say nothing of it.
  const thatDay = (moment) => (moment && dayOf(new Date(moment)) === draft.visited_on ? moment : null);
  return {
    client_id: draft.id,
    ...Object.fromEntries(said.map((name) => [name, draft[name]])),
    started_at: thatDay(draft.started_at),
    ended_at: thatDay(draft.ended_at),
    officers: draft.officers.map((post) => ({ post })),
    subject: { kind: draft.subject.kind, id: draft.subject.id },
    answers: only(draft.answers),
    notes: only(draft.notes),
    photos: photos.map(({ id, code, taken_at, lat, lon, sha256 }) => ({ client_id: id, code: codes.has(code) ? code : "", taken_at, lat, lon, sha256 })),
  };
}

/** All that belongs to a draft. */
export async function wholeOf(draft) {
  return { draft, checklist: await checklistOf(draft.checklist), photos: await photosOf(draft.id) };
}
