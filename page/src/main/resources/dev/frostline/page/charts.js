"use strict";
// Puts a chart in place of a picture over time: what is under the pointer, zoom by dragging, lines on and off by their
// names. Without scripts, and on paper, the picture stays. Answers of the SQL view whose first column is a time or a
// rising number get one too.
(() => {
  const HEIGHT = 230;
  const DAY = 86400;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const LINES = ["--now", "--bar", "--slower", "--faster", "--late"];

  const colour = (element, name) => () => getComputedStyle(element).getPropertyValue(name).trim();
  const length = (ms) => ms >= 1000 ? Number((ms / 1000).toPrecision(3)) + " s" : Number(ms.toPrecision(3)) + " ms";
  const amount = (value) => value.toLocaleString("en", { maximumSignificantDigits: 4 });
  const day = (date) => date.getUTCDate() + " " + MONTHS[date.getUTCMonth()];
  const hour = (date) => date.toISOString().slice(11, 16);
  const time = (at) => {
    const date = new Date(at * 1000);
    return day(date) + " " + date.getUTCFullYear() + " " + hour(date);
  };
  const none = (format) => (chart, value) => value === null || value === undefined ? "–" : format(value);

  // Labels of the time axis: years, days or hours, whichever there is room for.
  const dates = (chart, ticks, axis, space, step) => ticks.map((at, index) => {
    const date = new Date(at * 1000);
    const isNew = index === 0 || (step < DAY ? at % DAY === 0 : date.getUTCFullYear() !== new Date(ticks[index - 1] * 1000).getUTCFullYear());
    if (step < DAY) return hour(date) + (isNew ? "\n" + day(date) : "");
    return day(date) + (isNew ? "\n" + date.getUTCFullYear() : "");
  });

  /** A chart at the end of an element: columns as uPlot takes them, the first one along the bottom. */
  function draw(element, { columns, lines, isTime, words, scales = {}, hooks = {} }) {
    const host = document.createElement("div");
    host.className = "chart";
    element.insertBefore(host, element.querySelector("figcaption"));
    const axis = { stroke: colour(element, "--muted"), font: "11px system-ui, sans-serif",
      grid: { stroke: colour(element, "--rule"), width: 1 }, ticks: { stroke: colour(element, "--rule"), width: 1 } };
    const chart = new uPlot({
      width: element.clientWidth,
      height: HEIGHT,
      tzDate: (at) => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      cursor: { y: false, drag: { x: true, y: false, dist: 6 } },
      scales: { x: { time: isTime }, ...scales },
      series: [{ label: words, value: none(isTime ? time : amount) }, ...lines.map((line, index) => ({
        stroke: colour(element, LINES[index % LINES.length]), width: 1.6, spanGaps: true, ...line,
      }))],
      axes: [isTime ? { ...axis, values: dates, space: 80 } : axis,
        { ...axis, size: 62, values: (one, ticks) => ticks.map(lines[0].unit || amount) }],
      hooks,
    }, columns, host);
    chart.ctx.canvas.setAttribute("role", "img");
    chart.ctx.canvas.setAttribute("aria-label", "Chart of the numbers in the table below");
    new ResizeObserver(() => element.clientWidth && chart.setSize({ width: element.clientWidth, height: HEIGHT })).observe(element);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.redraw());
    return chart;
  }

  /** The init of a function over time, its deployments as links; the fragment keeps the zoom, and Back undoes it. */
  function trend(figure) {
    const picture = figure.querySelector("svg");
    const rows = [...figure.parentElement.querySelectorAll(".numbers tbody tr")];
    const column = (name) => rows.map((row) => Number(row.dataset[name]));
    const top = Number(figure.dataset.top);
    const whole = [Number(figure.dataset.from), Number(figure.dataset.to)];
    const zoomed = () => {
      const [from, to] = (new URLSearchParams(location.hash.slice(1)).get("zoom") || "").split("-").map(Number);
      return from < to ? [from, to] : null;
    };
    const back = document.createElement("button");
    back.type = "button";
    back.textContent = "Whole period";
    back.hidden = true;
    const range = ([min, max]) => {
      back.hidden = min <= whole[0] && max >= whole[1];
      chart.setScale("x", { min, max });
    };
    const marks = [...picture.querySelectorAll(".mark")].map((mark) => {
      const element = document.createElement(mark.hasAttribute("href") ? "a" : "span");
      element.className = mark.getAttribute("class");
      if (mark.hasAttribute("href")) element.href = mark.getAttribute("href");
      element.title = mark.querySelector("title").textContent;
      element.textContent = mark.querySelector("text").textContent;
      if (!element.textContent) element.setAttribute("aria-label", element.title);
      return { element, at: Number(mark.dataset.at) };
    });
    const length95 = { label: "p95", unit: length, value: none(length), dash: [5, 4] };
    const chart = draw(figure, {
      isTime: true,
      words: "From, UTC",
      columns: [column("at"), column("p50"), column("p95"), column("starts")],
      lines: [{ label: "p50", unit: length, value: none(length) }, length95,
        { label: "cold starts", value: none(amount), scale: "count", stroke: "transparent", paths: () => null, points: { show: false } }],
      scales: {
        y: { range: (one, low, high) => [0, !zoomed() && one.series[2].show && top ? top : 1.08 * high || 1] },
        count: { auto: false, range: [0, 1] },
      },
      hooks: {
        init: [(one) => one.over.append(...marks.map((mark) => mark.element))],
        setSelect: [(one) => {
          const [from, to] = [one.select.left, one.select.left + one.select.width].map((x) => Math.round(one.posToVal(x, "x")));
          if (from < to) history.pushState(null, "", "#zoom=" + from + "-" + to);
          back.hidden = false;
        }],
        draw: [(one) => {
          const width = one.over.clientWidth;
          for (const { element, at } of marks) {
            const left = one.valToPos(at, "x");
            element.hidden = left < -1 || left > width + 1;
            element.style.left = left + "px";
          }
        }],
      },
    });
    const undo = () => {
      history.pushState(null, "", location.pathname + location.search);
      range(whole);
    };
    back.addEventListener("click", undo);
    chart.over.addEventListener("dblclick", undo);
    addEventListener("popstate", () => range(zoomed() || whole));
    figure.classList.add("live");
    figure.querySelector("figcaption").prepend(back, " ");
    range(zoomed() || whole);
  }

  /** An answer whose first column goes on from row to row: the numbers beside it over that. */
  function answer(table) {
    const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
    const heads = [...table.tHead.rows[0].cells];
    const moment = (text) => /^\d{4}-\d\d-\d\d/.test(text)
      ? Date.parse(text.replace(" ", "T").replace(/^([\d-]+)$/, "$1T00:00").replace(/(T\d\d:\d\d(:\d\d(\.\d+)?)?)$/, "$1Z")) / 1000 : NaN;
    const number = (text) => text === "null" || text === "" ? null : Number(text);
    const isTime = rows.length > 2 && rows.every((row) => !Number.isNaN(moment(row[0])));
    let along = rows.map((row) => isTime ? moment(row[0]) : number(row[0]));
    const isDown = along.length > 2 && along.every((value, index) => index === 0 || value < along[index - 1]);
    if (isDown) {
      along = along.reverse();
      rows.reverse();
    }
    const rises = along.every((value, index) => Number.isFinite(value) && (index === 0 || value > along[index - 1]));
    const lines = heads.map((head, index) => ({ label: head.textContent.trim(), index, value: none(amount), points: { show: true } }))
      .filter(({ index }) => index > 0 && heads[index].classList.contains("n")).slice(0, LINES.length);
    if (rows.length < 3 || !rises || lines.length === 0) return;
    const figure = document.createElement("figure");
    figure.className = "trend live";
    table.parentElement.before(figure);
    draw(figure, { isTime, words: heads[0].textContent.trim(), lines,
      columns: [along, ...lines.map(({ index }) => rows.map((row) => number(row[index])))] });
  }

  document.querySelectorAll("figure.trend").forEach(trend);
  document.querySelectorAll("table#answer").forEach(answer);
})();
