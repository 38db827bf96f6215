// Small charts: memory over time, and the tasks of a stage on their executors.

import { ACTIVITIES } from "./activity.js";
import { h, s } from "./dom.js";
import * as format from "./format.js";

const MEMORY = ["Java heap", "direct buffers", "blocks in memory", "blocks on disk", "Python workers"];
const LANES = 60;
const LANE = 16;
const WIDE = 1000;
const NAMES = 130;

/** Samples `[time, heap, direct, store, disk, python]` as lines. */
export function memory(samples) {
  if (samples.length === 0) return h("p", { class: "quiet" }, "No samples: they come with the ends of tasks.");
  const from = samples[0][0];
  const to = Math.max(from + 1, samples.at(-1)[0]);
  const most = Math.max(1, ...samples.flatMap((sample) => sample.slice(1)));
  const used = MEMORY.map((name, i) => ({ name, i, last: samples.at(-1)[i + 1], any: samples.some((x) => x[i + 1] > 0) })).filter((m) => m.any);
  const label = used.map((m) => `${m.name} ${format.bytes(m.last)}`).join(", ");
  return h(
    "div",
    { class: "chart memory" },
    s(
      "svg",
      { viewBox: `0 0 ${WIDE} 100`, preserveAspectRatio: "none", role: "img", "aria-label": `Memory over time; at the end: ${label}` },
      used.map(({ i }) => s("path", { class: `line${i}`, d: path(samples, i + 1, from, to, most) })),
    ),
    h("div", { class: "axis", "aria-hidden": "true" }, h("span", {}, format.time(from)), h("span", {}, `up to ${format.bytes(most)}`), h("span", {}, format.time(to))),
    h("ul", { class: "legend" }, used.map(({ name, i, last }) => h("li", {}, h("span", { class: `key line${i}`, "aria-hidden": "true" }), `${name} ${format.bytes(last)}`))),
  );
}

function path(samples, part, from, to, most) {
  return samples
    .map((sample, k) => {
      const x = ((sample[0] - from) / (to - from)) * WIDE;
      return `${k === 0 ? "M" : "L"}${x.toFixed(1)} ${(98 - (sample[part] / most) * 96).toFixed(1)}`;
    })
    .join("");
}

/** Bars `[executor, start, run, python, wait, spill, gc, scheduling, partition, failed]` by executor, in as many lanes as run at once. */
export function timeline(bars, names) {
  if (bars.length === 0) return h("p", { class: "quiet" }, "No task has ended yet.");
  const from = Math.min(...bars.map((bar) => bar[1] - bar[7] / 1e6));
  const to = Math.max(...bars.map((bar) => bar[1] + bar[2] / 1e6), from + 1);
  const lanes = assign(bars);
  const shown = lanes.slice(0, LANES);
  const height = shown.length * LANE;
  const scale = (WIDE - NAMES) / (to - from);
  return h(
    "div",
    { class: "chart timeline scroll", tabindex: 0, role: "region", "aria-label": "Tasks by executor over time" },
    s(
      "svg",
      { viewBox: `0 0 ${WIDE} ${height}`, role: "img", "aria-label": `${bars.length} tasks on ${new Set(bars.map((b) => b[0])).size} executors over ${format.millis(to - from)}; the table of tasks has the same figures` },
      shown.map((lane, i) => [
        s("rect", { class: "lane", x: NAMES, y: i * LANE + 1, width: WIDE - NAMES, height: LANE - 2 }),
        lane.first && s("text", { x: 0, y: i * LANE + 12 }, cut(names[lane.executor] ?? "")),
        lane.bars.map((bar) => task(bar, i * LANE + 2, from, scale)),
      ]),
    ),
    h("div", { class: "axis", "aria-hidden": "true" }, h("span", {}, format.time(from)), h("span", {}, lanes.length > LANES ? `the first ${LANES} of ${lanes.length} lanes` : ""), h("span", {}, format.millis(to - from))),
  );
}

function assign(bars) {
  const byExecutor = new Map();
  for (const bar of [...bars].sort((a, b) => a[1] - b[1])) {
    const lanes = byExecutor.get(bar[0]) ?? byExecutor.set(bar[0], []).get(bar[0]);
    const start = bar[1] - bar[7] / 1e6;
    let lane = lanes.find((l) => l.end <= start + 1);
    if (!lane) {
      lane = { executor: bar[0], bars: [], end: 0, first: lanes.length === 0 };
      lanes.push(lane);
    }
    lane.bars.push(bar);
    lane.end = bar[1] + bar[2] / 1e6;
  }
  return [...byExecutor.entries()].sort((a, b) => a[0] - b[0]).flatMap(([, lanes]) => lanes);
}

function task(bar, y, from, scale) {
  const [, start, run, python, wait, spill, gc, scheduling, partition, failed] = bar;
  const shares = { compute: run - python - wait - spill - gc, python, shuffleWait: wait, spill, gc, scheduling };
  let x = NAMES + (start - scheduling / 1e6 - from) * scale;
  const began = x;
  const order = ["scheduling", ...ACTIVITIES.map(([key]) => key).filter((key) => key !== "scheduling")];
  const parts = order
    .filter((key) => shares[key] > 0)
    .map((key) => {
      const width = (shares[key] / 1e6) * scale;
      const rect = s("rect", { class: key, x: x.toFixed(2), y, width: Math.max(0.3, width).toFixed(2), height: LANE - 4 });
      x += width;
      return rect;
    });
  const outline = failed ? s("rect", { class: "failedBar", x: began.toFixed(2), y, width: Math.max(2, x - began).toFixed(2), height: LANE - 4 }) : null;
  return s("g", {}, s("title", {}, `partition ${partition}: ${format.nanos(run)}${failed ? ", failed" : ""}`), parts, outline);
}

function cut(text) {
  return text.length > 20 ? `${text.slice(0, 19)}…` : text;
}

/** How far the tasks are. */
export function progress(done, failed, tasks) {
  const share = tasks === 0 ? 0 : done / tasks;
  return h(
    "span",
    {},
    h("span", { class: "progress", "aria-hidden": "true" }, h("span", { class: "part", "data-share": Math.min(1, share).toFixed(4) })),
    `${format.count(done)}/${format.count(tasks)}${failed ? ` (${format.count(failed)} failed)` : ""}`,
  );
}
