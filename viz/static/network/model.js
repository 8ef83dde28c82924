// The network's data: indexes, filters, and communities folded when there is too much to draw.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});

  R.fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));

  R.plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const reaches = (one, year) => (one.y1 == null || one.y1 <= year) && (one.y2 == null || one.y2 >= year);

  R.Model = class {
    constructor(data) {
      Object.assign(this, {
        texts: data.texts, lang: data.lang, kinds: data.kinds, topics: data.topics, topicIds: data.topicIds,
        relations: data.relations, communities: data.communities, sizes: data.sizes, shares: data.shares, fluid: data.fluid,
        site: data.site, graphql: data.graphql, around: data.around,
      });
      this.nodes = data.nodes;
      this.edges = data.edges;
      this.state = { kinds: new Set(Object.keys(data.kinds)), topic: null, year: null, undated: true, size: 0, colour: "kind" };
      this.opened = [];
      this.index();
    }

    index() {
      this.byId = new Map(this.nodes.map((node) => [node.id, node]));
      this.byKey = new Map(this.nodes.map((node) => [node.key, node]));
      this.edgeById = new Map(this.edges.map((edge) => [edge.id, edge]));
      this.incident = new Map();
      for (const edge of this.edges) {
        for (const end of edge.from === edge.to ? [edge.from] : [edge.from, edge.to]) {
          if (!this.incident.has(end)) this.incident.set(end, []);
          this.incident.get(end).push(edge);
        }
      }
    }

    // A number of things in words, in the plural the language wants: the text gives "one|few|other".
    counted(name, number) {
      this.plurals = this.plurals || new Intl.PluralRules(this.lang);
      this.numbers = this.numbers || new Intl.NumberFormat(this.lang);
      const form = ["one", "few", "other"].indexOf(this.plurals.select(number));
      return R.fill(this.texts[name].split("|")[form], { n: this.numbers.format(number) });
    }

    // A measure in words: a count, or of what makes a whole its part in percent.
    measured(node, at) {
      this.formats = this.formats || ["decimal", "percent"].map((style) => new Intl.NumberFormat(this.lang, { style, maximumSignificantDigits: 3 }));
      return this.formats[this.shares[at] ? 1 : 0].format(node.m[at]);
    }

    name(node) { return node.name || node.label.replace(/\n/g, " "); }

    kind(node) { return (this.kinds[node.group] || { label: node.group }).label; }

    href(node) { return `${this.site}/${this.lang}/r/${node.key}`; }

    sentence(edge) {
      const source = this.name(this.byId.get(edge.from)), target = this.name(this.byId.get(edge.to));
      // A function, so that a name with "$&" in it stays as it is.
      return edge.text || this.relations[edge.r].sentence.replace(/\{(source|target)\}/g, (_, end) => (end === "source" ? source : target));
    }

    when(edge) {
      const { y1: start, y2: end } = edge;
      if (start == null && end == null) return "";
      if (start === end) return String(start);
      const name = end == null ? "since" : start == null ? "until" : "between";
      return R.fill(this.texts[name], { year: end == null ? start : end, start, end });
    }

    passes(node) {
      const { kinds, topic, year } = this.state;
      return kinds.has(node.group) && (topic === null || (node.t || []).includes(topic)) && (year === null || reaches(node, year));
    }

    edgePasses(edge) {
      const { year, undated } = this.state;
      if (edge.y1 == null && edge.y2 == null) return year === null || undated;
      return year === null || reaches(edge, year);
    }

    // What the filters let through: {nodes, edges, passing: Set of ids}.
    visible() {
      const nodes = this.nodes.filter((node) => this.passes(node));
      const passing = new Set(nodes.map((node) => node.id));
      const edges = this.edges.filter((edge) => passing.has(edge.from) && passing.has(edge.to) && this.edgePasses(edge));
      return { nodes, edges, passing };
    }

    // What is drawn: everything visible if that is fluid, else one circle per community not opened.
    arrange() {
      const seen = this.visible();
      if (seen.nodes.length <= this.fluid) return { ...seen, circles: [], folded: false, counts: [seen.nodes.length, seen.edges.length] };
      const groups = new Map();
      for (const node of seen.nodes) {
        if (!groups.has(node.c)) groups.set(node.c, []);
        groups.get(node.c).push(node);
      }
      const loose = [...groups].filter(([, members]) => members.length === 1).flatMap(([number, members]) => { groups.delete(number); return members; });
      if (loose.length) groups.set("untied", loose);
      const nodes = [], circles = [], standsFor = new Map();
      for (const [number, members] of groups) {
        members.sort((a, b) => b.m[2] - a.m[2] || a.id - b.id);
        const shown = this.opened.includes(number) ? members.slice(0, this.fluid) : [];
        const hidden = members.slice(shown.length);
        nodes.push(...shown);
        for (const node of shown) standsFor.set(node.id, node.id);
        if (!hidden.length) continue;
        const id = shown.length ? `more-${number}` : `circle-${number}`;
        circles.push(this.circle(id, number, hidden, shown.length > 0));
        for (const node of hidden) standsFor.set(node.id, id);
      }
      this.spread(circles);
      return { nodes, circles, edges: this.between(seen.edges, standsFor), folded: true, counts: [seen.nodes.length, seen.edges.length] };
    }

    circle(id, number, members, rest) {
      const middle = (axis) => members.reduce((sum, node) => sum + node[axis], 0) / members.length;
      const name = rest ? R.fill(this.texts.more, { count: members.length })
        : number === "untied" ? this.texts.untied : this.communities[number] || this.name(members[0]);
      return { id, number, name, members, radius: 14 * Math.sqrt(members.length) + 20, x: middle("x"), y: middle("y"), rest };
    }

    // Pushes folded circles apart until none covers another; the same circles end in the same places.
    spread(circles) {
      const sorted = [...circles].sort((a, b) => b.radius - a.radius || (a.id < b.id ? -1 : 1));
      for (let round = 0, moved = true; round < 200 && moved; round += 1) {
        moved = false;
        sorted.forEach((one, at) => sorted.slice(at + 1).forEach((other) => {
          const dx = other.x - one.x, dy = other.y - one.y, far = Math.hypot(dx, dy), wanted = one.radius + other.radius + 30;
          if (far >= wanted) return;
          const push = (wanted - far) / 2 + 0.5, x = far ? dx / far : 1, y = far ? dy / far : 0;
          Object.assign(one, { x: one.x - x * push, y: one.y - y * push });
          Object.assign(other, { x: other.x + x * push, y: other.y + y * push });
          moved = true;
        }));
      }
    }

    // Links between what is drawn: single ones as they are, those into folded circles added up.
    between(edges, standsFor) {
      const drawn = [], sums = new Map();
      for (const edge of edges) {
        const from = standsFor.get(edge.from), to = standsFor.get(edge.to);
        if (from === to) continue;
        if (from === edge.from && to === edge.to) { drawn.push(edge); continue; }
        const key = String(from) < String(to) ? `${from}|${to}` : `${to}|${from}`;
        const sum = sums.get(key) || { id: `sum-${key}`, from, to, sum: 0 };
        sum.sum += 1;
        sums.set(key, sum);
      }
      return [...drawn, ...sums.values()];
    }

    // Opens a folded community; the first opened closes again when too much would be drawn.
    open(number) {
      const size = (one) => this.nodes.filter((node) => node.c === one && this.passes(node)).length;
      this.opened = [...this.opened.filter((one) => one !== number), number];
      while (this.opened.length > 1 && this.opened.reduce((sum, one) => sum + size(one), 0) > this.fluid) this.opened.shift();
    }

    // The neighbours of a node that the filters let through, one entry per link, by name.
    neighbours(id) {
      const found = (this.incident.get(id) || []).filter((edge) => this.edgePasses(edge))
        .map((edge) => ({ edge, node: this.byId.get(edge.from === id ? edge.to : edge.from) }))
        .filter(({ node }) => node.id !== id && this.passes(node));
      const collator = new Intl.Collator(this.lang);
      return found.sort((a, b) => collator.compare(this.name(a.node), this.name(b.node)) || a.edge.id - b.edge.id);
    }

    search(text) {
      const wanted = R.plain(text.trim());
      if (!wanted) return [];
      const found = this.nodes.filter((node) => R.plain(this.name(node)).includes(wanted));
      const starts = (node) => (R.plain(this.name(node)).startsWith(wanted) ? 0 : 1);
      return found.sort((a, b) => starts(a) - starts(b) || b.m[2] - a.m[2]);
    }

    mostCentral() {
      const asked = this.around.map((id) => this.byId.get(id)).find((node) => node && this.passes(node));
      return asked || this.visible().nodes.reduce((best, node) => (!best || node.m[2] > best.m[2] ? node : best), null);
    }

    // Takes in an answer of GraphQL `network`; new things lie on a ring around `center`. How many were new.
    take(answer, center) {
      const fresh = answer.nodes.filter(({ resource }) => resource && !this.byKey.has(resource.id));
      let next = this.nodes.reduce((most, node) => Math.max(most, node.id), -1) + 1;
      fresh.forEach(({ resource, degree, betweenness, pagerank, community }, at) => {
        const angle = (2 * Math.PI * at) / fresh.length, far = 110 + 6 * fresh.length;
        this.nodes.push({
          id: next++, key: resource.id, name: resource.label, label: R.short(resource.label || resource.id), group: resource.kind,
          x: Math.round(center.x + far * Math.cos(angle)), y: Math.round(center.y + far * Math.sin(angle)),
          m: [degree, betweenness, pagerank, 0], c: community,
        });
      });
      this.index();
      const said = (edge) => `${edge.from}|${edge.to}|${edge.relation || this.relations[edge.r].name}`;
      const known = new Set(this.edges.map(said));
      let edgeId = this.edges.reduce((most, edge) => Math.max(most, edge.id), -1) + 1;
      for (const { source, target, relation, yearFrom, yearTo, text } of answer.edges) {
        const from = this.byKey.get(source), to = this.byKey.get(target);
        const edge = { from: from && from.id, to: to && to.id, relation, text, y1: yearFrom, y2: yearTo };
        if (!from || !to || known.has(said(edge))) continue;
        this.edges.push({ ...edge, id: edgeId++ });
      }
      this.index();
      return fresh.length;
    }
  };

  // The first two lines of a name, as the server cuts them.
  R.short = (name, width = 24) => {
    const lines = [""];
    for (const word of name.split(/\s+/)) {
      const line = lines[lines.length - 1];
      if (line && line.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = line ? `${line} ${word}` : word;
    }
    const cut = (line, more) => (line.length > width || more ? `${line.slice(0, width - 1)}…` : line);
    return lines.slice(0, 2).map((line, at) => cut(line, at === 1 && lines.length > 2)).join("\n");
  };
})(typeof window === "undefined" ? globalThis : window);
