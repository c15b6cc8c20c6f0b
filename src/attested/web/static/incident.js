// The page of an incident, statement or trend: its id copied at a click, its days at the slider, its history in place.
import { announce } from "/static/desk.js";

const id = document.getElementById("row-id");
if (id && navigator.clipboard) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(id.textContent);
    announce(`${id.textContent} copied`);
    button.textContent = "Copied";
  });
  id.after(button);
}

const slider = document.querySelector(".as-of input");
if (slider) {
  const names = slider.form.dataset.names.split("|");
  const shown = slider.form.querySelector("output");
  slider.form.querySelector("button").hidden = true;
  slider.addEventListener("input", () => {
    shown.textContent = slider.ariaValueText = names[slider.value];
  });
  slider.addEventListener("change", () => slider.form.requestSubmit());
}

const daily = document.querySelector(".daily");
daily?.addEventListener("toggle", async () => {
  const link = daily.querySelector("p a");
  const page = await (await fetch(link.href)).text();
  const days = new DOMParser().parseFromString(page, "text/html").getElementById("days");
  if (days) link.parentElement.after(days);
}, { once: true });
