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
      Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round", strokeStyle: ink.halo });
      for (const name of this.order) {
        const at = this.place(name, scale);
        if (!at || at.x < corner.x || at.x > far.x || at.y < corner.y || at.y > far.y) continue;
        const chosen = name.id === standing || name.id === candidate;
        const size = chosen ? Math.max(name.size, 15) : name.size;
        const box = this.box(context, name.lines, size, (at.x - corner.x) * scale, (at.y - corner.y) * scale);
        if (!this.claim(taken, box) && !chosen) continue;
        context.fillStyle = name.top ? this.drawing.circleColour(name.number) : ink.text;
        this.write(context, name.lines, at, size / scale, chosen || name.top, scale);
      }
    }

    // Where the first line begins, in the drawing's pixels: under a dot, inside a circle, over an outline.
    place({ id, lines, size, centred, top }, scale) {
      const tall = (lines.length * size * LINE) / scale;
      if (top) return { x: top.x, y: top.y - 38 - tall };
      const node = this.drawing.network.body.nodes[id];
      if (!node) return null;
      return { x: node.x, y: centred ? node.y - tall / 2 : node.y + node.options.size + 4 / scale };
    }

    box(context, lines, size, x, y) {
      const half = (this.width(context, lines) * size) / 2 + 3;
      return [x - half, y - 2, x + half, y + lines.length * size * LINE + 2];
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
