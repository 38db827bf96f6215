// One query: its operators with what they measured, the lines of the script, its plans, its stages.

import { activityBar, legend } from "../activity.js";
import { progress } from "../charts.js";
import { h } from "../dom.js";
import * as format from "../format.js";
import { graph } from "../graph.js";
import { failure, figures, findings, link, stageColumns, state } from "../parts.js";
import { ask } from "../source.js";
import { table } from "../table.js";

let chosen = { query: null, operator: null };

export const query = {
  title: (data) => `Query ${data.query.id}`,
  load: (base, where) => ask(`${base}/query/${encodeURIComponent(where.rest[0] ?? "")}`),
  draw(data, where, redraw) {
    const { query: it } = data;
    if (chosen.query !== it.id) chosen = { query: it.id, operator: null };
    const choose = (operator) => {
      chosen.operator = operator;
      redraw();
    };
    return [
      h("p", { class: "crumbs" }, h("a", { href: link(where, "overview") }, "Overview"), " / query"),
      h("h1", {}, `Query ${it.id}: ${format.line(it.title) || "no name"} `, state(it.state)),
      h("p", { class: "quiet" }, it.line && h("code", {}, it.line), it.group && ` group ${it.group}`),
      data.failures.map(failure),
      figures([
        ["Took", format.millis(it.millis)],
        ["Planning", format.nanos(Object.values(data.planningNanos).reduce((a, b) => a + b, 0))],
        ["Started", format.time(it.started)],
        ["Tasks", progress(it.succeeded, it.failed, it.tasks)],
        ["Jobs", data.jobs.join(", ") || "none"],
      ]),
      h("p", {}, activityBar(it.activities)),
      legend(it.activities),
      h("h2", {}, "Findings"),
      findings(data.findings, where, "Nothing stands out in this query."),
      h("h2", {}, "Operators"),
      data.operators.length > 0 && [
        h("p", { class: "quiet" }, "Time is the operator's own over all tasks. Choose one to see all of it, and what else comes from its line."),
        graph(data.operators, { chosen: chosen.operator, choose }),
        detail(data, where),
        h("details", {}, h("summary", {}, "The operators as a table"), operatorTable(data, where, redraw)),
      ],
      h("h2", {}, "Lines of the script"),
      lineTable(data, redraw),
      h("h2", {}, "Stages"),
      table(stageColumns(where), { id: "stages", caption: "Stages of this query", rows: data.stages, sort: "number", redraw, empty: "None has started." }),
      h("h2", {}, "Plans"),
      Object.entries(data.plans).map(([name, text]) => h("details", { open: name === "physical" }, h("summary", {}, `${name} plan`), h("pre", { tabindex: 0 }, text))),
      Object.keys(data.plans).length === 0 && h("p", { class: "quiet" }, "The plans of old queries are not kept."),
    ];
  },
};

function detail(data, where) {
  const operator = data.operators[chosen.operator];
  if (!operator) return h("div", { id: "detail", role: "status" });
  return h(
    "div",
    { id: "detail", role: "status", class: "figure" },
    h("h3", {}, `${operator.name} `, operator.stageNumber >= 0 ? state(operator.state) : ""),
    h("p", {}, h("code", {}, operator.text)),
    h(
      "p",
      {},
      `${format.count(operator.rows)} rows · ${format.nanos(operator.nanos)} (${format.percent(operator.share)} of the query's) · ${format.bytes(operator.bytes)} · spilled ${format.bytes(operator.spillBytes)} · Python ${format.percent(operator.pythonShare)} of its stage · skew of its stage ${format.skew(operator.skew)}`,
    ),
    operator.line && h("p", {}, "From ", h("code", {}, operator.line)),
    operator.stageNumber >= 0 && h("p", {}, h("a", { href: link(where, "stage", operator.stageNumber, operator.attempt) }, `Stage ${operator.stageNumber}`)),
  );
}

function operatorTable(data, where, redraw) {
  const columns = [
    { key: "id", title: "#", number: true, cell: (row) => String(row.id) },
    { key: "text", title: "Operator", wide: true, cell: (row) => h("code", {}, row.text.length > 240 ? `${row.text.slice(0, 240)}…` : row.text) },
    { key: "rows", title: "Rows", number: true },
    { key: "nanos", title: "Own time", number: true, cell: (row) => format.nanos(row.nanos) },
    { key: "share", title: "Share", number: true, cell: (row) => format.percent(row.share) },
    { key: "bytes", title: "Bytes", number: true, cell: (row) => format.bytes(row.bytes) },
    { key: "spillBytes", title: "Spilled", number: true, cell: (row) => format.bytes(row.spillBytes) },
    { key: "skew", title: "Skew of its stage", number: true, cell: (row) => format.skew(row.skew) },
    { key: "pythonShare", title: "Python in its stage", number: true, cell: (row) => format.percent(row.pythonShare) },
    { key: "stageNumber", title: "Stage", number: true, cell: (row) => (row.stageNumber < 0 ? "" : h("a", { href: link(where, "stage", row.stageNumber, row.attempt) }, String(row.stageNumber))) },
    { key: "line", title: "Line", cell: (row) => h("code", {}, format.line(row.line)) },
  ];
  return table(columns, { id: "operators", caption: "Operators, the result first", rows: data.operators, sort: "id", redraw });
}

/** What each line of the user's script costs in this query. */
function lineTable(data, redraw) {
  const lines = new Map();
  for (const operator of data.operators) {
    if (!operator.line) continue;
    const row = lines.get(operator.line) ?? { line: operator.line, nanos: 0, spillBytes: 0, names: [], rows: 0 };
    if (row.names.length === 0) row.rows = operator.rows;
    row.nanos += operator.nanos;
    row.spillBytes += operator.spillBytes;
    row.names.push(operator.name);
    lines.set(operator.line, row);
  }
  const rows = [...lines.values()];
  const all = Math.max(1, data.operators.reduce((sum, operator) => sum + operator.nanos, 0));
  const columns = [
    { key: "line", title: "Line", cell: (row) => h("code", {}, format.line(row.line)) },
    { key: "nanos", title: "Time", number: true, cell: (row) => format.nanos(row.nanos) },
    { key: "share", title: "Share", number: true, value: (row) => row.nanos, cell: (row) => format.percent(row.nanos / all) },
    { key: "rows", title: "Rows that it gives", number: true },
    { key: "spillBytes", title: "Spilled", number: true, cell: (row) => format.bytes(row.spillBytes) },
    { key: "names", title: "Operators", wide: true, value: (row) => row.names.join(", "), cell: (row) => row.names.join(", ") },
  ];
  return table(columns, { id: "lines", caption: "What each line costs", rows, sort: "-nanos", redraw, empty: "The log names no lines for this query." });
}
