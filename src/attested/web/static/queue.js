// The card follows the row that j and k turn to, without a new page.

import { announce } from "/static/desk.js";

let asked = 0;

async function show(item) {
  const own = ++asked;
  const before = document.getElementById("card");
  before.inert = true; // no key may decide on what is about to be replaced, nor type into it
  try {
    const answer = await fetch(item.dataset.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [card, bar] = ["#card", "#bulk [name=back]"].map((name) => page.querySelector(name));
    if (own !== asked || !card) return;
    before.replaceWith(card);
    const back = document.querySelector("#bulk [name=back]");
    if (back && bar) back.value = bar.value;
    history.replaceState(null, "", item.dataset.href);
  } catch {
    announce("The desk does not answer");
  } finally {
    if (own === asked) before.inert = false;
  }
}

document.addEventListener("turned", (event) => event.target.matches(".asked-of [data-item]") && event.isTrusted !== true && show(event.target));
