"use strict";
// Adds zoom, search, hover and keys to an icicle that the server drew, and shows its three views one at a time. While a
// part of the tree is shown, the whole of it stands above in small. The fragment keeps the state, #view=tree&focus=pandas&find=numpy, and Back undoes a zoom.
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
    mark(target);
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

  // The whole tree in small, with a frame around what is shown.
  function overview() {
    const map = document.createElementNS(svg.namespaceURI, "svg");
    map.setAttribute("class", "overview off");
    map.setAttribute("width", "100%");
    map.setAttribute("height", LINE * (1 + Math.max(...boxes.map((box) => box.row))));
    map.setAttribute("aria-hidden", "true");
    for (const box of boxes) {
      map.append(part(box.x, box.width, LINE * box.row, LINE, box.element.getAttribute("class")));
    }
    map.append(part(0, 100, 0, 1, "frame"));
    map.addEventListener("click", (event) => {
      const area = map.getBoundingClientRect();
      const x = 100 * (event.clientX - area.left) / area.width;
      const row = Math.floor((event.clientY - area.top) / LINE);
      const under = boxes.filter((box) => box.row <= row && box.x <= x && x <= box.x + box.width);
      if (under.length) visit(under.reduce((one, other) => (other.row > one.row ? other : one)));
    });
    svg.before(map);
    return map;
  }

  function part(x, width, y, height, tone) {
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    Object.entries({ x: x + "%", width: width + "%", y, height, class: tone }).forEach(([name, value]) => rect.setAttribute(name, value));
    return rect;
  }

  function mark(target) {
    map.classList.toggle("off", target.row === 0);
    const frame = map.querySelector(".frame");
    frame.setAttribute("x", target.x + "%");
    frame.setAttribute("width", target.width + "%");
    frame.setAttribute("y", LINE * target.row);
    frame.setAttribute("height", map.getAttribute("height") - LINE * target.row);
  }

  function show(box, x, y, share = box.width.toFixed(1) + " % of the picture") {
    tip.textContent = box.words + (box.row === 0 ? "" : ", " + share);
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
    if (wanted === "sandwich") sandwich(state.get("of"));
  }

  const length = (ms) => (ms < 100 ? Number(ms.toPrecision(3)) : Math.round(ms)) + " ms";
  const parent = (box) => boxes.find((other) => other.row === box.row - 1 && within(box, other));
  const children = (box) => boxes.filter((other) => other.row === box.row + 1 && within(other, box));

  // Boxes by their name, the longest first; each member is a box and the time that counts for it.
  function groups(members) {
    const named = new Map();
    for (const member of members) {
      const name = member.box.element.dataset.name;
      if (name) named.set(name, [...(named.get(name) || []), member]);
    }
    return [...named].map(([name, all]) => ({ name, all, ms: all.reduce((sum, one) => sum + one.ms, 0) }))
      .sort((one, other) => other.ms - one.ms);
  }

  const importers = (group) => groups(group.all.map(({ box, ms }) => ({ box: parent(box), ms })).filter(({ box }) => box && box.row > 0));
  const imported = (group) => groups(group.all.flatMap(({ box }) => children(box)).map((box) => ({ box, ms: box.ms })));
  const depth = (group, next) => 1 + Math.max(0, ...next(group).map((one) => depth(one, next)));

  // One import wherever it stands: who imports it above, what it imports below, as wide as the time of it.
  function sandwich(wanted) {
    if (!svg) return;
    const section = sections.find((one) => one.dataset.view === "sandwich");
    const first = section.querySelector("tbody th code");
    const name = wanted || (first ? first.dataset.name : "");
    const places = boxes.filter((box) => box.element.dataset.name === name);
    const outermost = places.filter((box) => !places.some((other) => other.row < box.row && within(box, other)));
    const [group] = groups(outermost.map((box) => ({ box, ms: box.ms })));
    section.querySelector("figure.between")?.remove();
    if (!group || !group.ms) return;
    const above = depth(group, importers) - 1;
    const figure = document.createElement("figure");
    figure.className = "icicle between";
    const caption = document.createElement("figcaption");
    caption.textContent = "Above " + name + " who imports it, below what it imports; in all " + length(group.ms);
    const picture = document.createElementNS(svg.namespaceURI, "svg");
    picture.setAttribute("class", "boxes zooms");
    picture.setAttribute("width", "100%");
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", caption.textContent);
    picture.setAttribute("height", (above + depth(group, imported)) * rowHeight);
    figure.append(caption, picture);
    section.prepend(figure);
    const layer = (one, row, x, step, next) => {
      const box = drawn(one, row, x, 100 * one.ms / group.ms, one === group);
      picture.append(box.element);
      write(box, box.width / 100 * picture.clientWidth);
      let left = x;
      for (const other of next(one)) {
        layer(other, row + step, left, step, next);
        left += 100 * other.ms / group.ms;
      }
    };
    layer(group, above, 0, 1, imported);
    let left = 0;
    for (const one of importers(group)) {
      layer(one, above - 1, left, -1, importers);
      left += 100 * one.ms / group.ms;
    }
  }

  function drawn(group, row, x, width, chosen) {
    const element = document.createElementNS(svg.namespaceURI, "svg");
    const rect = document.createElementNS(svg.namespaceURI, "rect");
    const text = document.createElementNS(svg.namespaceURI, "text");
    const [tone] = group.all[0].box.element.getAttribute("class").match(/\b(plain|more|less)-\d|\bgone\b/) || ["same"];
    element.setAttribute("class", "box " + tone + (chosen ? " chosen" : ""));
    rect.setAttribute("width", "100%");
    rect.setAttribute("height", rowHeight - 1);
    text.setAttribute("x", "5");
    text.setAttribute("y", "15");
    element.append(rect, text);
    element.setAttribute("x", x + "%");
    element.setAttribute("y", row * rowHeight);
    element.setAttribute("width", width + "%");
    element.setAttribute("height", rowHeight);
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    const words = group.name + ": " + length(group.ms);
    element.setAttribute("aria-label", words);
    element.addEventListener("click", () => between(group.name));
    element.addEventListener("keydown", (event) => { if (event.key === "Enter") between(group.name); });
    const box = { element, row: 1, width, words, label: group.name + "  " + length(group.ms) };
    element.addEventListener("pointermove", (event) => show(box, event.clientX, event.clientY, width.toFixed(1) + " % of it"));
    element.addEventListener("pointerleave", () => { tip.hidden = true; });
    return box;
  }

  // Back leads to the one before.
  function between(name) {
    state.set("of", name);
    if (!sections.some((one) => one.dataset.view === "sandwich" && !one.hidden)) view("sandwich");
    remember("of", name, "pushState");
    tip.hidden = true;
    sandwich(name);
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
  const LINE = 4;
  const map = boxes.length ? overview() : null;
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
      state.set("of", new URLSearchParams(location.hash.slice(1)).get("of") || "");
      if (sections.some((one) => one.dataset.view === "sandwich" && !one.hidden)) sandwich(state.get("of"));
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
      } else if (event.key === "s") {
        between(current.element.dataset.name);
      } else if (event.key === "Escape") {
        const up = boxes.find((node) => node.row === focus.row - 1 && within(focus, node));
        if (up) visit(up);
      }
    });
    new ResizeObserver(() => focus && shown(focus) && !svg.closest("[hidden]") && zoom(focus)).observe(svg);
  }
  for (const code of svg ? views.querySelectorAll("table.sandwich code") : []) {
    const name = document.createElement("button");
    name.type = "button";
    name.className = "name";
    name.addEventListener("click", () => between(code.dataset.name));
    code.replaceWith(name);
    name.append(code);
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
