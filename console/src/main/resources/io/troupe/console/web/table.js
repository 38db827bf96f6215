// Tables: sortable by their heads, in pages of a hundred rows, scrolled within themselves on narrow screens.

import { h } from "./dom.js";
import * as format from "./format.js";

const PAGE = 100;
const states = new Map();

/**
 * A table of rows that are all here.
 *
 * columns: [{key, title, number?, wide?, value?: row => sortable, cell?: row => content}]; options: id (unique on the page),
 * caption, rows, sort (key, with - before it for descending), redraw, empty (what to say when there are no rows)
 */
export function table(columns, options) {
  const state = stateOf(options.id, options.sort);
  const { rows } = options;
  if (rows.length === 0) return h("p", { class: "quiet" }, options.empty ?? "Nothing yet.");
  const column = columns.find((c) => c.key === state.sort.replace(/^-/, "")) ?? columns[0];
  const value = column.value ?? ((row) => row[column.key]);
  const sign = state.sort.startsWith("-") ? -1 : 1;
  const sorted = state.sort ? [...rows].sort((a, b) => sign * compare(value(a), value(b))) : rows;
  const shown = sorted.slice(state.offset, state.offset + PAGE);
  return h(
    "div",
    {},
    grid(columns, shown, state, options),
    rows.length > PAGE && pager(state, rows.length, options.redraw),
  );
}

/** A table whose order and part the server makes; `page` is {rows, total}, state is that of `stateOf`. */
export function servedTable(columns, page, state, options) {
  return h(
    "div",
    {},
    page.rows.length === 0 ? h("p", { class: "quiet" }, options.empty) : grid(columns, page.rows, state, options),
    page.total > PAGE && pager(state, page.total, options.redraw),
  );
}

/** Order, part and filter of a table, kept while the page is drawn again. */
export function stateOf(id, sort = "") {
  const key = `${location.hash.split("?")[0]} ${id}`;
  if (!states.has(key)) states.set(key, { sort, offset: 0, filter: "" });
  return states.get(key);
}

export const PAGE_ROWS = PAGE;

function compare(a, b) {
  return typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : (a ?? 0) - (b ?? 0);
}

function grid(columns, rows, state, options) {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": options.caption },
    h(
      "table",
      { id: options.id },
      h("caption", {}, options.caption),
      h("thead", {}, h("tr", {}, columns.map((column) => headCell(column, state, options)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, columns.map((column) => cell(column, row))))),
    ),
  );
}

function headCell(column, state, options) {
  const sorted = state.sort === column.key ? "ascending" : state.sort === `-${column.key}` ? "descending" : null;
  const mark = sorted === "ascending" ? " ▲" : sorted === "descending" ? " ▼" : "";
  const content = column.fixed
    ? column.title
    : h("button", { type: "button", onclick: () => turn(column, state, options) }, `${column.title}${mark}`);
  return h("th", { scope: "col", class: column.number ? "number" : null, "aria-sort": sorted }, content);
}

function turn(column, state, options) {
  const first = column.number ? `-${column.key}` : column.key;
  const second = column.number ? column.key : `-${column.key}`;
  state.sort = state.sort === first ? second : first;
  state.offset = 0;
  options.redraw();
}

function cell(column, row) {
  const content = column.cell ? column.cell(row) : row[column.key];
  const kind = column.number ? "number" : column.wide ? "wide" : null;
  return h("td", { class: kind }, typeof content === "number" ? format.count(content) : content);
}

function pager(state, total, redraw) {
  const go = (offset) => () => {
    state.offset = Math.max(0, Math.min(offset, Math.floor((total - 1) / PAGE) * PAGE));
    redraw();
  };
  const to = Math.min(total, state.offset + PAGE);
  return h(
    "div",
    { class: "tools" },
    h("button", { type: "button", disabled: state.offset === 0, onclick: go(0) }, "First"),
    h("button", { type: "button", disabled: state.offset === 0, onclick: go(state.offset - PAGE) }, "Previous"),
    h("span", { role: "status" }, `${format.count(state.offset + 1)}–${format.count(to)} of ${format.count(total)}`),
    h("button", { type: "button", disabled: to >= total, onclick: go(state.offset + PAGE) }, "Next"),
    h("button", { type: "button", disabled: to >= total, onclick: go(total) }, "Last"),
  );
}
