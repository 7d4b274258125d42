/**
 * Building pages: elements from code, texts always as text and never as markup.
 * @module
 */

const PROPERTIES = new Set(["checked", "disabled", "selected", "value", "srcObject", "hidden"]);

/**
 * An element: `h("p", {class: "sub", onclick: f}, "text", child, [more])`. Empty children and attributes are left out.
 * @param {string} tag
 * @param {Record<string, any>} [given] attributes; `on…` are listeners
 * @param {...any} children
 * @returns {HTMLElement}
 */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || (value === false && !PROPERTIES.has(name))) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== undefined && child !== null && child !== false && child !== ""));
  return element;
}

/**
 * A button with words.
 * @param {string} text
 * @param {(event: Event) => any} press
 * @param {string} [look] a class
 * @param {Record<string, any>} [more]
 */
export function button(text, press, look = "small", more = {}) {
  return h("button", { type: "button", class: look, onclick: press, ...more }, text);
}

/**
 * Ask one question and wait for one of the answers; leaving the dialog is the answer "".
 * @param {string} title
 * @param {any} text a sentence, or an element
 * @param {Array<{value: string, text: string, look?: string}>} answers the main one first
 * @returns {Promise<string>}
 */
export function question(title, text, answers) {
  return new Promise((resolve) => {
    const heading = h("h2", { id: "question" }, title);
    const dialog = h("dialog", { "aria-labelledby": "question" }, heading, typeof text === "string" ? h("p", {}, text) : text);
    const buttons = answers.map(({ value, text: words, look = "plain-button" }) => button(words, () => dialog.close(value), look));
    dialog.append(h("div", { class: "answers" }, buttons));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Say something that nobody has to answer; screen readers hear it.
 * @param {string} text
 */
export function say(text) {
  const place = document.getElementById("said");
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (place.hidden = true), 6000);
}

/**
 * A labelled field.
 * @param {string} label
 * @param {HTMLElement} input
 * @param {string} [hint]
 */
export function field(label, input, hint = "") {
  const id = input.id || `f-${(field.count = (field.count ?? 0) + 1)}`;
  input.id = id;
  return h("p", { class: "field" }, h("label", { for: id }, label, hint && h("span", { class: "sub" }, hint)), input);
}

/**
 * One choice of a few, as big buttons.
 * @param {{name: string, legend: string, choices: Array<{value: any, label: string}>, value: any, change: (value: string) => any,
 *          look?: string, quiet?: boolean}} given `quiet` hides the legend from eyes, not from screen readers
 */
export function segments({ name, legend, choices, value, change, look = "", quiet = false }) {
  const group = h("fieldset", { class: "choice" }, h("legend", { class: quiet ? "visually-hidden" : null }, legend));
  const row = h("div", { class: `segments ${look}` });
  for (const choice of choices) {
    const input = h("input", { type: "radio", name, value: String(choice.value), checked: String(choice.value) === String(value) });
    input.addEventListener("change", () => change(input.value));
    row.append(h("label", {}, input, h("span", {}, choice.label)));
  }
  group.append(row);
  return group;
}
