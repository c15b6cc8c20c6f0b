// Nearer by a double click or Ctrl and the wheel, along by dragging; then "Search this area" asks for what lies in view.

for (const map of document.querySelectorAll("[data-map]")) {
  const svg = map.querySelector("svg");
  const whole = svg.viewBox.baseVal.width;
  const high = svg.viewBox.baseVal.height;
  const [west, south, east, north] = map.dataset.view.split(",").map(Number);
  const across = east > west ? east - west : east - west + 360;
  const isWorld = across >= 359;
  let view = { x: 0, y: 0, width: whole };
  let held = null;

  const search = Object.assign(document.createElement("a"), { className: "button main here no-print", hidden: true });
  search.textContent = "Search this area";
  map.append(search);

  /** Show a part of the picture, never beyond its edges. */
  function show(next) {
    const width = Math.min(whole, Math.max(whole / 40, next.width));
    const height = (width * high) / whole;
    view = {
      width,
      x: Math.min(Math.max(next.x, 0), whole - width),
      y: Math.min(Math.max(next.y, 0), high - height),
    };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${height}`);
    search.hidden = view.width === whole || isWorld;
    if (!search.hidden) search.href = address();
  }

  /** The address of the list of what lies in view: degrees run evenly over a region's picture. */
  function address() {
    const lon = (x) => ((((west + (x / whole) * across + 180) % 360) + 360) % 360) - 180;
    const lat = (y) => north - (y / high) * (north - south);
    const bottom = view.y + (view.width * high) / whole;
    const box = [lon(view.x), lat(bottom), lon(view.x + view.width), lat(view.y)].map((edge) => edge.toFixed(4));
    const url = new URL(map.dataset.search, location.href);
    url.searchParams.set("box", box.join(","));
    return url.pathname + url.search;
  }

  /** Where in the picture a pointer is. */
  function at(event) {
    const seen = svg.getBoundingClientRect();
    const unit = view.width / seen.width;
    return { x: view.x + (event.clientX - seen.left) * unit, y: view.y + (event.clientY - seen.top) * unit, unit };
  }

  function zoom(event, factor) {
    const point = at(event);
    const width = Math.min(whole, Math.max(whole / 40, view.width * factor));
    const kept = width / view.width;
    show({ width, x: point.x - (point.x - view.x) * kept, y: point.y - (point.y - view.y) * kept });
  }

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && view.width === whole) return; // the page scrolls until the map is nearer
    event.preventDefault();
    zoom(event, event.deltaY > 0 ? 1.2 : 1 / 1.2);
  }, { passive: false });
  svg.addEventListener("dblclick", (event) => zoom(event, 0.5));
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (event) => {
    if (view.width < whole && event.button === 0) held = { ...at(event), moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!held) return;
    const point = at(event);
    if (Math.hypot(point.x - held.x, point.y - held.y) / point.unit > 4) held.moved = true;
    if (held.moved) show({ width: view.width, x: view.x + held.x - point.x, y: view.y + held.y - point.y });
  });
  addEventListener("pointerup", () => setTimeout(() => { held = null; }));
  svg.addEventListener("click", (event) => { if (held?.moved) event.preventDefault(); }, true);
}
