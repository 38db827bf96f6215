// All jobs, all stages.

import { h } from "../dom.js";
import * as format from "../format.js";
import { link, stageColumns, state } from "../parts.js";
import { ask } from "../source.js";
import { table } from "../table.js";

export const stages = {
  title: () => "Stages",
  load: (base) => ask(`${base}/stages`),
  draw: (data, where, redraw) => [
    h("h1", {}, "Stages"),
    table(stageColumns(where), { id: "stages", caption: "Attempts of stages, latest first", rows: data.stages, sort: "-started", redraw, empty: "No stage has started." }),
  ],
};

export const jobs = {
  title: () => "Jobs",
  load: (base) => ask(`${base}/jobs`),
  draw(data, where, redraw) {
    const columns = [
      { key: "id", title: "Job", number: true, cell: (row) => String(row.id) },
      { key: "title", title: "Query", wide: true, cell: (row) => (row.query >= 0 ? h("a", { href: link(where, "query", row.query) }, format.line(row.title) || `query ${row.query}`) : row.title) },
      { key: "group", title: "Group" },
      { key: "state", title: "State", value: jobState, cell: (row) => state(jobState(row, data)) },
      { key: "started", title: "Submitted", cell: (row) => format.time(row.started) },
      { key: "took", title: "Took", number: true, value: (row) => took(row, data), cell: (row) => format.millis(took(row, data)) },
      { key: "stages", title: "Stages", value: (row) => row.stages.length, cell: (row) => row.stages.flatMap((n) => [h("a", { href: link(where, "stage", n, 0) }, String(n)), " "]) },
      { key: "failure", title: "Failure", wide: true, value: (row) => row.failure?.type ?? "", cell: (row) => (row.failure ? `${row.failure.type}: ${row.failure.message.slice(0, 200)}` : "") },
    ];
    return [
      h("h1", {}, "Jobs"),
      table(columns, { id: "jobs", caption: "Latest first", rows: data.jobs, sort: "-id", redraw, empty: "No job has started." }),
    ];
  },
};

function jobState(row, data) {
  if (row.ended) return row.failure ? "failed" : "succeeded";
  return data?.ended ? "unfinished" : "running";
}

function took(row, data) {
  return Math.max(0, (row.ended || data.latest) - row.started);
}
