// Elements from plain data. Text only ever becomes text nodes, so nothing that a log says is read as markup.

const SVG = "http://www.w3.org/2000/svg";
const HANDLERS = ["onclick", "oninput", "onchange", "onkeydown", "onpointermove", "onpointerleave", "onsubmit"];

/** An HTML element. Attributes that are null or false are left out; those that begin with "on" are handlers. */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) {
      element[name] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return element;
}

/** Makes an element's content that of another, keeping what is equal, so that focus, scrolling and open parts stay. */
export function morph(old, fresh) {
  const before = [...old.childNodes];
  const after = [...fresh.childNodes];
  after.forEach((node, i) => {
    if (i >= before.length) {
      old.append(node);
    } else if (!isSame(before[i], node)) {
      before[i].replaceWith(node);
    } else if (node.nodeType === Node.TEXT_NODE) {
      if (before[i].data !== node.data) before[i].data = node.data;
    } else {
      morphElement(before[i], node);
    }
  });
  before.slice(after.length).forEach((node) => node.remove());
}

function isSame(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && one.id === other.id;
}

function morphElement(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !(name === "open" && old.nodeName === "DETAILS")) {
      old.setAttribute(name, value);
    }
  }
  for (const handler of HANDLERS) {
    if (old[handler] !== fresh[handler]) old[handler] = fresh[handler];
  }
  if (old.nodeName === "INPUT" || old.nodeName === "SELECT") {
    if (document.activeElement !== old && old.value !== fresh.value) old.value = fresh.value;
  }
  morph(old, fresh);
}
