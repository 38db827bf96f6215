// A query's operators as a tree: scans above, the result below, rows on the edges.

import { h, s } from "./dom.js";
import * as format from "./format.js";

const WIDTH = 216;
const HEIGHT = 86;
const GAP_X = 22;
const GAP_Y = 46;
const MARGIN = 12;

/** options: chosen (id of the chosen operator or null), choose: id => void */
export function graph(operators, options) {
  const places = layout(operators);
  const width = Math.max(...places.map((p) => p.x)) + WIDTH + 2 * MARGIN;
  const height = Math.max(...places.map((p) => p.y)) + HEIGHT + 2 * MARGIN;
  const line = options.chosen === null ? "" : operators[options.chosen]?.line;
  const most = Math.max(1, ...operators.map((o) => o.nanos));
  return h(
    "div",
    { class: "chart graph", tabindex: 0, role: "group", "aria-label": "Operators of the query, from the scans to the result" },
    s(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height },
      s("g", {}, operators.map((o) => edge(o, places))),
      s("g", {}, operators.map((o) => node(o, places[o.id], most, line, options))),
    ),
  );
}

/** Leaves beside each other, each operator below the middle of those that feed it. */
function layout(operators) {
  const children = operators.map(() => []);
  const roots = [];
  for (const operator of operators) {
    (operator.parent < 0 ? roots : children[operator.parent]).push(operator.id);
  }
  const depths = new Array(operators.length).fill(0);
  for (const operator of operators) {
    depths[operator.id] = operator.parent < 0 ? 0 : depths[operator.parent] + 1;
  }
  const deepest = Math.max(...depths);
  const xs = new Array(operators.length).fill(0);
  let next = 0;
  const place = (id) => {
    if (children[id].length === 0) {
      xs[id] = next;
      next += WIDTH + GAP_X;
      return;
    }
    children[id].forEach(place);
    xs[id] = (xs[children[id][0]] + xs[children[id].at(-1)]) / 2;
  };
  roots.forEach(place);
  return operators.map((o) => ({ x: xs[o.id] + MARGIN, y: (deepest - depths[o.id]) * (HEIGHT + GAP_Y) + MARGIN }));
}

function edge(operator, places) {
  if (operator.parent < 0) return null;
  const from = places[operator.id];
  const to = places[operator.parent];
  const x1 = from.x + WIDTH / 2;
  const y1 = from.y + HEIGHT;
  const x2 = to.x + WIDTH / 2;
  const middle = (y1 + to.y) / 2;
  const thick = 1 + Math.min(7, Math.log10(1 + operator.rows));
  return [
    s("path", {
      class: operator.exchange >= 0 ? "edge exchange" : "edge",
      d: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${to.y}`,
      "stroke-width": thick.toFixed(1),
    }),
    s("text", { class: "flow", x: x1 + 9, y: y1 + 16 }, `${format.short(operator.rows)} rows`),
  ];
}

function node(operator, place, most, line, options) {
  const marks = ["node"];
  if (options.chosen === operator.id) marks.push("chosen");
  else if (line && operator.line === line) marks.push("sameLine");
  if (operator.share > 0.4) marks.push("hot");
  const alarms = [];
  if (operator.spillBytes > 0) alarms.push(`spilled ${format.bytes(operator.spillBytes)}`);
  if (operator.skew >= 3) alarms.push(`skew ${format.skew(operator.skew)}`);
  const choose = () => options.choose(options.chosen === operator.id ? null : operator.id);
  const facts = [operator.exchange >= 0 ? format.bytes(operator.bytes) : format.nanos(operator.nanos)];
  if (operator.exchange < 0 && operator.bytes > 0) facts.push(format.bytes(operator.bytes));
  if (operator.stageNumber >= 0) facts.push(`stage ${operator.stageNumber}`);
  return s(
    "g",
    {
      class: marks.join(" "),
      id: `operator-${operator.id}`,
      transform: `translate(${place.x} ${place.y})`,
      tabindex: 0,
      role: "button",
      "aria-pressed": options.chosen === operator.id ? "true" : "false",
      "aria-label": spoken(operator, alarms),
      onclick: choose,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      },
    },
    s("title", {}, operator.text),
    s("rect", { class: "box", width: WIDTH, height: HEIGHT, rx: 7 }),
    s("text", { class: "title", x: 10, y: 19 }, cut(operator.name, 26)),
    s("text", { class: "soft", x: 10, y: 37 }, facts.join(" · ")),
    s("text", { class: alarms.length ? "alarm" : "soft", x: 10, y: 54 }, alarms.join(" · ") || (operator.python ? "runs your Python" : "")),
    s("text", { class: "soft", x: 10, y: 70 }, cut(format.line(operator.line), 24)),
    s("text", { x: WIDTH - 10, y: 70, "text-anchor": "end" }, format.percent(operator.share)),
    s("rect", { class: "heat", x: 10, y: 76, width: WIDTH - 20, height: 4, rx: 2 }),
    s("rect", {
      class: operator.python ? "heatFill python" : "heatFill",
      x: 10,
      y: 76,
      width: ((WIDTH - 20) * operator.nanos) / most,
      height: 4,
      rx: 2,
    }),
  );
}

function spoken(operator, alarms) {
  const parts = [operator.name, `${format.count(operator.rows)} rows`, `${format.nanos(operator.nanos)}, ${format.percent(operator.share)} of the time`];
  if (operator.python) parts.push("runs your Python");
  parts.push(...alarms);
  if (operator.line) parts.push(`from ${format.line(operator.line)}`);
  return parts.join(", ");
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
