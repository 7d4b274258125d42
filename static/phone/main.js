/**
 * The form of visits: which screen an address shows, the line of the outbox, and what wakes the sending.
 * @module
 */
import { wholeOf } from "./draft.js";
import { h, say } from "./html.js";
import { headScreen } from "./head.js";
import { counts, keepSending, moved } from "./outbox.js";
import { findSubjects, recall, standing } from "./person.js";
import { pickScreen } from "./pick.js";
import { receiptScreen } from "./receipt.js";
import { keepReader } from "./scan.js";
import { sectionScreen } from "./section.js";
import { changed, draftOf } from "./store.js";
import { summaryScreen } from "./summary.js";
import { todayScreen } from "./today.js";

const page = document.getElementById("page");
const heading = document.querySelector("header h1");
const under = document.querySelector("header p");
const line = document.getElementById("outbox");
const back = document.getElementById("back");

const app = {
  go: (address) => (location.hash === address ? show() : (location.hash = address)),
  show: () => show(),
  get supervisor() {
    return standing.me?.role === "supervisor";
  },
};

let open;

/** The draft on the screen, one object for all its screens; read anew when somebody else wrote it meanwhile. */
async function opened(draft) {
  if (open?.draft.id !== draft.id || open.draft.changed_at !== draft.changed_at) open = await wholeOf(draft);
  return open;
}

/** The screen of an address: its title, where 返回 leads, its content. */
async function screenOf([first, id, part, step]) {
  if (first === "pick" && standing.start) return { title: "检查哪里", up: "#/", content: await pickScreen(app) };
  const draft = id && (await draftOf(id));
  if (!draft || draft.user !== standing.me?.id) return { title: "监督检查", up: "", content: await todayScreen(app) };
  if (draft.state === "sent") return { title: "回执", up: "#/", content: receiptScreen({ draft }) };
  if (draft.state !== "draft") return { title: "监督检查", up: "", content: await todayScreen(app) };
  const whole = await opened(draft);
  const title = draft.subject.name;
  if (part === "summary") return { title, up: `#/d/${id}/${whole.checklist.sections.at(-1).code}`, content: summaryScreen(app, whole) };
  if (whole.checklist.sections.some((section) => section.code === part)) return { title, up: `#/d/${id}/head`, content: sectionScreen(app, whole, part, step) };
  return { title, up: "#/", content: headScreen(app, whole) };
}

let turn = 0;

async function show({ keepFocus = false } = {}) {
  const mine = ++turn;
  const { title, up, content } = await screenOf(location.hash.replace(/^#\/?/, "").split("/"));
  if (mine !== turn) return;
  page.replaceChildren(content);
  heading.textContent = title;
  document.title = `${title} · 监督检查`;
  back.hidden = !up;
  if (up) back.href = up;
  under.textContent = standing.me ? `${standing.me.name} · ${standing.me.role_label}` : "手机检查表";
  await showOutbox();
  if (keepFocus) return;
  scrollTo(0, 0);
  heading.focus({ preventScroll: true });
}

async function showOutbox() {
  const { saved, waiting, failed } = await counts();
  const words = [`已保存${saved ? ` ${saved}` : ""}`, `待上传 ${waiting}`, `失败 ${failed}`].join(" · ");
  line.replaceChildren(words, h("span", { class: "chip" }, standing.offline ? "没有网络，照常填写" : "有网络"));
  line.className = failed ? "outbox bad" : waiting ? "outbox waiting" : "outbox";
}

/** Whether the worker has gone on to another shell since this page was drawn from its own. */
async function outlived() {
  const mine = `phone-${document.documentElement.dataset.shell}`;
  const kept = (await caches.keys()).filter((name) => name.startsWith("phone-"));
  return kept.length > 0 && !kept.includes(mine);
}

/** A shell that is newer than this page is used at once, before anybody wrote anything. */
async function useNewest() {
  if (!("serviceWorker" in navigator)) return say("本浏览器没有网络时不能使用，请保持联网填写，或换用手机自带浏览器。");
  const had = navigator.serviceWorker.controller;
  const registration = await navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" });
  if (!had) return undefined;
  if (registration.waiting) {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    return registration.waiting.postMessage("use");
  }
  return (await outlived()) ? location.reload() : undefined;
}

async function begin() {
  try {
    await recall();
  } catch {
    page.replaceChildren(h("p", { class: "wrong" }, "手机不允许本页保存内容（可能是无痕模式）。请换用普通模式打开。"));
    return;
  }
  await show();
  addEventListener("hashchange", () => show());
  addEventListener("online", showOutbox);
  addEventListener("offline", showOutbox);
  changed.addEventListener("change", showOutbox);
  moved.addEventListener("moved", () => !/^#\/(d|pick)/.test(location.hash) && show({ keepFocus: true }));
  navigator.storage?.persist?.();
  useNewest().catch(() => {});
  await keepSending();
  if (standing.start) await findSubjects().catch(() => {});
  await keepReader().catch(() => {});
}

begin();
