// All cores over time: a step area per activity, stacked, under the line of the cores that there are.

import { ACTIVITIES } from "./activity.js";
import { h, s } from "./dom.js";
import * as format from "./format.js";

const HEIGHT = 100;
let cursor = null;

export function strip(told, redraw) {
  const cores = Object.fromEntries(ACTIVITIES.map(([key]) => [key, told.milliCores[key].map((thousandths) => thousandths / 1000)]));
  const data = { ...told, cores };
  const spans = data.slots.length;
  const busy = data.slots.map((_, i) => ACTIVITIES.reduce((sum, [key]) => sum + data.cores[key][i], 0));
  const most = Math.max(1, ...data.slots, ...busy);
  const at = cursor === null ? null : Math.min(cursor, spans - 1);
  const move = (to) => {
    cursor = to === null ? null : Math.max(0, Math.min(spans - 1, to));
    redraw();
  };
  const svg = s(
    "svg",
    {
      viewBox: `0 0 ${spans} ${HEIGHT}`,
      preserveAspectRatio: "none",
      role: "img",
      tabindex: 0,
      "aria-label": `What ${most.toFixed(0)} cores did over ${format.millis(spans * data.width)}. ${shares(data)}. Arrow keys read single moments.`,
      onpointermove: (event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const to = Math.floor(((event.clientX - box.left) / box.width) * spans);
        if (to !== cursor) move(to);
      },
      onpointerleave: () => move(null),
      onkeydown: (event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
        if (step) {
          event.preventDefault();
          move((cursor ?? (step > 0 ? -1 : spans)) + step);
        }
      },
    },
    s("rect", { class: "idle", width: spans, height: HEIGHT }),
    areas(data, spans, most),
    s("path", { class: "slots", d: steps(data.slots, most) }),
    at !== null && s("path", { class: "cursor", d: `M${at + 0.5} 0V${HEIGHT}` }),
  );
  return h(
    "div",
    { class: "chart strip" },
    svg,
    h(
      "div",
      { class: "axis", "aria-hidden": "true" },
      h("span", {}, "0 s"),
      h("span", {}, `${format.count(most)} cores high, ${format.millis(data.width)} a step`),
      h("span", {}, format.millis(spans * data.width)),
    ),
    h("p", { class: "readout", role: "status" }, at === null ? "" : moment(data, at)),
  );
}

function areas(data, spans, most) {
  const base = new Array(spans).fill(0);
  return ACTIVITIES.map(([key]) => {
    const upper = base.map((value, i) => value + data.cores[key][i]);
    const path = `${steps(upper, most)}${back(base, most)}Z`;
    upper.forEach((value, i) => (base[i] = value));
    return s("path", { class: key, d: path });
  });
}

function y(value, most) {
  return (HEIGHT - (value / most) * HEIGHT).toFixed(2);
}

function steps(values, most) {
  let path = "";
  values.forEach((value, i) => {
    path += i === 0 ? `M0 ${y(value, most)}` : `H${i}V${y(value, most)}`;
  });
  return `${path}H${values.length}`;
}

function back(values, most) {
  let path = "";
  for (let i = values.length - 1; i >= 0; i--) path += `V${y(values[i], most)}H${i}`;
  return path;
}

function moment(data, at) {
  const parts = ACTIVITIES.filter(([key]) => data.cores[key][at] > 0.005).map(
    ([key, name]) => `${name} ${data.cores[key][at].toFixed(2)}`,
  );
  return `After ${format.millis(at * data.width)}: ${parts.join(", ") || "idle"} of ${data.slots[at]} cores`;
}

function shares(data) {
  const sums = ACTIVITIES.map(([key, name]) => [name, data.cores[key].reduce((a, b) => a + b, 0)]);
  const slots = data.slots.reduce((a, b) => a + b, 0) || 1;
  return sums
    .filter(([, sum]) => sum > 0)
    .map(([name, sum]) => `${name} ${format.percent(sum / slots)}`)
    .join(", ");
}
