/* Small comforts of the staff's pages. Without this file every page still works: sections stand below each other,
   the first cell of a row is a link, forms post. Loaded in the head, so it waits for the document. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-tabs]").forEach(makeTabs);
  document.querySelectorAll("[data-list]").forEach(makeTicks);
  document.querySelectorAll(".field input[type=file]").forEach(wordFile);
  document.querySelector("[data-focus]")?.focus();
  document.querySelectorAll("form[data-once]").forEach((form) => form.addEventListener("submit", () => lock(form)));
});

window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-once] button[disabled]").forEach((b) => (b.disabled = false));
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-closes][open]").forEach((open) => {
    if (!open.contains(event.target)) open.open = false;
  });
  const copy = event.target.closest("[data-copy]");
  if (copy) return copyCode(copy);
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, label, summary") && !String(window.getSelection())) {
    window.location.assign(row.dataset.href);
  }
});

/* Unfold writes a chosen file's name into the first text field that it finds nearby: ours, or none at all. */
document.addEventListener("change", (event) => event.target.matches("input[type=file]") && event.stopPropagation(), true);
document.addEventListener("input", (event) => event.target.matches("input[type=file]") && nameFiles(event.target), true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-closes][open]").forEach((open) => {
    open.open = false;
    open.querySelector("summary").focus();
  });
});

/* A second click on the button of a form must not send it twice; disabled after the values are collected. */
function lock(form) {
  setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => (button.disabled = true)));
}

/* The browser's own words in a file field are in the browser's language; ours lie over them, and clicks go through. */
function wordFile(input) {
  const box = document.createElement("span");
  box.className = "file-box";
  input.replaceWith(box);
  const words = document.createElement("span");
  words.className = "file-words";
  words.setAttribute("aria-hidden", "true");
  const button = document.createElement("b");
  button.textContent = "选择文件";
  words.append(button, document.createElement("span"));
  box.append(input, words);
  nameFiles(input);
}

function nameFiles(input) {
  const names = [...input.files].map((file) => file.name);
  const shown = input.parentElement.querySelector(".file-words > span");
  if (shown) shown.textContent = names.join("、") || "还没有选择，也可以把文件拖到这里";
}

async function copyCode(button) {
  const icon = button.querySelector(".material-symbols-outlined");
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const selection = window.getSelection();
    selection.selectAllChildren(button.previousElementSibling);
    document.execCommand("copy");
    selection.removeAllRanges();
  }
  icon.textContent = "check";
  setTimeout(() => (icon.textContent = "content_copy"), 1500);
}

function makeTabs(root) {
  const sections = [...root.querySelectorAll(":scope > section[data-tab]")];
  if (sections.length < 2) return;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const tabs = sections.map((section, index) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${section.id}`;
    tab.textContent = section.dataset.tab;
    if (section.dataset.count !== undefined) {
      const count = document.createElement("span");
      count.className = "tab-count";
      count.textContent = section.dataset.count;
      tab.append(count);
    }
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", section.id);
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", tab.id);
    section.tabIndex = 0;
    tab.addEventListener("click", () => show(index, true));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const open = tabs.filter((each) => !each.hidden);
      const next = open[(open.indexOf(tab) + step + open.length) % open.length];
      show(tabs.indexOf(next), true);
      next.focus();
    });
    list.append(tab);
    return tab;
  });
  root.prepend(list);
  const asked = Math.max(0, sections.findIndex((section) => `#${section.id}` === window.location.hash));
  if (tabs.length > 10) foldEmpty(list, tabs.filter((_, index) => sections[index].dataset.count === "0" && index !== asked));
  function show(chosen, remember) {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      sections[index].hidden = index !== chosen;
    });
    if (remember) history.replaceState(null, "", `#${sections[chosen].id}`);
  }
  show(asked, false);
}

/* Of many tabs, those without a record stand behind one word. */
function foldEmpty(list, tabs) {
  if (tabs.length < 2) return;
  tabs.forEach((tab) => (tab.hidden = true));
  const more = document.createElement("button");
  more.type = "button";
  more.className = "tab-more";
  more.textContent = `暂无记录的 ${tabs.length} 项 ▾`;
  more.addEventListener("click", () => {
    tabs.forEach((tab) => {
      list.append(tab);
      tab.hidden = false;
    });
    more.remove();
    tabs[0].focus();
  });
  const row = document.createElement("div");
  row.className = "tab-row";
  list.replaceWith(row);
  row.append(list, more);
}

function makeTicks(form) {
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  const ticks = [...form.querySelectorAll("input[name=ids]")];
  const all = form.querySelector("[data-tick-all]");
  const count = () => {
    const chosen = ticks.filter((tick) => tick.checked).length;
    bar.hidden = chosen === 0;
    bar.querySelector("[data-bulk-count]").textContent = chosen;
    all.checked = chosen === ticks.length;
    all.indeterminate = chosen > 0 && chosen < ticks.length;
  };
  all.addEventListener("change", () => {
    ticks.forEach((tick) => (tick.checked = all.checked));
    count();
  });
  ticks.forEach((tick) => tick.addEventListener("change", count));
  count();
}
