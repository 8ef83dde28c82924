// Saves the picture: PNG as it is seen, SVG whole.
(function (root) {
  "use strict";
  const R = (root.Resurse = root.Resurse || {});
  const SVG = "http://www.w3.org/2000/svg";

  R.download = (blob, name) => {
    const address = URL.createObjectURL(blob);
    const link = R.make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  R.savePng = (drawing, title) => {
    const seen = drawing.network.canvas.frame.canvas, ratio = seen.width / seen.clientWidth, head = 46 * ratio;
    const sheet = R.make("canvas", { width: seen.width, height: seen.height + head });
    const context = sheet.getContext("2d");
    context.fillStyle = drawing.ink.paper;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.fillStyle = drawing.ink.text;
    context.font = `600 ${20 * ratio}px system-ui, sans-serif`;
    context.fillText(title, 16 * ratio, 30 * ratio, sheet.width - 32 * ratio);
    context.drawImage(seen, 0, head);
    sheet.toBlob((blob) => R.download(blob, "resurse.png"), "image/png");
  };

  const make = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const corners = (count, size, turn, inner = 1) => Array.from({ length: count }, (_, at) => {
    const angle = turn + (2 * Math.PI * at) / count, far = at % 2 ? size * inner : size;
    return [far * Math.cos(angle), far * Math.sin(angle)];
  });

  const OUTLINES = {
    square: (size) => corners(4, size * 1.25, Math.PI / 4), diamond: (size) => corners(4, size * 1.1, 0),
    triangle: (size) => corners(3, size * 1.2, -Math.PI / 2), triangleDown: (size) => corners(3, size * 1.2, Math.PI / 2),
    hexagon: (size) => corners(6, size, 0), star: (size) => corners(10, size * 1.2, -Math.PI / 2, 0.45),
  };

  const shape = (kind, x, y, size, colours, fill = "full") => {
    const look = { fill: colours.background, stroke: colours.border, "stroke-width": fill === "full" ? 1.5 : 3 };
    if (fill === "dashed") look["stroke-dasharray"] = "4 3";
    if (!(kind in OUTLINES)) return make("circle", { cx: x, cy: y, r: size, ...look });
    const points = OUTLINES[kind](size).map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`);
    return make("polygon", { points: points.join(" "), ...look });
  };

  R.svgOf = (drawing, title) => {
    const { network, nodes, edges, ink, model } = drawing;
    const colours = ({ colour, dark, fill }) => drawing.colours(R.isDark() ? dark : colour, fill);
    const places = network.getPositions(), all = Object.values(places);
    const low = (axis) => Math.min(...all.map((at) => at[axis]), 0) - 120, high = (axis) => Math.max(...all.map((at) => at[axis]), 0) + 120;
    const [x, y] = [low("x"), low("y") - 60], [wide, tall] = [high("x") - x, high("y") - y];
    const legend = [...new Set(nodes.get().map((node) => node.group).filter(Boolean))];
    const picture = make("svg", { xmlns: SVG, viewBox: `${x} ${y} ${wide} ${tall + 60}`, width: wide, height: tall + 60, role: "img", "font-family": "system-ui, sans-serif" });
    picture.append(make("title", {}, title), make("rect", { x, y, width: wide, height: tall + 60, fill: ink.paper }));
    picture.append(make("text", { x: x + 30, y: y + 50, "font-size": 30, "font-weight": 600, fill: ink.text }, title));
    for (const edge of edges.get()) {
      const from = places[edge.from], to = places[edge.to];
      if (from && to) picture.append(make("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke: ink.edge, "stroke-width": edge.width || 1 }));
    }
    for (const node of nodes.get()) {
      const at = places[node.id], kind = model.kinds[node.group] || { shape: node.shape, fill: "full" }, size = network.body.nodes[node.id].options.size;
      picture.append(shape(kind.shape, at.x, at.y, size, node.color || colours(kind), kind.fill));
    }
    for (const name of drawing.names.all) {
      const at = drawing.names.place(name, 1);
      name.lines.forEach((line, row) => picture.append(make("text", {
        x: at.x, y: at.y + name.size * (1 + 1.15 * row), "text-anchor": "middle", "font-size": name.size, fill: ink.text, stroke: ink.halo, "stroke-width": 3, "paint-order": "stroke",
      }, line)));
    }
    legend.forEach((name, at) => {
      const kind = model.kinds[name], left = x + 40 + at * 190;
      picture.append(shape(kind.shape, left, y + tall + 30, 9, colours(kind), kind.fill));
      picture.append(make("text", { x: left + 18, y: y + tall + 35, "font-size": 15, fill: ink.text }, kind.label));
    });
    return new XMLSerializer().serializeToString(picture);
  };

  R.saveSvg = (drawing, title) => R.download(new Blob([R.svgOf(drawing, title)], { type: "image/svg+xml" }), "resurse.svg");
})(window);
