// Writes the names into the picture: the most important first, none over another, always readable.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});
  const LINE = 1.18;
  const CELL = 48;

  R.Names = class {
    constructor(drawing) {
      Object.assign(this, { drawing, all: [], order: [], widths: new Map() });
    }

    // What is in the picture: every node and folded circle with its lines and its importance.
    take({ nodes, circles }) {
      const { size } = this.drawing.model.state;
      const most = Math.max(...nodes.map((node) => node.m[size]), 1e-9);
      this.all = [
        ...circles.map(({ id, name, members }) => ({ id, lines: [...R.short(name, 28).split("\n"), String(members.length)], weight: 1 + members.length, size: 15 })),
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
      const { network, element, ink, standing, candidate } = this.drawing, scale = network.getScale(), taken = new Map();
      const corner = network.DOMtoCanvas({ x: 0, y: 0 }), far = network.DOMtoCanvas({ x: element.clientWidth, y: element.clientHeight });
      Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", strokeStyle: ink.halo, fillStyle: ink.text });
      for (const name of this.order) {
        const node = network.body.nodes[name.id];
        if (!node || node.x < corner.x || node.x > far.x || node.y < corner.y || node.y > far.y) continue;
        const chosen = name.id === standing || name.id === candidate;
        const size = chosen ? Math.max(name.size, 15) : name.size, radius = node.options.size * scale;
        const box = this.box(context, name, size, (node.x - corner.x) * scale, (node.y - corner.y) * scale + radius + 4);
        if (!this.claim(taken, box) && !chosen) continue;
        this.write(context, name.lines, node.x, node.y + (radius + 4) / scale, size / scale, chosen, scale);
      }
    }

    box(context, name, size, x, y) {
      const half = (this.width(context, name.lines) * size) / 2 + 3;
      return [x - half, y - 2, x + half, y + name.lines.length * size * LINE + 2];
    }

    // True when nothing written before lies there; then the place is taken.
    claim(taken, box) {
      const [left, top, right, bottom] = box, cells = [];
      for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
        for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) cells.push(`${x},${y}`);
      }
      const free = cells.every((cell) => (taken.get(cell) || []).every(([l, t, r, b]) => r < left || l > right || b < top || t > bottom));
      if (free) cells.forEach((cell) => (taken.has(cell) ? taken.get(cell).push(box) : taken.set(cell, [box])));
      return free;
    }

    write(context, lines, x, y, size, chosen, scale) {
      context.font = `${chosen ? 600 : 400} ${size}px system-ui, sans-serif`;
      context.lineWidth = 3.5 / scale;
      lines.forEach((line, at) => {
        context.strokeText(line, x, y + at * size * LINE);
        context.fillText(line, x, y + at * size * LINE);
      });
    }
  };
})(window);
