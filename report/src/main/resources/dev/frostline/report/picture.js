"use strict";
// Adds zoom, search and keys to an icicle that the server drew, and shows its three views one at a time. The fragment
// keeps the state: #view=tree&focus=pandas.
for (const views of document.querySelectorAll(".views")) {
  const svg = views.querySelector("svg.boxes");
  const sections = [...views.querySelectorAll(".view")];
  const state = new URLSearchParams(location.search);
  new URLSearchParams(location.hash.slice(1)).forEach((value, key) => state.set(key, value));
  const boxes = svg ? [...svg.querySelectorAll("svg.box")].map((element) => ({
    element,
    row: Number(element.dataset.row),
    x: parseFloat(element.getAttribute("x")),
    width: parseFloat(element.getAttribute("width")),
    words: element.querySelector("title").textContent,
  })) : [];
  const rowHeight = boxes.length ? parseFloat(boxes[0].element.getAttribute("height")) : 0;
  const within = (box, other) =>
    box.x >= other.x - 0.0015 && box.x + box.width <= other.x + other.width + 0.0015;
  let focus = boxes[0];

  function remember(key, value) {
    const fragment = new URLSearchParams(location.hash.slice(1));
    if (value) fragment.set(key, value); else fragment.delete(key);
    const text = fragment.toString();
    history.replaceState(history.state, "", text ? "#" + text : location.pathname + location.search);
  }

  function zoom(target) {
    focus = target;
    const scale = 100 / target.width;
    let rows = 1;
    for (const box of boxes) {
      const above = box.row < target.row && within(target, box);
      const below = box.row >= target.row && within(box, target);
      box.element.style.display = above || below ? "" : "none";
      if (!above && !below) continue;
      const width = above ? 100 : box.width * scale;
      box.element.classList.add("slides");
      box.element.setAttribute("x", (above ? 0 : (box.x - target.x) * scale) + "%");
      box.element.setAttribute("width", width + "%");
      box.element.classList.toggle("narrow", width / 100 * svg.clientWidth < 28);
      box.element.classList.toggle("dim", above && !box.element.classList.contains("hit"));
      rows = Math.max(rows, box.row + 1);
    }
    svg.setAttribute("height", rows * rowHeight);
    remember("focus", target.row === 0 ? "" : target.element.dataset.name);
  }

  function shown(box) {
    return box.element.style.display !== "none";
  }

  function moveTo(box) {
    if (!box) return;
    boxes.forEach((other) => other.element.setAttribute("tabindex", other === box ? "0" : "-1"));
    box.element.focus({ preventScroll: false });
  }

  function neighbour(box, key) {
    const row = boxes.filter((other) => shown(other) && other.row === box.row);
    const at = row.indexOf(box);
    switch (key) {
      case "ArrowUp": return boxes.find((other) => other.row === box.row - 1 && within(box, other));
      case "ArrowDown": return boxes.find((other) => shown(other) && other.row === box.row + 1 && within(other, box));
      case "ArrowLeft": return row[at - 1];
      case "ArrowRight": return row[at + 1];
      default: return undefined;
    }
  }

  function view(name) {
    const wanted = sections.some((section) => section.dataset.view === name) ? name : "icicle";
    for (const section of sections) {
      section.hidden = section.dataset.view !== wanted;
      section.querySelectorAll(":scope > details").forEach((details) => { details.open = true; });
    }
    for (const tab of tabs) {
      const selected = tab.dataset.view === wanted;
      tab.setAttribute("aria-selected", String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    remember("view", wanted === "icicle" ? "" : wanted);
    if (wanted === "icicle" && focus) zoom(focus);
  }

  function search(text) {
    const wanted = text.trim().toLowerCase();
    let hits = 0;
    for (const box of boxes) {
      const hit = wanted !== "" && box.element.dataset.name.toLowerCase().includes(wanted);
      box.element.classList.toggle("hit", hit);
      box.element.classList.toggle("dim", wanted !== "" && !hit);
      hits += hit ? 1 : 0;
    }
    for (const row of views.querySelectorAll("table.tree tbody tr, table.sandwich tbody tr")) {
      row.hidden = wanted !== "" && !row.querySelector("th").textContent.toLowerCase().includes(wanted);
    }
    found.textContent = wanted === "" ? "" : hits === 1 ? "1 place" : hits + " places";
  }

  const tools = document.createElement("div");
  tools.className = "tools";
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "View");
  const tabs = sections.map((section, index) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.dataset.view = section.dataset.view;
    tab.setAttribute("role", "tab");
    const key = document.createElement("kbd");
    key.textContent = String(index + 1);
    tab.append(section.getAttribute("aria-label") + " ", key);
    section.id = section.id || "view-" + section.dataset.view;
    section.setAttribute("role", "tabpanel");
    tab.setAttribute("aria-controls", section.id);
    tab.addEventListener("click", () => view(section.dataset.view));
    return tab;
  });
  list.append(...tabs);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Find an import ( / )";
  box.setAttribute("aria-label", "Find an import");
  box.addEventListener("input", () => search(box.value));
  const reset = document.createElement("button");
  reset.type = "button";
  reset.textContent = "Whole tree ";
  const resetKey = document.createElement("kbd");
  resetKey.textContent = "r";
  reset.append(resetKey);
  reset.addEventListener("click", () => boxes.length && zoom(boxes[0]));
  const found = document.createElement("output");
  tools.append(list, box, reset, found);
  views.prepend(tools);

  if (svg) {
    svg.classList.add("zooms");
    svg.setAttribute("role", "tree");
    boxes.forEach((node, index) => {
      node.element.setAttribute("role", "treeitem");
      node.element.setAttribute("aria-level", String(node.row + 1));
      node.element.setAttribute("aria-label", node.words);
      node.element.setAttribute("tabindex", index === 0 ? "0" : "-1");
      node.element.addEventListener("click", () => zoom(node === focus && boxes[0] !== node ? boxes[0] : node));
    });
    svg.addEventListener("keydown", (event) => {
      const current = boxes.find((node) => node.element === document.activeElement);
      if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = neighbour(current, event.key);
      if (next) {
        event.preventDefault();
        moveTo(next);
      } else if (event.key === "Enter") {
        zoom(current);
      } else if (event.key === "Escape") {
        const up = boxes.find((node) => node.row === focus.row - 1 && within(focus, node));
        if (up) zoom(up);
      }
    });
    new ResizeObserver(() => focus && shown(focus) && !svg.closest("[hidden]") && zoom(focus)).observe(svg);
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (typing && event.key === "Escape" && event.target === box) {
      box.value = "";
      search("");
      box.blur();
    }
    const inTree = svg && svg.contains(document.activeElement);
    if (!typing && (event.key === "/" || (inTree && (event.ctrlKey || event.metaKey) && event.key === "f"))) {
      event.preventDefault();
      box.focus();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const section = sections[Number(event.key) - 1];
    if (section) view(section.dataset.view);
    if (event.key === "r" && boxes.length) zoom(boxes[0]);
  });
  if (state.get("focus")) {
    focus = boxes.find((node) => node.element.dataset.name === state.get("focus")) || focus;
  }
  view(state.get("view") || "icicle");
}
