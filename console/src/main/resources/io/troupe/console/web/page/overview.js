// Where the time goes, whether something is wrong, what would help.

import { activityBar, legend } from "../activity.js";
import { progress } from "../charts.js";
import { h } from "../dom.js";
import * as format from "../format.js";
import { figures, findings, link, state } from "../parts.js";
import { ask } from "../source.js";
import { strip } from "../strip.js";
import { table } from "../table.js";

export const overview = {
  title: () => "Overview",
  load: (base) => ask(`${base}/overview`),
  draw(data, where, redraw) {
    const redrawStrip = () => {
      const old = document.querySelector(".strip");
      const fresh = strip(data.strip, redrawStrip);
      old.replaceWith(fresh);
      fresh.querySelector("svg").focus({ preventScroll: true });
    };
    return [
      h("h1", {}, "Overview"),
      h("h2", { id: "cores" }, "What the cores do"),
      strip(data.strip, redrawStrip),
      legend(data.activities),
      h("h2", { id: "found" }, "Findings"),
      findings(data.findings, where, "Nothing stands out: no rule found time that one change would save."),
      figures([
        ["Queries", format.count(data.queryCount)],
        ["Running", format.count(data.runningCount)],
        ["Failed", format.count(data.failedCount), data.failedCount ? "bad" : null],
        ["Cores", format.count(data.slots)],
        ["Executors lost", format.count(data.lostCount), data.lostCount ? "bad" : null],
      ]),
      h("h2", {}, "Queries"),
      queries(data, where, redraw),
    ];
  },
};

function queries(data, where, redraw) {
  const columns = [
    { key: "id", title: "Query", number: true, cell: (row) => h("a", { href: link(where, "query", row.id) }, String(row.id)) },
    { key: "title", title: "What", wide: true, cell: (row) => h("a", { href: link(where, "query", row.id) }, format.line(row.title) || "query") },
    { key: "line", title: "Line", cell: (row) => h("code", {}, format.line(row.line)) },
    { key: "state", title: "State", cell: (row) => state(row.state) },
    { key: "started", title: "Started", cell: (row) => format.time(row.started) },
    { key: "millis", title: "Took", number: true, cell: (row) => format.millis(row.millis) },
    { key: "tasks", title: "Tasks", cell: (row) => progress(row.succeeded, row.failed, row.tasks) },
    { key: "activities", title: "Where its time went", fixed: true, cell: (row) => activityBar(row.activities) },
  ];
  const caption = data.queries.length < data.queryCount ? `The latest ${data.queries.length} of ${data.queryCount}` : "Latest first";
  return table(columns, { id: "queries", caption, rows: data.queries, sort: "-id", redraw, empty: "No query was planned yet." });
}
