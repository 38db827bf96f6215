// The user's Python: each function, where its time goes, how fast it is; the workers.

import { memory } from "../charts.js";
import { h } from "../dom.js";
import { flame } from "../flame.js";
import * as format from "../format.js";
import { figures, link } from "../parts.js";
import { ask } from "../source.js";
import { table } from "../table.js";

const PARTS = [
  ["encodeNanos", "encode", "compute"],
  ["computeNanos", "your code", "python"],
  ["waitNanos", "waiting for the worker", "shuffleWait"],
  ["decodeNanos", "decode", "gc"],
];

export const python = {
  title: () => "Python",
  load: (base) => ask(`${base}/python`),
  draw(data, where, redraw) {
    const sum = (key) => data.visits.reduce((total, visit) => total + visit[key], 0);
    const chosen = where.parameters.get("function");
    return [
      h("h1", {}, chosen ? `Python function ${chosen}` : "Python"),
      chosen && h("p", { class: "crumbs" }, h("a", { href: link(where, "python") }, "All functions")),
      !chosen && figures([
        ["Rows through Python", format.short(sum("rows"))],
        ["Time for Python", format.nanos(sum("encodeNanos") + sum("waitNanos") + sum("decodeNanos"))],
        ["In your code", format.nanos(sum("computeNanos"))],
        ["Workers started", format.count(data.workers.reduce((total, w) => total + w.workerStarts, 0))],
        ["Failed tasks", format.count(sum("failed")), sum("failed") ? "bad" : null],
      ]),
      h("h2", {}, chosen ? "Its calls" : "Functions"),
      chosen ? visits(data.visits.filter((v) => v.functions.some((f) => f.name === chosen)), where, redraw) : functions(data, where, redraw),
      !chosen && [h("h2", {}, "Visits to the workers"), visits(data.visits, where, redraw)],
      h("ul", { class: "legend" }, PARTS.map(([, name, colour]) => h("li", {}, h("span", { class: `swatch ${colour}`, "aria-hidden": "true" }), name))),
      h("h2", {}, "Where functions spend their time"),
      data.flame[1] > 0 ? flame(data.flame, redraw) : h("p", { class: "quiet" }, "No samples: spark.conf.set(\"spark.troupe.udf.sampling\", \"true\") makes workers take them."),
      h("h2", {}, "What functions printed"),
      printed(data, where),
      h("h2", {}, "Workers' memory"),
      h("div", { class: "two" }, data.workers.filter((w) => w.samples.some((x) => x[5] > 0)).slice(0, 8).map((w) => h("section", {}, h("h3", {}, `${w.id} on ${w.host}`), memory(w.samples.map((x) => [x[0], 0, 0, 0, 0, x[5]]))))),
    ];
  },
};

/** By task, the latest first, as `stderr` and `stdout` of the workers have it. */
function printed(data, where) {
  if (data.printed.length === 0) return h("p", { class: "quiet" }, "Nothing.");
  return [
    data.printedCount > data.printed.length && h("p", { class: "quiet" }, `The latest ${data.printed.length} of ${format.count(data.printedCount)} tasks that printed.`),
    data.printed.map((task) =>
      h(
        "section",
        { class: "printed" },
        h(
          "h3",
          {},
          `${format.time(task.time)} · job ${task.job} · `,
          task.query >= 0 && [h("a", { href: link(where, "query", task.query) }, `query ${task.query}`), " · "],
          h("a", { href: link(where, "stage", task.stageNumber, task.attempt) }, `stage ${task.stageNumber}`),
          ` · partition ${task.partition}, try ${task.try + 1} · ${task.executor}${task.failed ? " · failed" : ""}`,
        ),
        h("pre", { tabindex: 0 }, task.text),
      ),
    ),
  ];
}

/** Time in the code is each function's own; rows, bytes and time on the way are those of the visits that it is part of. */
function functions(data, where, redraw) {
  const columns = [
    { key: "name", title: "Function", wide: true, cell: (row) => h("a", { href: `${link(where, "python")}?function=${encodeURIComponent(row.name)}` }, h("code", {}, row.name)) },
    { key: "line", title: "Line", cell: (row) => h("code", {}, format.line(row.line)) },
    { key: "rows", title: "Rows", number: true },
    { key: "rowsPerSecond", title: "Rows/s", number: true, cell: (row) => format.short(row.rowsPerSecond) },
    { key: "computeNanos", title: "In your code", number: true, cell: (row) => format.nanos(row.computeNanos) },
    { key: "pythonNanos", title: "All of Python", number: true, cell: (row) => format.nanos(row.pythonNanos) },
    { key: "encodeNanos", title: "Where its time went", cell: split },
    { key: "batches", title: "Batches", number: true },
    { key: "sentBytes", title: "Sent", number: true, cell: (row) => format.bytes(row.sentBytes) },
    { key: "receivedBytes", title: "Received", number: true, cell: (row) => format.bytes(row.receivedBytes) },
    { key: "peakBytes", title: "Most memory", number: true, cell: (row) => format.bytes(row.peakBytes) },
    { key: "workerStarts", title: "Workers started", number: true },
  ];
  return table(columns, { id: "functions", caption: "Costliest first", rows: data.functions, sort: "-pythonNanos", redraw, empty: "No Python function has run." });
}

function split(visit) {
  const own = { ...visit, waitNanos: Math.max(0, visit.waitNanos - visit.computeNanos) };
  const total = PARTS.reduce((sum, [key]) => sum + own[key], 0);
  if (total === 0) return "–";
  const label = PARTS.map(([key, name]) => `${name} ${format.nanos(own[key])}`).join(", ");
  return h("span", { class: "bar", role: "img", "aria-label": label, title: label }, PARTS.map(([key, , colour]) => h("span", { class: `part ${colour}`, "data-share": (own[key] / total).toFixed(4) })));
}

function visits(rows, where, redraw) {
  const columns = [
    { key: "functions", title: "Functions", wide: true, value: (row) => row.functions.map((f) => f.name).join(", "), cell: (row) => h("code", {}, row.functions.map((f) => f.name).join(", ") || "function of an RDD or a pandas method") },
    { key: "line", title: "Line", value: (row) => row.functions[0]?.line ?? "", cell: (row) => h("code", {}, format.line(row.functions[0]?.line ?? "")) },
    { key: "stageNumber", title: "Stage", number: true, cell: (row) => h("a", { href: link(where, "stage", row.stageNumber, row.attempt) }, String(row.stageNumber)) },
    { key: "rows", title: "Rows", number: true },
    { key: "rowsPerSecond", title: "Rows/s", number: true, cell: (row) => format.short(row.rowsPerSecond) },
    { key: "batches", title: "Batches", number: true },
    { key: "waitNanos", title: "Where its time went", cell: split },
    { key: "computeNanos", title: "In your code", number: true, cell: (row) => format.nanos(row.computeNanos) },
    { key: "sentBytes", title: "Sent", number: true, cell: (row) => format.bytes(row.sentBytes) },
    { key: "receivedBytes", title: "Received", number: true, cell: (row) => format.bytes(row.receivedBytes) },
    { key: "peakBytes", title: "Most memory", number: true, cell: (row) => format.bytes(row.peakBytes) },
    { key: "workerStarts", title: "Workers started", number: true },
    { key: "failed", title: "Failed tasks", number: true },
  ];
  return table(columns, { id: "visits", caption: "Each is one stage's visit to Python", rows, sort: "", redraw, empty: "No stage has gone to Python." });
}
