// What every page gains where scripts run; all of it works without.

/** Say something to those who listen rather than look. */
export function announce(text) {
  let live = document.getElementById("live");
  if (!live) {
    live = Object.assign(document.createElement("p"), { id: "live", className: "hidden" });
    live.setAttribute("role", "status");
    document.querySelector("main").append(live);
  }
  live.textContent = text;
}

/** Whether a key is meant for something that is being typed into. */
export function isTyping(event) {
  return event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), select, textarea");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !isTyping(event)) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
});
