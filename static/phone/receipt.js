/**
 * The receipt: the number under which the visit is kept at the portal.
 * @module
 */
import { button, h, say } from "./html.js";

/** @param {{draft: {subject: {name: string}, visited_on: string, receipt: {number: string}}}} whole */
export function receiptScreen({ draft }) {
  const { number } = draft.receipt;
  const words = `${draft.subject.name} ${draft.visited_on} 监督检查回执 ${number}`;
  const copy = async () => {
    await navigator.clipboard.writeText(number);
    say("回执号已复制。");
  };
  return h("div", { class: "receipt" },
    h("p", { class: "said" }, "已上传，谢谢您。"),
    h("p", {}, draft.subject.name),
    h("p", { class: "sub" }, "回执号"),
    h("p", { class: "number", "data-receipt": true, "data-not-prose": true }, number),
    h("div", { class: "answers" },
      navigator.clipboard && button("复制回执号", copy, "plain-button"),
      navigator.share && button("转发", () => navigator.share({ text: words }).catch(() => {}), "plain-button"),
      h("a", { class: "main-button", href: "#/" }, "返回今天")));
}
