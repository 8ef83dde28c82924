// Suggestions while typing, for every field with data-suggest: "go" opens the page of what is chosen,
// "name" writes its name into the field, "names" writes it as the last of a list with commas.
// Without this script the fields are plain fields; the pattern is the editable combobox of the ARIA guide.
(function () {
  "use strict";
  const WAIT = 120, LEAST = 2;
  const lang = document.documentElement.lang, said = document.currentScript.dataset.said;
  let made = 0;

  const element = (tag, more) => Object.assign(document.createElement(tag), more);

  class Combobox {
    constructor(input) {
      this.input = input;
      this.how = input.dataset.suggest;
      this.known = new Map();
      this.items = [];
      this.at = -1;
      this.turn = 0;
      const id = `suggest-${++made}`;
      this.list = element("ul", { id, className: "suggest", role: "listbox", hidden: true });
      this.list.setAttribute("aria-label", said);
      this.live = element("span", { className: "unseen", role: "status" });
      // A search field is no combobox by the rules of HTML; a text field may be one.
      input.type = "text";
      for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", enterkeyhint: this.how === "go" ? "search" : "done", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) input.setAttribute(name, value);
      const frame = element("span", { className: "suggest-frame" });
      input.before(frame);
      frame.append(input, this.list, this.live);
      input.addEventListener("input", () => this.typed());
      input.addEventListener("keydown", (event) => this.pressed(event));
      input.addEventListener("blur", () => this.close());
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(Number(option.dataset.at));
      });
    }

    get words() {
      const all = this.input.value;
      return (this.how === "names" ? all.slice(all.lastIndexOf(",") + 1) : all).trim();
    }

    typed() {
      clearTimeout(this.timer);
      if (this.words.length < LEAST) this.close();
      else this.timer = setTimeout(() => this.ask(this.words), WAIT);
    }

    async ask(words) {
      const turn = this.turn;
      if (!this.known.has(words)) {
        const asked = new URLSearchParams({ q: words, field: this.how === "go" ? "go" : "name" });
        for (const kind of (this.input.dataset.kinds || "").split(" ").filter(Boolean)) asked.append("kind", kind);
        try {
          const answer = await fetch(`/${lang}/suggest?${asked}`);
          if (!answer.ok) return this.close();
          this.known.set(words, await answer.json());
        } catch {
          return this.close(); // suggestions are a help: without the network the field stays a field
        }
      }
      // Who has closed the list meanwhile does not want it back.
      if (turn === this.turn && words === this.words && document.activeElement === this.input) this.show(this.known.get(words));
    }

    show({ said, items }) {
      const stood = this.at < 0 ? -1 : items.findIndex(({ id }) => id === this.items[this.at].id);
      this.items = items;
      this.at = -1;
      this.list.replaceChildren(...items.map((item, at) => {
        const option = element("li", { id: `${this.list.id}-${at}`, role: "option" });
        option.dataset.at = at;
        option.setAttribute("aria-selected", "false");
        option.append(element("span", { textContent: item.name }));
        option.append(element("span", { className: "quiet", textContent: item.also ? `${item.kind} · ${item.also}` : item.kind }));
        return option;
      }));
      this.open(items.length > 0);
      if (stood >= 0) this.stand(stood); // an answer that comes late moves nobody
      this.live.textContent = said;
    }

    open(on) {
      this.list.hidden = !on;
      this.input.setAttribute("aria-expanded", String(on));
      this.input.removeAttribute("aria-activedescendant");
    }

    close() {
      clearTimeout(this.timer);
      this.turn++;
      this.at = -1;
      this.open(false);
      this.live.textContent = "";
    }

    stand(at) {
      const options = this.list.children;
      if (this.at >= 0) options[this.at].setAttribute("aria-selected", "false");
      this.at = at;
      if (at < 0) return this.input.removeAttribute("aria-activedescendant");
      options[at].setAttribute("aria-selected", "true");
      options[at].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", options[at].id);
    }

    pressed(event) {
      const shown = !this.list.hidden, count = this.items.length;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!shown) return this.words.length < LEAST ? undefined : void this.ask(this.words);
        // From the last one leads on to the words as typed, and from there to the first.
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.stand(((this.at + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter" && shown && this.at >= 0) {
        event.preventDefault();
        this.choose(this.at);
      } else if (event.key === "Escape") {
        if (shown) event.preventDefault();
        this.close();
      }
    }

    choose(at) {
      const item = this.items[at];
      this.close();
      if (this.how === "go") return window.location.assign(item.url);
      // A name that others bear too, or that holds a comma in a list, would be asked about again.
      const unsure = this.items.some((other) => other !== item && other.value === item.value) || (this.how === "names" && item.value.includes(","));
      const words = unsure ? item.id : item.value;
      const before = this.how === "names" ? this.input.value.slice(0, this.input.value.lastIndexOf(",") + 1) : "";
      this.input.value = before ? `${before} ${words}` : words;
    }
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) new Combobox(input);
})();
