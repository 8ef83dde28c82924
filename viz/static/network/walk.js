// A walk through the network by arrow keys, each step said aloud in a live region.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});

  R.Walk = class {
    constructor(model, drawing, live, unfold, chosen) {
      Object.assign(this, { model, drawing, live, unfold, chosen, here: null, at: -1, trail: [] });
      this.keys = {
        ArrowRight: () => this.point(1), ArrowLeft: () => this.point(-1), ArrowDown: () => this.step(), ArrowUp: () => this.back(),
        Home: () => this.start(), Enter: () => this.open(), "+": () => drawing.zoom(1.25), "-": () => drawing.zoom(0.8),
      };
      drawing.element.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in this.keys)) return;
        event.preventDefault();
        this.keys[event.key]();
      });
      drawing.element.addEventListener("focus", () => { if (this.here === null) this.start(); });
    }

    say(text) { this.live.textContent = text; }

    ring(id) {
      this.drawing.candidate = id;
      this.drawing.network.redraw();
    }

    // Stands on a node: selects it, shows its details, says what it is.
    stand(node, { move = true, said = true } = {}) {
      this.unfold(node);
      Object.assign(this, { here: node, at: -1 });
      this.ring(null);
      this.drawing.select(node.id, move);
      this.chosen(node);
      if (said) this.say(R.fill(this.model.texts.said_node, { name: this.model.name(node), kind: this.model.kind(node), links: this.model.counted("some_links", this.model.neighbours(node.id).length) }));
    }

    start() {
      const node = this.model.mostCentral();
      this.trail = [];
      if (node) this.stand(node);
    }

    // Points at the next or previous neighbour without leaving.
    point(by) {
      if (this.here === null) { this.start(); return; }
      const around = this.model.neighbours(this.here.id);
      if (!around.length) { this.say(R.fill(this.model.texts.said_alone, { name: this.model.name(this.here) })); return; }
      this.at = this.at < 0 ? (by > 0 ? 0 : around.length - 1) : (this.at + by + around.length) % around.length;
      const { edge, node } = around[this.at];
      if (this.drawing.drawn(node.id)) this.ring(node.id);
      this.say(R.fill(this.model.texts.said_neighbour, {
        sentence: `${this.model.sentence(edge)}.`, at: this.at + 1, count: around.length, name: this.model.name(node), kind: this.model.kind(node),
      }));
    }

    step() {
      if (this.here === null || this.at < 0) { this.point(1); return; }
      const { node } = this.model.neighbours(this.here.id)[this.at];
      this.trail.push(this.here);
      this.stand(node);
    }

    back() {
      const before = this.trail.pop();
      if (before) this.stand(before);
      else this.say(this.model.texts.said_start);
    }

    open() { if (this.here) root.location.assign(this.model.href(this.here)); }
  };
})(window);
