"use strict";
// Adds zoom, search, hover and keys to an icicle that the server drew, and shows its three views one at a time. The
// fragment keeps the state, #view=tree&focus=pandas&find=numpy, and Back undoes a zoom.
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
    ms: Number(element.dataset.ms),
    words: element.querySelector("title").textContent,
    label: element.querySelector("text").textContent,
  })) : [];
  const rowHeight = boxes.length ? parseFloat(boxes[0].element.getAttribute("height")) : 0;
  const within = (box, other) =>
    box.x >= other.x - 0.0015 && box.x + box.width <= other.x + other.width + 0.0015;
  let focus = boxes[0];

  function remember(key, value, change = "replaceState") {
    const fragment = new URLSearchParams(location.hash.slice(1));
    if (value) fragment.set(key, value); else fragment.delete(key);
    const text = fragment.toString();
    const state = { box: focus ? boxes.indexOf(focus) : 0 };
    history[change](state, "", text ? "#" + text : location.pathname + location.search);
  }

  // What of a label has room: never half a letter.
  function write(box, pixels) {
    const room = Math.floor((pixels - 8) / LETTER);
    const fits = box.label.length <= room ? box.label : box.label.slice(0, Math.max(0, room - 1)) + "…";
    box.element.classList.toggle("narrow", !/[A-Za-z0-9_]{2}|^.{1,3}$/.test(fits) || room < 3);
    const text = box.element.querySelector("text");
    if (text.textContent !== fits) text.textContent = fits;
  }

  function visit(target) {
    if (target === focus) return;
    zoom(target, "pushState");
  }

  function zoom(target, change = "replaceState") {
    focus = target;
    tip.hidden = true;
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
      write(box, width / 100 * svg.clientWidth);
      box.element.classList.toggle("dim", above && !box.element.classList.contains("hit"));
      rows = Math.max(rows, box.row + 1);
    }
    svg.setAttribute("height", rows * rowHeight);
    remember("focus", target.row === 0 ? "" : target.element.dataset.name, change);
  }

  function show(box, x, y) {
    tip.textContent = box.words + (box.row === 0 ? "" : ", " + box.width.toFixed(1) + " % of the picture");
    tip.hidden = false;
    tip.style.left = Math.max(8, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = (y + 20 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 12 : y + 20) + "px";
  }

  function boxAt(event) {
    const element = event.target instanceof Element ? event.target.closest("svg.box") : null;
    return boxes.find((box) => box.element === element);
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
    let sum = 0;
    const counted = [];
    for (const box of boxes) {
      const hit = wanted !== "" && box.element.dataset.name.toLowerCase().includes(wanted);
      box.element.classList.toggle("hit", hit);
      box.element.classList.toggle("dim", wanted !== "" && !hit);
      hits += hit ? 1 : 0;
      if (hit && !counted.some((other) => other.row < box.row && within(box, other))) {
        counted.push(box);
        sum += box.ms;
      }
    }
    for (const row of views.querySelectorAll("table.tree tbody tr, table.sandwich tbody tr")) {
      row.hidden = wanted !== "" && !row.querySelector("th").textContent.toLowerCase().includes(wanted);
    }
    const time = sum < 100 ? sum.toPrecision(3) : Math.round(sum);
    found.textContent = wanted === "" ? "" : (hits === 1 ? "1 place" : hits + " places") + (hits ? ", " + time + " ms" : "");
    remember("find", text.trim());
  }

  const LETTER = 6.95;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  views.append(tip);
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
  reset.addEventListener("click", () => boxes.length && visit(boxes[0]));
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
      node.element.querySelector("title").remove();
      node.element.addEventListener("click", (event) => {
        visit(node === focus ? boxes[0] : node);
        if (event.pointerType === "touch") show(node, event.clientX, event.clientY);
      });
    });
    svg.addEventListener("pointermove", (event) => {
      const box = boxAt(event);
      if (box && event.pointerType !== "touch") show(box, event.clientX, event.clientY);
    });
    svg.addEventListener("pointerleave", () => { tip.hidden = true; });
    addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
    addEventListener("popstate", (event) => {
      const box = boxes[event.state && event.state.box] || boxes[0];
      if (box && !svg.closest("[hidden]")) zoom(box);
    });
    svg.addEventListener("keydown", (event) => {
      const current = boxes.find((node) => node.element === document.activeElement);
      if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = neighbour(current, event.key);
      if (next) {
        event.preventDefault();
        moveTo(next);
      } else if (event.key === "Enter") {
        visit(current);
      } else if (event.key === "Escape") {
        const up = boxes.find((node) => node.row === focus.row - 1 && within(focus, node));
        if (up) visit(up);
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
    if (event.key === "r" && boxes.length) visit(boxes[0]);
  });
  if (state.get("focus")) {
    focus = boxes.find((node) => node.element.dataset.name === state.get("focus")) || focus;
  }
  view(state.get("view") || "icicle");
  if (state.get("find")) {
    box.value = state.get("find");
    search(box.value);
  }
}
