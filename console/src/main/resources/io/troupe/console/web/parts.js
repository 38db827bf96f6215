// Parts that several pages have.

import { activityBar } from "./activity.js";
import { progress } from "./charts.js";
import { h } from "./dom.js";
import * as format from "./format.js";

/** The address of a page of the application. */
export function link(where, ...parts) {
  return `#/${[where.id, ...parts].map(encodeURIComponent).join("/")}`;
}

export function figures(pairs) {
  return h(
    "dl",
    { class: "grid" },
    pairs.map(([name, value, kind]) => h("div", { class: "figure" }, h("dt", {}, name), h("dd", { class: kind }, value))),
  );
}

export function state(name) {
  return h("span", { class: `state ${name.toLowerCase()}` }, name.toLowerCase());
}

/** What is wrong and what would help, costliest first. */
export function findings(found, where, none) {
  if (found.length === 0) return h("p", { class: "quiet" }, none);
  return h(
    "ul",
    { class: "findings" },
    found.map((finding) =>
      h(
        "li",
        { "data-rule": finding.rule },
        h("b", {}, finding.title),
        h("span", {}, finding.evidence),
        h("div", { class: "do" }, "Try: ", finding.suggestion),
        h(
          "span",
          { class: "quiet" },
          finding.query >= 0 && where.name !== "query" && h("a", { href: link(where, "query", finding.query) }, `query ${finding.query}`),
          finding.stage >= 0 && [" ", h("a", { href: link(where, "stage", finding.stage, finding.attempt ?? 0) }, `stage ${finding.stage}`)],
        ),
      ),
    ),
  );
}

export function failure(why) {
  return h(
    "div",
    { class: "failure" },
    h("b", {}, why.type, why.condition && ` [${why.condition}]`),
    h("div", {}, why.message.length > 1500 ? `${why.message.slice(0, 1500)} …` : why.message),
    why.traceback && h("details", { open: true }, h("summary", {}, "Your traceback"), h("pre", {}, why.traceback)),
  );
}

/** Columns of a table of stages. */
export function stageColumns(where) {
  return [
    { key: "number", title: "Stage", number: true, cell: (row) => h("a", { href: link(where, "stage", row.number, row.attempt) }, `${row.number}${row.attempt ? ` (try ${row.attempt + 1})` : ""}`) },
    { key: "title", title: "Query", wide: true, cell: (row) => (row.query >= 0 ? h("a", { href: link(where, "query", row.query) }, format.line(row.title)) : row.title) },
    { key: "state", title: "State", cell: (row) => state(row.state) },
    { key: "started", title: "Started", cell: (row) => format.time(row.started) },
    { key: "millis", title: "Took", number: true, cell: (row) => format.millis(row.millis) },
    { key: "tasks", title: "Tasks", cell: (row) => progress(row.succeeded, row.failed, row.tasks) },
    { key: "runNanos", title: "Where its time went", cell: (row) => activityBar(row.activities) },
    { key: "inputBytes", title: "Read", number: true, cell: (row) => format.bytes(row.inputBytes) },
    { key: "shuffleReadBytes", title: "Fetched", number: true, cell: (row) => format.bytes(row.shuffleReadBytes) },
    { key: "shuffleWriteBytes", title: "Handed on", number: true, cell: (row) => format.bytes(row.shuffleWriteBytes) },
    { key: "spillBytes", title: "Spilled", number: true, cell: (row) => format.bytes(row.spillBytes) },
    { key: "skew", title: "Skew", number: true, cell: (row) => format.skew(row.skew) },
  ];
}
