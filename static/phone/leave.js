/**
 * Logging out warns about work that is not at the portal yet: send it, save it as a file, keep it here, or discard it.
 * @module
 */
import { saveAsFile } from "./files.js";
import { question, say } from "./html.js";
import { sendAll } from "./outbox.js";
import { recall, refresh, standing } from "./person.js";
import { draftsOf, forgetPerson, removeDraft } from "./store.js";

const form = document.getElementById("leave");
const user = Number(form.dataset.user);

const unsent = async () => (await draftsOf(user)).filter((draft) => draft.state !== "sent");

async function leave() {
  await forgetPerson(user);
  form.submit();
}

const CHOICES = {
  send: async () => {
    await recall();
    await refresh();
    await sendAll({ now: true });
    const left = await unsent();
    if (!left.length) return leave();
    say(`还有${left.length}份没有传成：写到一半的请先提交，失败的见“监督检查”。`);
  },
  save: async (drafts) => {
    for (const draft of drafts) await saveAsFile(draft);
  },
  keep: leave,
  discard: async (drafts) => {
    const sure = await question("确定删除？", `${drafts.length}份检查和照片将从手机里删除，不能恢复。`, [
      { value: "", text: "不删除", look: "main-button" },
      { value: "yes", text: "删除并退出", look: "plain-button danger" },
    ]);
    if (sure !== "yes") return;
    for (const draft of drafts) await removeDraft(draft.id);
    await leave();
  },
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const drafts = await unsent().catch(() => []);
  if (!drafts.length) return leave();
  const chosen = await question("还有没上传的检查", `手机里还有${drafts.length}份没有上传。退出后别的账号看不到，也不会替您上传。`, [
    { value: "send", text: "现在上传", look: "main-button" },
    { value: "save", text: "存为文件" },
    { value: "keep", text: "留在手机里，退出登录" },
    { value: "discard", text: "全部删除，退出登录", look: "plain-button danger" },
    { value: "stay", text: "先不退出" },
  ]);
  await CHOICES[chosen]?.(drafts);
});
