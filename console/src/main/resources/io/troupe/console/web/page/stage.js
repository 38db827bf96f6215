// One attempt of a stage: how its tasks are spread, who ran them, which failed.

import { activityBar, legend } from "../activity.js";
import { progress, timeline } from "../charts.js";
import { h } from "../dom.js";
import * as format from "../format.js";
import { failure, figures, findings, link, state } from "../parts.js";
import { ask } from "../source.js";
import { PAGE_ROWS, servedTable, stateOf, table } from "../table.js";

const NAMES = {
  runNanos: "Run time", cpuNanos: "CPU time", schedulingNanos: "Scheduling", pythonNanos: "Python", pythonComputeNanos: "Python's own computing",
  shuffleWaitNanos: "Shuffle wait", spillNanos: "Spilling", gcNanos: "Garbage collection", inputRows: "Rows read", inputBytes: "Read",
  shuffleReadRows: "Rows fetched", shuffleReadBytes: "Fetched", shuffleWriteRows: "Rows handed on", shuffleWriteBytes: "Handed on",
  outputRows: "Rows written", outputBytes: "Written", resultRows: "Result rows", resultBytes: "Result", spillBytes: "Spilled",
  peakMemoryBytes: "Most memory", pythonRows: "Rows to Python",
};

export function shown(key, value) {
  if (key.endsWith("Nanos")) return format.nanos(value);
  return key.endsWith("Bytes") ? format.bytes(value) : format.count(value);
}

export const stage = {
  title: (data) => `Stage ${data.stage.number}`,
  async load(base, where) {
    const [number = "", attempt = "0"] = where.rest.map(encodeURIComponent);
    const order = stateOf("tasks", "-runNanos");
    const parameters = {
      sort: order.sort.replace(/^-/, ""),
      descending: order.sort.startsWith("-"),
      offset: order.offset,
      length: PAGE_ROWS,
      filter: order.filter,
    };
    const [page, tasks] = await Promise.all([ask(`${base}/stage/${number}/${attempt}`), ask(`${base}/tasks/${number}/${attempt}`, parameters)]);
    return { ...page, tasks };
  },
  draw(data, where, redraw) {
    const it = data.stage;
    return [
      h("p", { class: "crumbs" }, h("a", { href: link(where, "stages") }, "Stages"), " / ", it.query >= 0 && h("a", { href: link(where, "query", it.query) }, `query ${it.query}`)),
      h("h1", {}, `Stage ${it.number}${it.attempt ? `, try ${it.attempt + 1}` : ""} `, state(it.state)),
      h("p", { class: "quiet" }, format.line(it.title), it.reason && `: ${it.reason}`),
      figures([
        ["Took", format.millis(it.millis)],
        ["Tasks", progress(it.succeeded, it.failed, it.tasks)],
        ["Task time", format.nanos(it.runNanos)],
        ["Longest to middle task", format.skew(it.skew)],
        ["Read", format.bytes(it.inputBytes)],
        ["Fetched", format.bytes(it.shuffleReadBytes)],
        ["Spilled", format.bytes(it.spillBytes), it.spillBytes ? "bad" : null],
        ["Most memory of a task", format.bytes(it.peakMemoryBytes)],
      ]),
      h("p", {}, activityBar(it.activities)),
      legend(it.activities),
      data.findings.length > 0 && [h("h2", {}, "Findings"), findings(data.findings, where, "")],
      h("h2", {}, "How the tasks are spread"),
      !data.hasTasks && h("p", { class: "quiet" }, "The single tasks of this stage are not kept any more; the sums above hold all."),
      quantiles(data, redraw),
      data.partitions.length > 0 && [h("h2", {}, "Largest partitions"), partitions(data, redraw)],
      h("h2", {}, "Tasks over time"),
      timeline(data.timeline, data.executorNames),
      h("h2", {}, "Executors"),
      executorTable(data, redraw),
      data.failures.length > 0 && [h("h2", {}, "Failures"), data.failures.map((task) => [h("h3", {}, `Partition ${task.partition}, try ${task.try + 1}, on ${task.executor}`), failure(task.failure)])],
      h("h2", {}, "Tasks"),
      taskTable(data, redraw),
    ];
  },
};

function quantiles(data, redraw) {
  const rows = Object.entries(data.quantiles).map(([key, values]) => ({ key, values }));
  const columns = [
    { key: "key", title: "Metric", fixed: true, cell: (row) => NAMES[row.key] ?? row.key },
    ...["Least", "25 %", "Middle", "75 %", "Most"].map((title, i) => ({ key: title, title, number: true, fixed: true, cell: (row) => shown(row.key, row.values[i]) })),
  ];
  return table(columns, { id: "quantiles", caption: "Over the tasks that ended well", rows, redraw, empty: "No task has ended yet." });
}

function partitions(data, redraw) {
  const columns = [
    { key: "partition", title: "Partition", number: true, cell: (row) => String(row.partition) },
    { key: "bytes", title: "Bytes", number: true, cell: (row) => format.bytes(row.bytes) },
    { key: "rows", title: "Rows", number: true },
    { key: "runNanos", title: "Run time", number: true, cell: (row) => format.nanos(row.runNanos) },
    { key: "key", title: "Heavy key", wide: true, cell: (row) => (row.key ? [h("code", {}, row.key), ` about ${format.percent(row.keyShare)} of its rows`] : "") },
  ];
  return table(columns, { id: "partitions", caption: "Against the middle one", rows: data.partitions, sort: "-bytes", redraw });
}

function executorTable(data, redraw) {
  const columns = [
    { key: "executor", title: "Executor" },
    { key: "tasks", title: "Tasks", number: true },
    { key: "failed", title: "Failed", number: true },
    { key: "runNanos", title: "Run time", number: true, cell: (row) => format.nanos(row.runNanos) },
    { key: "meanNanos", title: "A task", number: true, cell: (row) => format.nanos(row.meanNanos) },
    { key: "gcNanos", title: "Garbage collection", number: true, cell: (row) => format.nanos(row.gcNanos) },
    { key: "spillBytes", title: "Spilled", number: true, cell: (row) => format.bytes(row.spillBytes) },
    { key: "shuffleReadBytes", title: "Fetched", number: true, cell: (row) => format.bytes(row.shuffleReadBytes) },
  ];
  return table(columns, { id: "executors", caption: "What each executor did for this stage", rows: data.executors, sort: "-meanNanos", redraw, empty: "No task has ended yet." });
}

function taskTable(data, redraw) {
  const order = stateOf("tasks", "-runNanos");
  const used = ["runNanos", ...Object.keys(data.quantiles).filter((key) => key !== "runNanos")];
  const columns = [
    { key: "partition", title: "Partition", number: true, cell: (row) => String(row.partition) },
    { key: "try", title: "Try", number: true, cell: (row) => String(row.try + 1) },
    { key: "executor", title: "Executor" },
    { key: "started", title: "Started", cell: (row) => format.time(row.started) },
    ...used.map((key) => ({ key, title: NAMES[key] ?? key, number: true, cell: (row) => shown(key, row[key]) })),
    { key: "failure", title: "Failure", wide: true, cell: (row) => (row.failure ? `${row.failure.type}: ${row.failure.message.slice(0, 160)}` : "") },
  ];
  const filter = h(
    "form",
    { class: "tools", role: "search", onsubmit: (event) => event.preventDefault() },
    h("label", { for: "filter" }, "Only tasks of partition, executor or failure"),
    h("input", {
      id: "filter",
      type: "search",
      value: order.filter,
      oninput: (event) => {
        order.filter = event.target.value;
        order.offset = 0;
        redraw();
      },
    }),
  );
  const options = { id: "tasks", caption: `${format.count(data.tasks.total)} ended attempts`, redraw, empty: "No ended task is like that." };
  return [filter, servedTable(columns, { rows: data.tasks.tasks, total: data.tasks.total }, order, options)];
}
