// Wires the page: reads the data, draws it, listens to the controls, keeps its state in the address.
(function (root) {
  "use strict";
  const R = root.Resurse;
  const by = (id) => document.getElementById(id);

  const QUERY = `query Neighbours($around: [ID!], $lang: Lang) {
    network(around: $around, depth: 1, limit: 60) {
      truncated
      nodes { resource { id kind label(lang: $lang) } degree betweenness pagerank community }
      edges { source target relation yearFrom yearTo text(lang: $lang) }
    }
  }`;

  const start = () => {
    const data = JSON.parse(by("nw-data").textContent);
    const model = new R.Model(data), { texts, state } = model;
    const title = document.querySelector("h1") ? document.querySelector("h1").textContent : document.title;
    const live = by("nw-live"), number = new Intl.NumberFormat(model.lang);
    readAddress(model);
    const drawing = new R.Drawing(by("nw-canvas"), model, data.options);
    drawing.fit();

    const panel = new R.Panel(model, by("nw-details"), { go: (node) => walk.stand(node), open: (circle) => open(circle), expand: (node) => expand(node) });
    const twin = new R.Twin(model);
    const walk = new R.Walk(model, drawing, live, (node) => unfold(node), (node) => { panel.show(node); writeAddress(model, drawing, node); });

    const shown = () => {
      const { folded, counts } = drawing.arranged;
      by("nw-shown").textContent = R.fill(texts.shown, { things: model.counted("things", counts[0]), links: model.counted("some_links", counts[1]) });
      by("nw-folded").hidden = !folded;
      by("nw-folded").textContent = folded ? R.fill(texts.folded, { things: model.counted("things", counts[0]) }) : "";
      by("nw-fold").hidden = !folded || !model.opened.length;
    };

    const redraw = ({ fit = false } = {}) => {
      drawing.show();
      if (fit) drawing.fit();
      shown();
      twin.show();
      live.textContent = by("nw-shown").textContent;
      writeAddress(model, drawing, walk.here);
    };

    const open = (circle) => {
      if (circle.rest) return;
      model.open(circle.number);
      redraw();
      const inside = drawing.arranged.nodes.filter((node) => circle.number === "untied" || node.c === circle.number);
      if (inside.length) drawing.fit(inside.map((node) => node.id));
      const total = circle.members.length, all = inside.length === total;
      live.textContent = R.fill(all ? texts.opened : texts.opened_some, { name: circle.name, things: model.counted("things", total), count: number.format(inside.length), total: number.format(total) });
    };

    const unfold = (node) => {
      if (drawing.drawn(node.id)) return;
      const circle = drawing.arranged.circles.find(({ members }) => members.includes(node));
      if (circle) open(circle);
    };

    const expand = async (node) => {
      try {
        const body = JSON.stringify({ query: QUERY, variables: { around: [node.key], lang: model.lang.toUpperCase() } });
        const answer = await fetch(model.graphql, { method: "POST", headers: { "Content-Type": "application/json" }, body });
        const { data: found, errors } = await answer.json();
        if (!answer.ok || errors || !found) throw new Error(errors ? errors[0].message : answer.statusText);
        const added = model.take(found.network, node);
        redraw();
        walk.stand(node, { move: false, said: false });
        live.textContent = R.fill(texts.expanded, { count: added });
      } catch (error) {
        console.warn(error);
        live.textContent = texts.expand_failed;
      }
    };

    drawing.network.on("click", ({ nodes }) => {
      if (!nodes.length) { panel.clear(); return; }
      const node = model.byId.get(nodes[0]);
      if (node) { walk.trail = []; walk.stand(node, { move: false }); return; }
      const circle = drawing.arranged.circles.find(({ id }) => id === nodes[0]);
      if (circle) { panel.circle(circle); open(circle); }
    });
    drawing.network.on("doubleClick", ({ nodes }) => {
      const node = nodes.length && model.byId.get(nodes[0]);
      if (node) root.location.assign(model.href(node));
    });
    drawing.network.on("hoverNode", ({ node }) => { by("nw-canvas").title = model.byId.has(node) ? model.name(model.byId.get(node)) : ""; });
    drawing.network.on("blurNode", () => { by("nw-canvas").title = ""; });

    wireControls(model, drawing, redraw);
    wireSearch(model, live, (node) => { walk.stand(node); by("nw-canvas").focus(); });
    by("nw-in").addEventListener("click", () => drawing.zoom(1.25));
    by("nw-out").addEventListener("click", () => drawing.zoom(0.8));
    by("nw-fit").addEventListener("click", () => drawing.fit());
    by("nw-fold").addEventListener("click", () => { model.opened = []; redraw({ fit: true }); });
    by("nw-png").addEventListener("click", () => R.savePng(drawing, title));
    by("nw-svg").addEventListener("click", () => R.saveSvg(drawing, title));
    root.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.restyle());
    new MutationObserver(() => drawing.restyle()).observe(document.documentElement, { attributeFilter: ["data-theme"] });

    shown();
    const asked = model.byKey.get(state.node) || (model.around.length === 1 ? model.byId.get(model.around[0]) : null);
    if (asked) walk.stand(asked, { move: false, said: false });
    if (root.location.hash) twin.show();
    R.page = { model, drawing, walk, panel, redraw };
    document.documentElement.dataset.network = "ready";
  };

  const wireControls = (model, drawing, redraw) => {
    const { state } = model, boxes = [...by("nw-kinds").querySelectorAll("input")], year = by("nw-year");
    const readYear = () => {
      if (!year) return;
      state.year = by("nw-years-all").checked ? null : Number(year.value);
      by("nw-year-shown").textContent = state.year === null ? model.texts.years_all : year.value;
    };
    boxes.forEach((box) => { box.checked = state.kinds.has(box.value); });
    by("nw-topic").value = state.topic === null ? "" : model.topicIds[state.topic];
    by("nw-size").value = state.size;
    by("nw-colour").value = state.colour;
    if (year) {
      if (state.year !== null) year.value = state.year;
      by("nw-years-all").checked = state.year === null;
      by("nw-undated").checked = state.undated;
      readYear();
      year.addEventListener("input", () => { by("nw-years-all").checked = false; readYear(); redraw(); });
      by("nw-years-all").addEventListener("change", () => { readYear(); redraw(); });
      by("nw-undated").addEventListener("change", (event) => { state.undated = event.target.checked; redraw(); });
    }
    by("nw-kinds").addEventListener("change", () => { state.kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.value)); redraw(); });
    by("nw-topic").addEventListener("change", (event) => { const at = model.topicIds.indexOf(event.target.value); state.topic = at < 0 ? null : at; redraw(); });
    by("nw-size").addEventListener("change", (event) => { state.size = Number(event.target.value); redraw(); });
    by("nw-colour").addEventListener("change", (event) => { state.colour = event.target.value; redraw(); });
    by("nw-hulls").addEventListener("change", (event) => { drawing.hulls = event.target.checked; redraw(); });
    by("nw-edge-labels").addEventListener("change", (event) => { drawing.edgeLabels = event.target.checked; redraw(); });
    by("nw-controls").addEventListener("submit", (event) => event.preventDefault());
  };

  const wireSearch = (model, live, go) => {
    const field = by("nw-search"), list = by("nw-results");
    const close = () => { list.hidden = true; list.replaceChildren(); };
    const choose = (node) => { close(); field.value = model.name(node); go(node); };
    field.addEventListener("input", () => {
      const found = model.search(field.value), shown = found.slice(0, 8);
      list.replaceChildren(...shown.map((node) => R.make("li", {}, R.make("button", { type: "button", onclick: () => choose(node) }, `${model.name(node)} · ${model.kind(node)}`))));
      list.hidden = !shown.length;
      if (field.value.trim()) live.textContent = found.length ? R.fill(model.texts.found, { count: found.length }) : model.texts.found_none;
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      const [first] = model.search(field.value);
      if (first) choose(first);
    });
    document.addEventListener("click", (event) => { if (!event.target.closest(".nw-search")) close(); });
  };

  // The address keeps what is shown, so that a link shows the same: #kinds=…&topic=…&year=…&node=…
  const readAddress = ({ state, kinds, topicIds, sizes }) => {
    const asked = new URLSearchParams(root.location.hash.slice(1));
    if (asked.has("kinds")) state.kinds = new Set(asked.get("kinds").split(",").filter((kind) => kind in kinds));
    if (topicIds.includes(asked.get("topic"))) state.topic = topicIds.indexOf(asked.get("topic"));
    if (/^\d{4}$/.test(asked.get("year") || "")) state.year = Number(asked.get("year"));
    if (asked.get("undated") === "no") state.undated = false;
    if (sizes.includes(asked.get("size"))) state.size = sizes.indexOf(asked.get("size"));
    if (asked.get("colour") === "circle") state.colour = "circle";
    state.node = asked.get("node");
  };

  const writeAddress = ({ state, kinds, topicIds, sizes }, drawing, node) => {
    const said = new URLSearchParams();
    if (state.kinds.size < Object.keys(kinds).length) said.set("kinds", [...state.kinds].join(","));
    if (state.topic !== null) said.set("topic", topicIds[state.topic]);
    if (state.year !== null) said.set("year", state.year);
    if (!state.undated) said.set("undated", "no");
    if (state.size) said.set("size", sizes[state.size]);
    if (state.colour !== "kind") said.set("colour", state.colour);
    if (node) said.set("node", node.key);
    const text = said.toString();
    root.history.replaceState(null, "", text ? `#${text}` : root.location.pathname + root.location.search);
  };

  // The picture first: the long tables below it are laid out once the browser has nothing else to do.
  const idle = root.requestIdleCallback || ((then) => setTimeout(then, 300));
  const begin = () => {
    try { start(); } finally { idle(() => { document.documentElement.dataset.words = "shown"; }, { timeout: 2000 }); }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})(window);
