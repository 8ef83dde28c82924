// Shows the answer to a question under it as a table. Without this script the form brings the file.
(function () {
  "use strict";
  const form = document.getElementById("ask"), said = document.getElementById("said"), place = document.getElementById("answer");
  const element = (tag, more, ...children) => { const made = Object.assign(document.createElement(tag), more); made.append(...children); return made; };
  const number = new Intl.NumberFormat(document.documentElement.lang);

  // An address on this map becomes a link to its page, any other web address a link out; the rest is text.
  const cell = (value) => {
    if (!value) return element("td", {});
    if (value.type !== "uri") return element("td", value["xml:lang"] ? { lang: value["xml:lang"] } : {}, value.value);
    const id = value.value.startsWith(form.dataset.things) ? value.value.slice(form.dataset.things.length) : "";
    if (id) return element("td", {}, element("a", { href: `/${document.documentElement.lang}/r/${id}` }, id));
    return element("td", {}, /^https?:/.test(value.value) ? element("a", { href: value.value, rel: "noopener nofollow" }, value.value) : value.value);
  };

  const table = ({ head, results, boolean }) => {
    if (boolean !== undefined) return element("p", {}, form.dataset[boolean]);
    const names = head.vars, rows = results.bindings;
    const top = element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
    const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...names.map((name) => cell(row[name])))));
    return element("table", {}, top, body);
  };

  // A question of a length that addresses bear stands in this page's, to be sent on or cited.
  const keep = () => {
    const text = form.elements.query.value.trim(), fits = text.length <= Number(form.dataset.shared);
    history.replaceState(null, "", fits ? `?${new URLSearchParams({ query: text })}` : location.pathname);
    document.getElementById("kept").hidden = !fits;
  };

  const ask = async () => {
    place.hidden = true;
    keep();
    said.textContent = form.dataset.wait;
    try {
      const body = new URLSearchParams({ query: form.elements.query.value });
      const answer = await fetch("/sparql", { method: "POST", body, headers: { Accept: "application/sparql-results+json" } });
      const text = await answer.text(), json = (answer.headers.get("content-type") || "").includes("json");
      const found = json ? JSON.parse(text) : null;
      if (!answer.ok) { said.textContent = found ? found[document.documentElement.lang] || found.error : form.dataset.failed; return; }
      const many = found && found.results ? found.results.bindings.length : null;
      said.textContent = many === 0 ? form.dataset.none : [many === null ? "" : form.dataset.rows.replace("{n}", number.format(many)), answer.headers.get("x-truncated") ? form.dataset.cut : ""].join(" ");
      if (many === 0) return;
      place.replaceChildren(found ? table(found) : element("pre", {}, text));
      place.hidden = false;
    } catch (error) {
      console.warn(error);
      said.textContent = form.dataset.failed;
    }
  };

  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.id === "download") return;
    event.preventDefault();
    ask();
  });
  if (form.dataset.now) ask();
})();
