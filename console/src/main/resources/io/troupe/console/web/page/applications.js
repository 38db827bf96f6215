// The applications whose logs there are.

import { h } from "../dom.js";
import * as format from "../format.js";
import { state } from "../parts.js";
import { table } from "../table.js";

export function applications(all) {
  const redraw = () => window.dispatchEvent(new HashChangeEvent("hashchange"));
  const columns = [
    { key: "name", title: "Application", wide: true, cell: (row) => h("a", { href: `#/${encodeURIComponent(row.id)}/overview` }, row.name) },
    { key: "id", title: "Identity" },
    { key: "user", title: "User" },
    { key: "started", title: "Started", number: true, cell: (row) => format.time(row.started) },
    { key: "took", title: "Took", number: true, value: took, cell: (row) => format.millis(took(row)) },
    { key: "ended", title: "State", cell: (row) => state(row.ended ? "done" : "unfinished") },
    { key: "version", title: "Version" },
  ];
  return [
    h("h1", {}, "Applications"),
    table(columns, { id: "applications", caption: "By their event logs", rows: all, sort: "-started", redraw, empty: "There is no event log in this folder." }),
  ];
}

function took(row) {
  return Math.max(0, (row.ended || row.updated) - row.started);
}
