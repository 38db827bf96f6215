// What cores do, always in the same order and colours, always with words beside the colours.

import { h } from "./dom.js";
import * as format from "./format.js";

export const ACTIVITIES = [
  ["compute", "compute"],
  ["python", "Python"],
  ["shuffleWait", "shuffle wait"],
  ["spill", "spill"],
  ["gc", "garbage collection"],
  ["scheduling", "scheduling"],
];

/** A bar of the shares of time, with its figures as its label. */
export function activityBar(activities) {
  const total = ACTIVITIES.reduce((sum, [key]) => sum + (activities[key] ?? 0), 0);
  if (total === 0) return h("span", { class: "quiet" }, "–");
  const parts = ACTIVITIES.filter(([key]) => activities[key] > 0);
  const label = parts.map(([key, name]) => `${name} ${format.percent(activities[key] / total)}`).join(", ");
  return h(
    "span",
    { class: "bar", role: "img", "aria-label": label, title: label },
    parts.map(([key]) => widen(h("span", { class: `part ${key}` }), activities[key] / total)),
  );
}

function widen(element, share) {
  element.setAttribute("data-share", share.toFixed(4));
  return element;
}

/** Shares of bars are set through the object model: the policy of these pages forbids styles in markup. */
export function applyShares(root) {
  for (const element of root.querySelectorAll("[data-share]")) {
    element.style.width = `${element.dataset.share * 100}%`;
  }
}

/** The colours in words, with the time of each. */
export function legend(activities) {
  const total = Math.max(1, ACTIVITIES.reduce((sum, [key]) => sum + (activities[key] ?? 0), 0));
  return h(
    "ul",
    { class: "legend" },
    ACTIVITIES.map(([key, name]) =>
      h(
        "li",
        {},
        h("span", { class: `swatch ${key}`, "aria-hidden": "true" }),
        `${name} `,
        h("b", {}, format.nanos(activities[key] ?? 0)),
        h("span", { class: "quiet" }, ` ${format.percent((activities[key] ?? 0) / total)}`),
      ),
    ),
    h("li", {}, h("span", { class: "swatch idle", "aria-hidden": "true" }), "idle"),
  );
}
