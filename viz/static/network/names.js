// Writes the names into the picture: the most important first, none over another or over a dot, always readable.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});
  const LINE = 1.18;
  const CELL = 48;
  const LEADING = 10; // so many names at most may cover small dots: without them nobody knows where she is

  const cells = ([left, top, right, bottom], each) => {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) each(x * 65536 + y);
    }
  };

  // Boxes by the squares they lie in, so that each meets only those around it.
  class Board {
    constructor() { this.squares = new Map(); }

    add(box) { cells(box, (at) => (this.squares.has(at) ? this.squares.get(at).push(box) : this.squares.set(at, [box]))); }

    met([left, top, right, bottom], but = null) {
      const found = new Set();
      cells([left, top, right, bottom], (at) => (this.squares.get(at) || []).forEach((box) => {
        if (box.of !== but && box[2] > left && box[0] < right && box[3] > top && box[1] < bottom) found.add(box);
      }));
      return found.size;
    }
  }

  R.Names = class {
    constructor(drawing) {
      Object.assign(this, { drawing, all: [], order: [], widths: new Map() });
    }

    // What is in the picture: nodes, folded circles and outlines, each with its lines and importance.
    take({ nodes, circles }, outlines) {
      const { size } = this.drawing.model.state;
      const most = nodes.reduce((best, node) => Math.max(best, node.m[size]), 1e-9);
      this.all = [
        ...circles.map(({ id, name, members }) => ({ id, lines: [...R.short(name, 28).split("\n"), String(members.length)], weight: 2 + members.length, size: 14, centred: true })),
        ...outlines.map(({ number, points, name }) => ({ id: `outline-${number}`, lines: R.short(name, 30).split("\n"), weight: 2, size: 13, top: points.reduce((a, b) => (b.y < a.y ? b : a)), number })),
        ...nodes.map((node) => ({ id: node.id, lines: node.label.split("\n"), weight: node.m[size] / most, size: 12 + 4 * Math.sqrt(node.m[size] / most) })),
      ];
      this.rank();
    }

    // The selected one first, then its neighbours, then by importance.
    rank() {
      const { standing, model } = this.drawing;
      const near = new Set(standing === null ? [] : (model.incident.get(standing) || []).flatMap((edge) => [edge.from, edge.to]));
      const class_ = ({ id }) => (id === standing ? 0 : near.has(id) ? 1 : 2);
      this.order = [...this.all].sort((a, b) => class_(a) - class_(b) || b.weight - a.weight || (a.id < b.id ? -1 : 1));
      this.leading = new Set([...this.all].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, Math.min(LEADING, Math.ceil(this.all.length / 30))));
      this.plan = null;
    }

    width(context, lines) {
      const key = lines.join("\n");
      if (!this.widths.has(key)) {
        context.font = "100px system-ui, sans-serif";
        this.widths.set(key, Math.max(...lines.map((line) => context.measureText(line).width)) / 100);
      }
      return this.widths.get(key);
    }

    // Sizes are of the screen: zooming in makes room for more names, not for larger ones.
    draw(context) {
      const { network, element, ink, standing, candidate } = this.drawing, scale = network.getScale();
      const corner = network.DOMtoCanvas({ x: 0, y: 0 }), far = network.DOMtoCanvas({ x: element.clientWidth, y: element.clientHeight });
      Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", strokeStyle: ink.halo });
      for (const { name, size, at, box } of this.planned(context, scale, candidate)) {
        if (box[2] < corner.x * scale || box[0] > far.x * scale || box[3] < corner.y * scale || box[1] > far.y * scale) continue;
        context.fillStyle = name.top ? this.drawing.circleColour(name.number) : ink.text;
        this.write(context, name.lines, at, size / scale, name.id === standing || name.id === candidate || name.top, scale);
      }
    }

    // Which names are written and where, at this scale; dragging changes nothing, so nothing flickers.
    planned(context, scale, candidate) {
      const { standing } = this.drawing, key = `${scale}|${candidate}`;
      if (this.plan && this.planFor === key) return this.plan;
      const dots = this.dots(scale), written = new Board(), inside = this.frame(scale);
      this.plan = [];
      this.planFor = key;
      for (const name of this.order) {
        const chosen = name.id === standing || name.id === candidate, size = chosen ? Math.max(name.size, 15) : name.size;
        const places = this.places(name, size, scale, this.width(context, name.lines)).filter(({ box }) => chosen || (inside(box) && !written.met(box)));
        const best = places.reduce((least, place) => {
          const covers = name.centred || name.top ? 0 : dots.met(place.box, name.id);
          return least && least.covers <= covers ? least : { ...place, covers };
        }, null);
        if (!best || (best.covers && !chosen && !this.leading.has(name))) continue;
        written.add(best.box);
        this.plan.push({ name, size, ...best });
      }
      return this.plan;
    }

    // The dots as boxes of the screen. Folded circles are no obstacle: their names stand inside.
    dots(scale) {
      const board = new Board();
      for (const node of Object.values(this.drawing.network.body.nodes)) {
        if (typeof node.id !== "number") continue;
        const half = node.options.size * scale, x = node.x * scale, y = node.y * scale;
        board.add(Object.assign([x - half, y - half, x + half, y + half], { of: node.id }));
      }
      return board;
    }

    // While all of it fits, names keep inside the frame; larger than that, one drags it to see more.
    frame(scale) {
      const { network, element } = this.drawing, all = Object.values(network.body.nodes).filter(({ id }) => !String(id).startsWith("edgeId:"));
      const limits = (axis, room) => {
        const low = all.reduce((least, node) => Math.min(least, node[axis]), Infinity) * scale, high = all.reduce((most, node) => Math.max(most, node[axis]), -Infinity) * scale;
        return high - low < room ? [(low + high - room) / 2 + 4, (low + high + room) / 2 - 4] : [-Infinity, Infinity];
      };
      const [left, right] = limits("x", element.clientWidth), [top, bottom] = limits("y", element.clientHeight);
      return (box) => box[0] >= left && box[2] <= right && box[1] >= top && box[3] <= bottom;
    }

    // Where a name may stand: under its dot, over it, right or left of it; a circle's inside, an outline's over it.
    places(name, size, scale, width) {
      const first = this.place(name, scale, size);
      if (!first) return [];
      const tall = name.lines.length * size * LINE, half = (width * size) / 2 + 3;
      const node = this.drawing.network.body.nodes[name.id], spots = [first];
      if (!name.centred && !name.top) {
        const off = node.options.size + 4 / scale, middle = node.y - tall / scale / 2, side = node.options.size + half / scale + 3 / scale;
        spots.push({ x: node.x, y: node.y - off - tall / scale }, { x: node.x + side, y: middle }, { x: node.x - side, y: middle });
      }
      return spots.map((at) => ({ at, box: [at.x * scale - half, at.y * scale - 2, at.x * scale + half, at.y * scale + tall + 2] }));
    }

    // Where the first line begins, in the drawing's pixels: under a dot, inside a circle, over an outline.
    place({ id, lines, centred, top, size: usual }, scale, size = usual) {
      const tall = (lines.length * size * LINE) / scale;
      if (top) return { x: top.x, y: top.y - 38 - tall };
      const node = this.drawing.network.body.nodes[id];
      if (!node) return null;
      return { x: node.x, y: centred ? node.y - tall / 2 : node.y + node.options.size + 4 / scale };
    }

    write(context, lines, { x, y }, size, bold, scale) {
      context.font = `${bold ? 600 : 400} ${size}px system-ui, sans-serif`;
      context.lineWidth = 3.5 / scale;
      lines.forEach((line, at) => {
        context.strokeText(line, x, y + at * size * LINE);
        context.fillText(line, x, y + at * size * LINE);
      });
    }
  };
})(window);
