/**
 * Covering faces: boxes drawn with a finger turn into coarse squares, in the picture itself.
 * @module
 */
import { h, button } from "./html.js";
import { jpegOf } from "./photos.js";

const SQUARES = 8; // as many across a box: nobody can be recognized

/**
 * Let the person draw boxes over a photo.
 * @param {{data: ArrayBuffer, type: string}} photo
 * @returns {Promise<ArrayBuffer | null>} the covered picture; null when nothing was to be changed
 */
export async function blurred(photo) {
  const picture = await createImageBitmap(new Blob([photo.data], { type: photo.type }));
  const canvas = h("canvas", { width: picture.width, height: picture.height, class: "blur", "aria-label": "照片，用手指框住要遮挡的人脸", role: "img" });
  const context = canvas.getContext("2d");
  const boxes = [];
  const draw = (current) => {
    context.drawImage(picture, 0, 0);
    for (const box of boxes) coarsen(context, picture, box);
    if (current) outline(context, current, canvas.width);
  };
  draw();
  drawnOn(canvas, draw, (box) => boxes.push(box));
  const done = await shown(canvas, () => {
    boxes.pop();
    draw();
  });
  const data = done && boxes.length ? await jpegOf(canvas) : null;
  picture.close();
  return data;
}

/** Boxes dragged over the canvas, in the picture's own pixels. */
function drawnOn(canvas, draw, add) {
  let from = null;
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    const inside = (value, most) => Math.max(0, Math.min(most, value));
    return {
      x: inside(((event.clientX - frame.left) / frame.width) * canvas.width, canvas.width),
      y: inside(((event.clientY - frame.top) / frame.height) * canvas.height, canvas.height),
    };
  };
  const boxTo = (to) => ({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    from = at(event);
  });
  canvas.addEventListener("pointermove", (event) => from && draw(boxTo(at(event))));
  canvas.addEventListener("pointerup", (event) => {
    if (!from) return;
    const box = boxTo(at(event));
    if (box.w > 8 && box.h > 8) add(box);
    from = null;
    draw();
  });
}

function coarsen(context, picture, { x, y, w, h: height }) {
  const rows = Math.max(1, Math.round((SQUARES * height) / w));
  const small = h("canvas", { width: SQUARES, height: rows });
  small.getContext("2d").drawImage(picture, x, y, w, height, 0, 0, SQUARES, rows);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, SQUARES, rows, x, y, w, height);
  context.imageSmoothingEnabled = true;
}

function outline(context, { x, y, w, h: height }, width) {
  context.strokeStyle = "#fff";
  context.lineWidth = Math.max(3, width / 200);
  context.strokeRect(x, y, w, height);
}

function shown(canvas, undo) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "wide", "aria-labelledby": "blur" },
      h("h2", { id: "blur" }, "遮挡人脸"), h("p", { class: "sub" }, "用手指在人脸上拖一个框。遮挡后不能恢复。"), canvas);
    dialog.append(h("div", { class: "answers" },
      button("完成", () => dialog.close("done"), "main-button"), button("撤销一个框", undo, "plain-button"), button("取消", () => dialog.close(""), "plain-button")));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "done");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
