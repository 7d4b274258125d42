/**
 * 今天: my month, what I am writing, what waits to be sent, what I sent.
 * @module
 */
import { dayOf, progress } from "./draft.js";
import { saveAsFile, takeFromFile } from "./files.js";
import { button, h, question, say } from "./html.js";
import { putIn, sendAll, takeOut } from "./outbox.js";
import { checklistOf, standing } from "./person.js";
import { draftsOf, removeDraft } from "./store.js";

const RECEIPTS = 10;

/** @param {{go: (address: string) => void, show: () => Promise<void>}} app */
export async function todayScreen(app) {
  if (!standing.me || !standing.start) return stranger();
  const drafts = await draftsOf(standing.me.id);
  const of = (state) => drafts.filter((draft) => draft.state === state);
  const { kinds, not_yet: reason } = standing.start;
  const closed = reason || (kinds.length ? "" : "您的岗位目前没有可填的检查。");
  const page = h("div", {}, loginNote(), month(standing.start.month),
    closed ? h("p", { class: "empty" }, closed) : h("a", { class: "main-button", href: "#/pick" }, "开始一次检查"));
  await addList(page, "写到一半", of("draft"), (draft) => draftRow(draft, app));
  await addList(page, "没有传成", of("failed"), (draft) => failedRow(draft, app));
  await addList(page, "等待上传", of("waiting"), (draft) => waitingRow(draft, app));
  await addList(page, "已上传", of("sent").slice(0, RECEIPTS), sentRow);
  await addList(page, "我的检查记录", standing.start.mine, mineRow);
  page.append(fromFile(app));
  return page;
}

async function addList(page, title, rows, rowOf) {
  if (!rows.length) return;
  page.append(h("h2", {}, title, " ", h("span", { class: "n" }, rows.length)), h("ul", { class: "list" }, await Promise.all(rows.map(rowOf))));
}

/** Nobody has logged in on this phone yet, or the last one logged out. */
function stranger() {
  const text = standing.offline ? "现在没有网络。第一次使用须联网登录一次，以后没有网络也能填写。" : "请先登录。登录一次后，没有网络也能填写。";
  return h("div", {}, h("p", { class: "empty" }, text), h("a", { class: "main-button", href: "/accounts/login/?next=/m/visit/" }, "登录"));
}

/** What stands between the person and the portal. Of an account with a duty, every page but the form leads to it. */
function loginNote() {
  if (!standing.wanted) return null;
  const [words, href, text] = standing.wanted === "duty"
    ? ["账号还有一步要办（如设置新密码）。写好的都在手机里，办好后会接着上传。", "/m/", "去办理"]
    : ["登录已到期。写好的都在手机里，重新登录后会接着上传。", "/accounts/login/?next=/m/visit/", "重新登录"];
  return h("div", { class: "note", role: "status" }, h("p", {}, words), h("a", { class: "main-button", href }, text));
}

function month(counted) {
  if (!counted) return null;
  const share = Math.min(1, counted.target ? counted.done / counted.target : 1);
  const words = counted.done >= counted.target ? "本月任务已完成，谢谢您。" : `本月至少${counted.minimum}次，目标${counted.target}次。`;
  return h("section", { class: "month", "aria-label": "本月任务" },
    h("p", { class: "big" }, counted.label === dayOf(new Date()).slice(0, 7) ? "本月 " : `${counted.label} `, h("strong", {}, `${counted.done}/${counted.target}`)),
    h("progress", { max: 1, value: share, "aria-label": "本月完成" }), h("p", { class: "sub" }, words));
}

const row = (draft, sub, ...buttons) =>
  h("li", {}, h("div", { class: "row stacked" }, h("span", { class: "text" }, h("strong", {}, draft.subject.name), h("span", { class: "sub" }, sub)),
    h("span", { class: "row-buttons" }, buttons)));

async function draftRow(draft, app) {
  const checklist = await checklistOf(draft.checklist);
  const { answered, of } = progress(draft, checklist);
  const link = h("a", { class: "row", href: `#/d/${draft.id}/head` },
    h("span", { class: "text" }, h("strong", {}, draft.subject.name), h("span", { class: "sub" }, `${draft.visited_on} · 已答 ${answered}/${of}`)));
  return h("li", { class: "with-more" }, link, button("删除", () => discard(draft, app), "small quiet", { "aria-label": `删除草稿：${draft.subject.name}` }));
}

function waitingRow(draft, app) {
  const words = draft.tries ? `已试${draft.tries}次，有网络时会自动再传` : "有网络时会自动上传";
  return row(draft, words, button("立即上传", () => retry(app), "main-button"), button("存为文件", () => saveAsFile(draft)));
}

function failedRow(draft, app) {
  const { code, message, now_with: holder } = draft.error;
  const kept = code === "not_yours" && " 草稿已保留，可存为文件。";
  return row(draft, h("span", { class: "wrong" }, message, holder && ` 现由${holder}负责。`, kept),
    button("再传一次", async () => { await putIn(draft); await app.show(); }, "main-button"),
    button("修改", async () => { await takeOut(draft); app.go(`#/d/${draft.id}/summary`); }),
    button("存为文件", () => saveAsFile(draft)),
    button("删除", () => discard(draft, app)));
}

async function retry(app) {
  await sendAll({ now: true });
  if (standing.offline) say("现在没有网络，有网络时会自动上传。");
  return app.show();
}

const sentRow = (draft) =>
  h("li", {}, h("a", { class: "row", href: `#/receipt/${draft.id}` },
    h("span", { class: "text" }, h("strong", {}, draft.subject.name), h("span", { class: "sub" }, draft.receipt.number))));

const mineRow = (visit) =>
  h("li", {}, h("div", { class: "row" }, h("span", { class: "text" }, h("strong", {}, visit.subject), h("span", { class: "sub" }, visit.visited_on), h("span", { class: "sub" }, visit.number)),
    visit.findings && h("span", { class: "chip" }, visit.findings)));

/** Ask, then forget a draft with its photos. */
async function discard(draft, app) {
  const answer = await question("删除这份草稿？", `“${draft.subject.name}”的填写内容和照片将从手机里删除，不能恢复。`, [
    { value: "keep", text: "保留", look: "main-button" },
    { value: "delete", text: "删除", look: "plain-button danger" },
  ]);
  if (answer !== "delete") return;
  await removeDraft(draft.id);
  await app.show();
}

function fromFile(app) {
  const input = h("input", { type: "file", accept: ".json,application/json", "aria-label": "从文件导入草稿" });
  input.addEventListener("change", async () => {
    try {
      const draft = await takeFromFile(input.files[0], standing.me);
      say(`已导入“${draft.subject.name}”。`);
      await app.show();
    } catch (trouble) {
      say(trouble.message);
    }
    input.value = "";
  });
  return h("details", { class: "more" }, h("summary", {}, "更多"),
    h("p", { class: "sub" }, "在另一部手机上“存为文件”的草稿，可以在这里接着填。"),
    h("label", { class: "small file" }, input, h("span", { "aria-hidden": "true" }, "从文件导入草稿")),
    elderSwitch());
}

function elderSwitch() {
  const root = document.documentElement;
  const input = h("input", { type: "checkbox", role: "switch", checked: root.hasAttribute("data-elder") });
  input.addEventListener("change", () => {
    localStorage.setItem("elder", input.checked ? "1" : "");
    root.toggleAttribute("data-elder", input.checked);
  });
  return h("label", { class: "switch" }, input, h("span", {}, "长者模式（大字，一屏一题）"));
}
