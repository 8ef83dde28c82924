// The words beside and under the picture: details of what is selected, the rest of the tables.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});

  // An element with attributes and children; texts are always texts, never markup.
  R.make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  R.Panel = class {
    constructor(model, element, actions) {
      Object.assign(this, { model, element, actions });
    }

    clear() { this.element.replaceChildren(R.make("p", {}, this.model.texts.details_none)); }

    show(node) {
      const { model } = this, { texts } = model;
      const parts = [R.make("h3", {}, model.name(node)), R.make("p", { class: "nw-kind" }, this.about(node))];
      const actions = R.make("p", { class: "nw-actions" }, R.make("a", { href: model.href(node) }, texts.open_page));
      if (model.graphql) actions.append(R.make("button", { type: "button", onclick: () => this.actions.expand(node) }, texts.expand));
      parts.push(actions, this.measures(node));
      const around = model.neighbours(node.id);
      if (around.length) parts.push(R.make("h4", {}, `${texts.links} (${around.length})`), this.links(around));
      this.element.replaceChildren(...parts);
    }

    about(node) {
      const topics = (node.t || []).map((at) => this.model.topics[at]);
      return [this.model.kind(node), ...topics].join(" · ");
    }

    measures(node) {
      const { model } = this, list = R.make("dl", {});
      model.sizes.forEach((name, at) => list.append(R.make("dt", {}, model.texts[name]), R.make("dd", {}, model.measured(node, at))));
      const circle = model.communities[node.c];
      if (circle) list.append(R.make("dt", {}, model.texts.community), R.make("dd", {}, circle));
      return list;
    }

    links(around) {
      const list = R.make("ul", { class: "nw-links" });
      for (const { edge, node } of around.slice(0, 100)) {
        const go = R.make("button", { type: "button", onclick: () => this.actions.go(node) }, this.model.sentence(edge));
        const when = this.model.when(edge);
        list.append(R.make("li", {}, go, when ? ` (${when})` : ""));
      }
      if (around.length > 100) list.append(R.make("li", {}, R.fill(this.model.texts.more, { count: around.length - 100 })));
      return list;
    }

    circle(circle) {
      const { texts } = this.model;
      const open = R.make("button", { type: "button", onclick: () => this.actions.open(circle) }, texts.open_circle);
      const members = R.make("ul", { class: "nw-links" });
      for (const node of circle.members.slice(0, 20)) members.append(R.make("li", {}, this.model.name(node)));
      if (circle.members.length > 20) members.append(R.make("li", {}, R.fill(texts.more, { count: circle.members.length - 20 })));
      this.element.replaceChildren(R.make("h3", {}, circle.name), R.make("p", { class: "nw-actions" }, open), members);
    }
  };

  // The tables under the picture: rows hidden as the filters say, and those the server left out.
  R.Twin = class {
    constructor(model) {
      this.model = model;
      this.links = this.table("nw-links", () => model.edges, (edge) => this.linkRow(edge));
      this.things = this.table("nw-things", () => this.ranked(), (node) => this.thingRow(node));
    }

    table(id, all, make) {
      const body = document.getElementById(id).tBodies[0], button = document.getElementById(id.replace("nw-", "nw-all-"));
      const table = { body, all, make, whole: !button, count: document.querySelector(`#${id}-title .nw-count`) };
      if (button) button.addEventListener("click", () => { table.whole = true; this.fill(table); button.remove(); });
      return table;
    }

    // Makes the rows that are not there yet, once the reader wants all of them.
    fill(table) {
      if (!table.whole) return;
      const there = new Set([...table.body.rows].map((row) => row.dataset.id));
      table.body.append(...table.all().filter(({ id }) => !there.has(String(id))).map(table.make));
      this.hide(table);
    }

    ranked() { return [...this.model.nodes].sort((a, b) => b.m[2] - a.m[2] || (a.key < b.key ? -1 : 1)); }

    linkRow(edge) {
      const { model } = this;
      return R.make("tr", { "data-id": edge.id }, R.make("td", {}, model.sentence(edge)), R.make("td", { class: "nw-when" }, model.when(edge)));
    }

    thingRow(node) {
      const { model } = this;
      const head = R.make("th", { scope: "row" }, R.make("a", { href: model.href(node) }, model.name(node)));
      const numbers = node.m.map((_, at) => R.make("td", { class: "nw-number" }, model.measured(node, at)));
      return R.make("tr", { "data-id": node.id }, head, R.make("td", {}, model.kind(node)), ...numbers);
    }

    // Says what the picture shows and no more, folded or not.
    show() {
      const seen = this.model.visible();
      this.links.passing = new Set(seen.edges.map(({ id }) => String(id)));
      this.things.passing = new Set(seen.nodes.map(({ id }) => String(id)));
      for (const table of [this.links, this.things]) {
        table.count.textContent = new Intl.NumberFormat(this.model.lang).format(table.passing.size);
        this.fill(table);
        this.hide(table);
      }
    }

    hide({ body, passing }) {
      if (passing) for (const row of body.rows) row.hidden = !passing.has(row.dataset.id);
    }
  };
})(window);
