// Words and claims side by side: what is pointed at on one side shows on the other; a fold opens for what lies in it.

import { announce } from "/static/desk.js";

const top = document.querySelector(".top");
const which = document.querySelector(".which");
const aside = document.querySelector(".reading > aside");

/** How high the heads are that stay on the screen, for what is scrolled to beneath them. */
function measure() {
  const high = getComputedStyle(top).position === "sticky" ? top.offsetHeight : 0;
  const root = document.documentElement;
  root.style.setProperty("--head", `${high}px`);
  root.style.setProperty("--heads", `${high + which.offsetHeight}px`);
}

function itemOf(id) {
  return aside.querySelector(`[data-claim="${CSS.escape(id)}"]`);
}

/** Show one claim, and no other, on both sides. */
function light(id) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const words = document.querySelectorAll(`mark#${CSS.escape(id)}, mark[data-of="${CSS.escape(id)}"]`);
  for (const mark of words) mark.classList.add("lit");
  const item = words.length ? itemOf(id) : null;
  item?.classList.add("lit");
  return item;
}

function scrollAside(item) {
  if (aside.scrollHeight > aside.clientHeight) {
    aside.scrollTop += item.getBoundingClientRect().top - aside.getBoundingClientRect().top - aside.clientHeight / 3;
  }
}

/** Open the folds around what the address names, and show it. */
function arrive() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView({ block: target.tagName === "MARK" ? "center" : "start" });
  const item = light(id);
  if (item) {
    scrollAside(item);
    announce(item.querySelector("a").textContent);
  }
}

for (const kind of ["mouseover", "focusin"]) {
  document.querySelector(".page-text").addEventListener(kind, (event) => {
    const mark = event.target.closest("mark");
    if (mark) light(mark.id || mark.dataset.of);
  });
  aside.addEventListener(kind, (event) => {
    const item = event.target.closest("[data-claim]");
    if (item) light(item.dataset.claim);
  });
}
document.querySelector(".page-text").addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  const item = mark && light(mark.id || mark.dataset.of);
  if (item) scrollAside(item);
});
// What the sticky head repeats is shown once the head itself has left the screen.
new IntersectionObserver(([seen]) => which.classList.toggle("is-top", seen.isIntersecting)).observe(document.querySelector("h1"));
addEventListener("hashchange", arrive);
addEventListener("resize", measure);
measure();
arrive();
