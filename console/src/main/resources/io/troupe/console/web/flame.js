// Where samples found the user's functions: each box as wide as the time in it and in what it calls.

import { h } from "./dom.js";
import * as format from "./format.js";

const view = { path: [] };

/** A tree `[name, nanos, [callee, …]]`; choosing a box makes it the widest. */
export function flame(root, redraw) {
  const trail = follow(root);
  const top = trail.at(-1);
  const zoom = (path) => () => {
    view.path = path;
    redraw();
  };
  return h(
    "div",
    { class: "chart flame scroll", id: "flame", tabindex: 0, role: "region", "aria-label": "Flame graph of Python functions" },
    trail.slice(0, -1).map((node, depth) => h("div", { class: "frames" }, box(node, 1, root, zoom(view.path.slice(0, depth)), "above"))),
    h("ul", { class: "frames" }, h("li", { "data-share": "1" }, branch(top, 1, root, zoom, view.path.slice(0, trail.length - 1)))),
  );
}

/** The chosen box and those above it, as far as they are still there. */
function follow(root) {
  const trail = [root];
  for (const name of view.path) {
    const next = trail.at(-1)[2].find(([callee]) => callee === name);
    if (!next) break;
    trail.push(next);
  }
  return trail;
}

function branch(node, share, root, zoom, path) {
  const [, nanos, callees] = node;
  return [
    box(node, share, root, zoom(path), "frame"),
    callees.length > 0 && h("ul", { class: "frames" }, callees.map((callee) => h("li", { "data-share": (callee[1] / nanos).toFixed(5) }, branch(callee, share * (callee[1] / nanos), root, zoom, [...path, callee[0]])))),
  ];
}

function box([name, nanos], share, root, onclick, kind) {
  const label = `${name}: ${format.nanos(nanos)}, ${format.percent(nanos / Math.max(1, root[1]))}`;
  return h("button", { type: "button", class: `${kind} hue${hue(name)}`, title: label, "aria-label": label, onclick }, share > 0.02 ? name : "");
}

/** The same colour for the same file. */
function hue(name) {
  const file = name.slice(name.lastIndexOf("(") + 1).split(":")[0];
  let sum = 0;
  for (const letter of file) sum = (sum * 31 + letter.codePointAt(0)) % 5;
  return sum;
}
