// The address behind the # names an application and a page of it. While the application runs, the page is asked for again
// each second and drawn over what is there.

import { applyShares } from "./activity.js";
import { h, morph } from "./dom.js";
import { head } from "./head.js";
import { ask, forgetToken, Trouble } from "./source.js";
import { PAGES, applications } from "./pages.js";

const EVERY_MILLIS = 1000;
const LONGEST_MILLIS = 10_000;

const content = document.getElementById("content");
const top = document.getElementById("head");
const notice = document.getElementById("notice");
let turn = 0;
let timer = 0;
let last = null;

function place() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?", 2);
  const parts = path.split("/").filter(Boolean).map(decode);
  return { id: parts[0], name: parts[1] ?? "overview", rest: parts.slice(2), parameters: new URLSearchParams(query) };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Draws the page of the address; later calls make earlier ones void. */
async function show(isNew) {
  const mine = ++turn;
  clearTimeout(timer);
  const where = place();
  const began = performance.now();
  try {
    const drawn = where.id ? await application(where) : await list();
    if (mine !== turn || !drawn) return;
    const fresh = h("main", {}, drawn.content);
    morph(content, fresh);
    morph(top, h("header", {}, head(where, drawn.data, () => show(false))));
    applyShares(document);
    say("");
    document.title = `${drawn.title} · Troupe`;
    content.dataset.drawnMillis = String(Math.round(performance.now() - began));
    content.dataset.drawn = location.hash;
    last = drawn.data;
    if (isNew) arrive();
    if (drawn.live) again(Math.min(LONGEST_MILLIS, Math.max(EVERY_MILLIS, 4 * (performance.now() - began))));
  } catch (error) {
    if (mine === turn) fail(error, isNew);
  }
}

async function list() {
  const all = await ask("/pages/applications");
  if (all.length === 1 && !location.hash.startsWith("#/?")) {
    location.replace(`#/${encodeURIComponent(all[0].id)}/overview`);
    return null;
  }
  return { content: applications(all), title: "Applications", data: null, live: false };
}

async function application(where) {
  const page = PAGES[where.name];
  if (!page) throw new Trouble(404, `there is no page "${where.name}"`);
  const redraw = () => show(false);
  const data = await page.load(`/pages/${encodeURIComponent(where.id)}`, where);
  return { content: page.draw(data, where, redraw), title: `${page.title(data, where)} · ${data.name}`, data, live: !data.ended };
}

function again(after) {
  timer = setTimeout(() => (document.hidden ? again(after) : show(false)), after);
}

/** A new page begins at its heading, for the eye and for the screen reader. */
function arrive() {
  window.scrollTo(0, 0);
  const heading = content.querySelector("h1");
  if (heading && document.activeElement !== document.body) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

function fail(error, isNew) {
  if (error instanceof Trouble && error.status === 404) {
    morph(content, h("main", {}, h("h1", {}, "Nothing here"), h("p", {}, error.message), h("p", {}, h("a", { href: "#/?" }, "All applications"))));
    say("");
    content.dataset.drawn = location.hash;
    return;
  }
  const gone = !(error instanceof Trouble);
  if (gone && last && !isNew) {
    say("The application's process does not answer; this is the last that it told. `troupe ui` shows it after its end.");
  } else {
    say(gone ? `The console does not answer: ${error.message}` : error.message);
  }
  again(LONGEST_MILLIS / 2);
}

function say(text) {
  if (notice.textContent !== text) notice.textContent = text;
}

document.getElementById("skip").onclick = (event) => {
  event.preventDefault();
  content.focus();
};
window.addEventListener("hashchange", () => show(true));
forgetToken();
show(true);
