// Who works: membership, slots, memory, what each did.

import { memory } from "../charts.js";
import { h } from "../dom.js";
import * as format from "../format.js";
import { figures, state } from "../parts.js";
import { ask } from "../source.js";
import { table } from "../table.js";

const MOST_CHARTS = 12;
const dump = { threads: null, wanted: "" };

export const executors = {
  title: () => "Executors",
  async load(base) {
    const page = await ask(`${base}/executors`);
    return page.threads ? { ...page, members: await ask(`${base}/members`) } : page;
  },
  draw(data, where, redraw) {
    const there = data.executors.filter((e) => !e.lost);
    const sum = (key) => there.reduce((total, e) => total + e[key], 0);
    return [
      h("h1", {}, "Executors"),
      figures([
        ["There", format.count(there.length)],
        ["Lost", format.count(data.executors.length - there.length), data.executors.length > there.length ? "bad" : null],
        ["Cores", format.count(sum("slots"))],
        ["Running tasks", format.count(sum("running"))],
        ["Memory", format.bytes(sum("memory"))],
      ]),
      executorTable(data, redraw),
      data.members?.length > 0 && [h("h2", {}, "Members of the cluster"), members(data, redraw)],
      h("h2", {}, "Memory over time"),
      h("div", { class: "two" }, data.executors.filter((e) => e.samples.length > 0).slice(0, MOST_CHARTS).map((e) => h("section", {}, h("h3", {}, `${e.id} on ${e.host}`), memory(e.samples)))),
      data.executors.length > MOST_CHARTS && h("p", { class: "quiet" }, `The first ${MOST_CHARTS} of ${data.executors.length}.`),
      data.threads && [h("h2", {}, "Threads of the driver"), threads(where, redraw)],
    ];
  },
};

function executorTable(data, redraw) {
  const columns = [
    { key: "id", title: "Executor" },
    { key: "host", title: "Host" },
    { key: "lost", title: "State", cell: (row) => [state(row.lost ? "lost" : "active"), row.reason && ` ${row.reason}`] },
    { key: "joined", title: "Joined", cell: (row) => format.time(row.joined) },
    { key: "slots", title: "Slots", number: true },
    { key: "running", title: "Running", number: true },
    { key: "succeeded", title: "Done", number: true },
    { key: "failed", title: "Failed", number: true },
    { key: "runNanos", title: "Task time", number: true, cell: (row) => format.nanos(row.runNanos) },
    { key: "gcNanos", title: "Garbage collection", number: true, cell: (row) => format.nanos(row.gcNanos) },
    { key: "pythonNanos", title: "Python", number: true, cell: (row) => format.nanos(row.pythonNanos) },
    { key: "memory", title: "Memory", number: true, cell: (row) => format.bytes(row.memory) },
    ...["Heap", "Direct", "Store", "Disk", "Python memory"].map((title, i) => ({
      key: title, title, number: true, value: (row) => row.now?.[i + 1] ?? 0, cell: (row) => (row.now ? format.bytes(row.now[i + 1]) : ""),
    })),
    { key: "inputBytes", title: "Read", number: true, cell: (row) => format.bytes(row.inputBytes) },
    { key: "shuffleReadBytes", title: "Fetched", number: true, cell: (row) => format.bytes(row.shuffleReadBytes) },
    { key: "shuffleWriteBytes", title: "Handed on", number: true, cell: (row) => format.bytes(row.shuffleWriteBytes) },
    { key: "spillBytes", title: "Spilled", number: true, cell: (row) => format.bytes(row.spillBytes) },
    { key: "workerStarts", title: "Python workers started", number: true },
    { key: "python", title: "Python" },
  ];
  return table(columns, { id: "executors", caption: "Executors, and what their tasks did", rows: data.executors, sort: "id", redraw, empty: "No executor has joined." });
}

function members(data, redraw) {
  const columns = [
    { key: "address", title: "Address" },
    { key: "status", title: "Status", cell: (row) => state(row.status) },
    { key: "reachable", title: "Reachable", value: (row) => (row.reachable ? 1 : 0), cell: (row) => (row.reachable ? "yes" : "no") },
    { key: "roles", title: "Roles", value: (row) => row.roles.join(", "), cell: (row) => row.roles.join(", ") },
    { key: "oldest", title: "Oldest", value: (row) => (row.oldest ? 1 : 0), cell: (row) => (row.oldest ? "yes, decides on others" : "") },
  ];
  return table(columns, { id: "members", caption: "As the driver's node sees it", rows: data.members, sort: "address", redraw });
}

function threads(where, redraw) {
  const look = async () => {
    dump.threads = await ask(`/api/v1/applications/${encodeURIComponent(where.id)}/executors/driver/threads`);
    redraw();
  };
  return [
    h("div", { class: "tools" }, h("button", { type: "button", onclick: look }, dump.threads ? "Look again" : "Look at what they do now")),
    dump.threads?.map((thread) =>
      h("details", {}, h("summary", {}, `${thread.threadName} · ${thread.threadState}${thread.blockedByLock ? ` · waits for ${thread.blockedByLock}` : ""}`), h("pre", {}, thread.stackTrace.elems.join("\n") || "no frames")),
    ),
  ];
}
