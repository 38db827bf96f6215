// Storage and environment.

import { h } from "../dom.js";
import * as format from "../format.js";
import { state } from "../parts.js";
import { ask } from "../source.js";
import { table } from "../table.js";

export const storage = {
  title: () => "Storage",
  load: (base) => ask(`${base}/storage`),
  draw(data, where, redraw) {
    const columns = [
      { key: "id", title: "Cache", number: true, cell: (row) => String(row.id) },
      { key: "description", title: "What", wide: true, cell: (row) => h("code", {}, row.description.slice(0, 400)) },
      { key: "level", title: "Level" },
      { key: "dropped", title: "State", cell: (row) => state(row.dropped ? "dropped" : "active") },
      { key: "filled", title: "Asked for", cell: (row) => format.time(row.filled) },
      { key: "filledPartitions", title: "Partitions", cell: (row) => `${format.count(row.filledPartitions)} of ${format.count(row.partitions)}` },
      { key: "bytes", title: "Size", number: true, cell: (row) => format.bytes(row.bytes) },
      { key: "spilled", title: "On disk", number: true, cell: (row) => format.bytes(row.spilled) },
    ];
    return [h("h1", {}, "Storage"), table(columns, { id: "caches", caption: "Cached plans", rows: data.caches, sort: "-id", redraw, empty: "Nothing was cached." })];
  },
};

export const environment = {
  title: () => "Environment",
  load: (base) => ask(`${base}/environment`),
  draw: (data, where, redraw) => [
    h("h1", {}, "Environment"),
    h("h2", {}, "Settings"),
    pairs("settings", "Secrets are not written down", data.settings, redraw),
    h("h2", {}, "Process"),
    pairs("system", "What the driver runs on", data.system, redraw),
  ],
};

function pairs(id, caption, map, redraw) {
  const rows = Object.entries(map).map(([name, value]) => ({ name, value }));
  const columns = [
    { key: "name", title: "Name", cell: (row) => h("code", {}, row.name) },
    { key: "value", title: "Value", wide: true, cell: (row) => h("code", {}, row.value) },
  ];
  return table(columns, { id, caption, rows, sort: "name", redraw, empty: "The log names none." });
}
