// Keys that press what is on the page: <button data-key="c">; the letter and the button cannot drift apart.
//
// data-key="c"   on a button, link, summary (opens it, and goes to its first box) or box (goes there)
// data-first     the box of an opened summary that is gone to, if not its first
// data-says      what the key does, in the list of keys; else the words of the control
// data-item      a row of a list: j and k go from one to the next, Enter follows its link (the first, or what
//                data-opens selects), x marks its box [data-mark]
// data-bulk      what decides on the marked boxes of this form: its keys come first while anything is marked
// data-announce  said aloud when the page is shown

import { announce, isTyping } from "/static/desk.js";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const isShown = (element) => element.checkVisibility({ contentVisibilityAuto: true });

/** What the control of a key does, in words. */
function says(element) {
  return element.dataset.says || (element.getAttribute("aria-label") || element.textContent).replace(/\s*\S$/, "").trim();
}

// Rows.
const items = () => all("[data-item]").filter(isShown);
const current = () => document.querySelector("[data-item].on");

/** Make a row the one that keys act on. */
export function turnTo(item) {
  current()?.removeAttribute("aria-current");
  all("[data-item].on").forEach((other) => other.classList.remove("on"));
  item.classList.add("on");
  item.setAttribute("aria-current", "true");
  if (!item.hasAttribute("tabindex")) item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  item.dispatchEvent(new CustomEvent("turned", { bubbles: true }));
}

function step(by) {
  const rows = items();
  if (!rows.length) return false;
  const at = rows.indexOf(current());
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  if (next === at) announce(by > 0 ? "That was the last" : "That was the first");
  turnTo(rows[next]);
  return true;
}

const link = (item) => (item?.dataset.opens ? document.querySelector(item.dataset.opens) : item?.querySelector("a[data-open], a[href]"));

function mark() {
  const box = current()?.querySelector("[data-mark]");
  if (!box) return false;
  box.click();
  announce(box.checked ? "marked" : "no longer marked");
  return true;
}

// What is marked.
function tell(bulk) {
  const n = all(`[data-mark][form="${bulk.dataset.bulk}"]:checked`).length;
  const told = bulk.querySelector("[data-marked]");
  told.dataset.none ??= told.innerHTML;
  bulk.classList.toggle("some", n > 0);
  bulk.open = n > 0;
  if (n) told.textContent = `${n} marked`;
  else told.innerHTML = told.dataset.none;
}
const tellAll = () => all("[data-bulk]").forEach(tell);

// Controls.
function controls(key) {
  const found = all(`[data-key="${CSS.escape(key)}"]`).filter((element) => !element.disabled && !element.closest("[inert]"));
  const rank = (element) => {
    const bulk = element.closest("[data-bulk]");
    if (bulk) return bulk.classList.contains("some") ? 0 : 3;
    return element.closest("[data-item].on") ? 1 : 2;
  };
  return found.filter((element) => isShown(element) || element.closest("details")).sort((a, b) => rank(a) - rank(b));
}

/** Nothing marked: the row that is on is meant. */
function marksOne(element) {
  const bulk = element.closest("[data-bulk]");
  if (!bulk || bulk.classList.contains("some") || !element.matches("button") || mark()) return true;
  announce("Mark rows first, with x");
  return false;
}

function press(element) {
  if (!marksOne(element)) return;
  for (let up = element.closest("details"); up; up = up.parentElement.closest("details")) {
    if (element !== up.firstElementChild) up.open = true;
  }
  if (element.matches("summary")) {
    element.parentElement.open = true;
    const boxes = element.parentElement;
    const first = boxes.querySelector("[data-first]") ?? boxes.querySelector("input:not([type=hidden]), select, textarea, button");
    (first ?? element).focus();
    if (first?.matches("[data-first]")) first.select();
  } else if (element.matches("input:not([type=checkbox]), select, textarea")) {
    element.focus();
    element.select?.();
  } else {
    element.focus();
    element.click();
  }
}

/** Keys of this page with what they do. */
function known() {
  const rows = new Map();
  if (items().length) {
    rows.set("j", "next").set("k", "previous");
    if (items().some(link)) rows.set("Enter", "open");
    if (document.querySelector("[data-mark]")) rows.set("x", "mark for deciding on several");
  }
  for (const { dataset } of all("[data-key]")) {
    const [element] = controls(dataset.key);
    if (element) rows.set(dataset.key, says(element));
  }
  return rows.set("/", "search").set("Esc", "leave a box").set("?", "these keys");
}

function help() {
  document.querySelector("dialog.keys")?.remove();
  const dialog = Object.assign(document.createElement("dialog"), { className: "keys" });
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  for (const [key, what] of known()) {
    const name = document.createElement("dt");
    name.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(name, Object.assign(document.createElement("dd"), { textContent: what }));
  }
  const close = Object.assign(document.createElement("button"), { textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(Object.assign(document.createElement("h2"), { textContent: "Keys" }), list, close);
  dialog.addEventListener("close", leave);
  document.body.append(dialog);
  dialog.showModal();
}

const leave = () => (current() ?? document.getElementById("main")).focus();

function act(key) {
  if (key === "Escape") return leave(), true;
  if (key === "?") return help(), true;
  if (key === "x" && mark()) return true;
  if ((key === "j" || key === "ArrowDown") && step(1)) return true;
  if ((key === "k" || key === "ArrowUp") && step(-1)) return true;
  const [element] = controls(key);
  if (element) press(element);
  return Boolean(element);
}

function typed(event) {
  const box = event.target;
  if (event.key === "Escape") leave();
  // Enter in a box means the button beside it, not the first of its form; after why and who it leaves the box.
  if (event.key !== "Enter" || !box.matches("form.decide input")) return;
  event.preventDefault();
  const near = box.closest("details, form").querySelector("button[name=what]");
  if (box.name === "note" || box.name === "by" || !near) leave();
  else near.click();
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event)) return event.ctrlKey || event.metaKey || event.altKey ? undefined : typed(event);
  const onControl = event.target.closest("a, button, summary, input");
  if (event.key.startsWith("Arrow") && !event.target.closest("[data-item]")) return;
  if (event.key === "Enter" && !onControl && link(current())) return link(current()).click();
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("change", (event) => event.target.matches("[data-mark]") && tellAll());
document.addEventListener("focusin", (event) => {
  const item = event.target.closest("[data-item]");
  if (item && item !== current()) {
    all("[data-item].on").forEach((other) => other.classList.remove("on"));
    item.classList.add("on");
  }
});

tellAll();
const said = document.querySelector("[data-announce]");
if (said) announce(said.querySelector("p").textContent.replace(/\s+/g, " ").trim());
if (current() && document.activeElement === document.body && !location.hash) turnTo(current());
if (document.querySelector("[data-key], [data-item]")) {
  const hint = Object.assign(document.createElement("button"), { className: "keys-hint", type: "button" });
  hint.append(Object.assign(document.createElement("kbd"), { textContent: "?" }), " keys");
  hint.addEventListener("click", help);
  document.querySelector(".top").append(hint);
}
