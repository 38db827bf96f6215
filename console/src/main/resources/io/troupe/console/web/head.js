// What stands above each page: the application, its pages, and the choice of light and dark.

import { h } from "./dom.js";
import * as format from "./format.js";

const LINKS = [
  ["overview", "Overview"],
  ["jobs", "Jobs"],
  ["stages", "Stages"],
  ["python", "Python"],
  ["executors", "Executors"],
  ["storage", "Storage"],
  ["environment", "Environment"],
];
const PARENTS = { query: "overview", stage: "stages" };
const THEMES = { "": "dark", dark: "light", light: "" };
const KEY = "troupe-theme";

theme(stored());

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function theme(name) {
  document.documentElement.dataset.theme = name;
}

function nextTheme(redraw) {
  const next = THEMES[document.documentElement.dataset.theme ?? ""] ?? "";
  theme(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds for this page alone.
  }
  redraw();
}

export function head(where, data, redraw) {
  const current = PARENTS[where.name] ?? where.name;
  return h(
    "div",
    { class: "inner" },
    h(
      "div",
      { class: "top" },
      h("a", { href: "#/?", class: "name" }, "Troupe"),
      data && h("span", { class: "name" }, data.name),
      data && state(data),
      data && h("span", { class: "facts" }, facts(data)),
      h(
        "button",
        { type: "button", onclick: () => nextTheme(redraw) },
        `Colours: ${document.documentElement.dataset.theme || "as the system"}`,
      ),
    ),
    data && h("nav", { "aria-label": "Pages of the application" }, links(where.id, current)),
  );
}

function links(id, current) {
  const items = LINKS.map(([name, title]) =>
    h("li", {}, h("a", { href: `#/${encodeURIComponent(id)}/${name}`, "aria-current": name === current ? "page" : null }, title)),
  );
  return h("ul", {}, items);
}

function state(data) {
  const name = data.ended ? "done" : "running";
  return h("span", { class: `state ${name}` }, data.ended ? "ended" : "running");
}

function facts(data) {
  const parts = [data.id, `started ${format.time(data.started)}`, format.millis((data.ended || data.latest) - data.started)];
  parts.push(`${format.count(data.slots)} cores`);
  if (data.user) parts.push(data.user);
  if (data.dropped) parts.push(`${format.count(data.dropped)} events lost`);
  if (data.schemaNote) parts.push(data.schemaNote);
  return parts.join(" · ");
}
