// Draws the arranged network with vis-network: colours, sizes, outlines. Never moves a node by itself.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});

  // Told apart by people with any colour vision (after Okabe and Ito 2008), dark enough on white.
  R.CIRCLES = ["#0063a6", "#b34a00", "#00735c", "#a3195b", "#6b5600", "#4b44a8", "#8a1f1f", "#3d6b00", "#006a80", "#7a3d7a"];
  R.CIRCLES_DARK = ["#6db7f2", "#f2a25c", "#4fd1b0", "#f58abb", "#e0c341", "#aaa4ff", "#ff9a8f", "#a6d65c", "#5fd0e6", "#dba3db"];

  R.isDark = () => {
    const set = document.documentElement.dataset.theme;
    return set ? set === "dark" : root.matchMedia("(prefers-color-scheme: dark)").matches;
  };

  // Text and paper as the page around has them; the rest by its scheme.
  R.ink = () => {
    const page = getComputedStyle(document.getElementById("network"));
    const [text, paper] = ["--nw-ink", "--nw-paper"].map((name) => page.getPropertyValue(name).trim());
    return { text, paper, halo: paper, border: paper, ...(R.isDark() ? { edge: "#66717f", strong: "#ffd166" } : { edge: "#9aa5b3", strong: "#c2410c" }) };
  };

  const faint = (hex, alpha) => `rgba(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(",")},${alpha})`;

  R.Drawing = class {
    constructor(element, model, options) {
      this.model = model;
      this.element = element;
      this.hulls = false;
      this.edgeLabels = false;
      this.candidate = null;
      this.standing = null;
      this.nodes = new vis.DataSet();
      this.edges = new vis.DataSet();
      this.ink = R.ink();
      this.names = new R.Names(this);
      this.grain = this.findGrain();
      this.show(true);
      this.network = new vis.Network(element, { nodes: this.nodes, edges: this.edges }, this.options(options));
      element.querySelector(".vis-network").tabIndex = -1; // one stop for the keyboard: the frame
      this.network.on("beforeDrawing", (context) => this.drawHulls(context));
      this.network.on("afterDrawing", (context) => { this.drawRing(context); this.names.draw(context); });
      this.base = options;
    }

    // Pixels of the drawing per pixel of the screen when all of it is seen: dots and lines stay visible.
    findGrain() {
      const span = (axis) => { const all = this.model.nodes.map((node) => node[axis]); return all.reduce((a, b) => Math.max(a, b), -Infinity) - all.reduce((a, b) => Math.min(a, b), Infinity); };
      return Math.max(span("x") / (this.element.clientWidth || 900), span("y") / (this.element.clientHeight || 600), 0.5);
    }

    options(base) {
      const { text, halo, edge, strong } = this.ink, groups = {};
      for (const [kind, look] of Object.entries(this.model.kinds)) {
        const hollow = look.fill !== "full";
        groups[kind] = {
          shape: look.shape, color: this.colours(R.isDark() ? look.dark : look.colour, look.fill), borderWidth: hollow ? 3 : 1.5,
          shapeProperties: { borderDashes: look.fill === "dashed" ? [4, 3] : false },
        };
      }
      const many = this.edges.length > this.model.fluid;
      const { grain } = this, { scaling } = base.nodes;
      return {
        ...base, groups,
        nodes: { ...base.nodes, scaling: { min: Math.max(scaling.min, Math.min(3.6 * grain, 22)), max: Math.max(scaling.max, Math.min(15 * grain, 80)) } },
        interaction: { ...base.interaction, hideEdgesOnDrag: many, hideEdgesOnZoom: many },
        edges: {
          ...base.edges, width: Math.max(1, Math.min(0.6 * grain, 3)), color: { color: faint(edge, 0.75), highlight: strong, hover: strong, inherit: false },
          font: { ...base.edges.font, color: text, strokeColor: halo },
          arrows: many ? { to: { enabled: false } } : base.edges.arrows,
        },
      };
    }

    // A full shape is filled with its colour, a hollow or dashed one is drawn by its border.
    colours(colour, fill = "full") {
      const { border: edge, paper, strong } = this.ink, full = fill === "full";
      const background = full ? colour : paper, border = full ? edge : colour;
      return { background, border, highlight: { background, border: strong }, hover: { background, border: strong } };
    }

    circleColour(number) {
      const colours = R.isDark() ? R.CIRCLES_DARK : R.CIRCLES;
      return number === "untied" ? this.ink.edge : colours[number % colours.length];
    }

    // Puts what the filters and the opened communities leave into the picture.
    show(first = false) {
      const arranged = (this.arranged = this.model.arrange());
      const nodes = [...arranged.nodes.map((node) => this.node(node)), ...arranged.circles.map((circle) => this.circle(circle))];
      const edges = arranged.edges.map((edge) => this.edge(edge));
      if (!first) { this.edges.clear(); this.nodes.clear(); }
      this.nodes.add(nodes);
      this.edges.add(edges);
      this.outlines = this.hulls ? this.findOutlines(arranged) : [];
      this.names.take(arranged, this.outlines);
    }

    node(node) {
      const { size, colour } = this.model.state;
      const drawn = { id: node.id, group: node.group, x: node.x, y: node.y, value: Math.sqrt(node.m[size]) };
      if (colour === "circle") drawn.color = this.colours(this.circleColour(node.c), this.model.kinds[node.group].fill);
      return drawn;
    }

    circle(circle) {
      const colour = this.circleColour(circle.number), background = faint(colour, 0.22);
      const chosen = { background, border: this.ink.strong };
      return {
        id: circle.id, x: circle.x, y: circle.y, shape: "dot", size: circle.radius, borderWidth: Math.max(2, 0.5 * this.grain),
        color: { background, border: colour, highlight: chosen, hover: chosen },
      };
    }

    edge(edge) {
      if (edge.sum) return { id: edge.id, from: edge.from, to: edge.to, width: this.grain * 0.3 * Math.log2(1 + edge.sum), color: faint(this.ink.edge, 0.4), arrows: { to: { enabled: false } } };
      const label = this.edgeLabels ? this.verb(edge) : undefined;
      return { id: edge.id, from: edge.from, to: edge.to, label };
    }

    verb(edge) { return edge.relation ? undefined : this.model.relations[edge.r].verb; }

    restyle(base = this.base) {
      this.ink = R.ink();
      this.network.setOptions(this.options(base));
      this.show();
    }

    // Outlines of the largest communities: around members that hang together in the picture.
    findOutlines({ nodes, edges }) {
      const inside = new Map(nodes.map((node) => [node.id, node])), near = new Map(nodes.map((node) => [node.id, []]));
      for (const { from, to } of edges) {
        if (!inside.has(from) || !inside.has(to) || inside.get(from).c !== inside.get(to).c) continue;
        near.get(from).push(to);
        near.get(to).push(from);
      }
      const groups = [], seen = new Set();
      for (const { id, c } of nodes) {
        if (seen.has(id)) continue;
        const members = [id];
        seen.add(id);
        for (const one of members) near.get(one).filter((other) => !seen.has(other)).forEach((other) => { seen.add(other); members.push(other); });
        if (members.length > 2) groups.push({ number: c, members: members.map((one) => inside.get(one)) });
      }
      groups.sort((a, b) => b.members.length - a.members.length);
      return groups.slice(0, 12).map(({ number, members }) => ({ number, points: R.hull(members), name: this.model.communities[number] || "" }));
    }

    drawHulls(context) {
      for (const { number, points } of this.outlines) {
        const colour = faint(this.circleColour(number), 0.13);
        context.beginPath();
        points.forEach(({ x, y }, at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
        context.closePath();
        Object.assign(context, { lineJoin: "round", lineWidth: 70, strokeStyle: colour, fillStyle: colour });
        context.stroke();
        context.fill();
      }
    }

    // A ring around the neighbour that the keyboard points at.
    drawRing(context) {
      const at = this.candidate === null ? null : this.network.getPositions([this.candidate])[this.candidate];
      if (!at) return;
      context.beginPath();
      context.arc(at.x, at.y, 30, 0, 2 * Math.PI);
      Object.assign(context, { lineWidth: 4, strokeStyle: this.ink.strong });
      context.setLineDash([8, 5]);
      context.stroke();
      context.setLineDash([]);
    }

    drawn(id) { return this.nodes.get(id) !== null; }

    select(id, move = true) {
      if (!this.drawn(id)) return;
      this.standing = id;
      this.names.rank();
      this.network.selectNodes([id]);
      if (move) this.goTo(id);
    }

    goTo(id) {
      const still = root.matchMedia("(prefers-reduced-motion: reduce)").matches;
      const options = { scale: Math.max(this.network.getScale(), 0.9), animation: still ? false : { duration: 350, easingFunction: "easeInOutQuad" } };
      this.network.focus(id, options);
    }

    // All of it, with room at the sides for names.
    fit(nodes) {
      this.network.fit(nodes ? { nodes, animation: false } : { animation: false });
      this.zoom(0.84);
    }

    zoom(by) { this.network.moveTo({ scale: this.network.getScale() * by }); }
  };

  // The convex hull by Andrew's monotone chain (1979).
  R.hull = (points) => {
    const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
    const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    const half = (list) => {
      const chain = [];
      for (const point of list) {
        while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
        chain.push(point);
      }
      return chain.slice(0, -1);
    };
    return [...half(sorted), ...half(sorted.reverse())];
  };
})(window);
