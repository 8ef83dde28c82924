"""A Decidim platform by its GraphQL API: assemblies, processes, participatory budgets, results.

Options: `url` (the platform's root), `lang`, `currency` of its budgets (RON), `programme` (the name
of its participatory budget), `page_size`. The schema differs between instances: what a type does
not have is not asked for. An assembly is a working group (platform_community), a process an event,
a budget a call of the participatory-budget programme, its projects and the results of
accountability are projects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ingest import failures
from ingest.answers import PageGuard
from ingest.circles import chains, refusal
from ingest.connectors.queries import decidim as ask
from ingest.mapping import slug
from ingest.records import (
    Crawling,
    Made,
    Record,
    Seen,
    count_option,
    fetcher,
    get,
    language,
    listed,
    option,
)
from ingest.texts import translated
from ontology.entity import Entity
from ontology.names import ClassName

_FULL = 100.0


def crawl(context: Crawling) -> Iterator[Made]:
    """The platform, then its assemblies, its processes and what their components hold."""
    platform = _Platform(context)
    yield from platform.itself()
    yield from platform.assemblies()
    yield from platform.processes()


class _Platform:
    """One crawl over one platform."""

    def __init__(self, context: Crawling) -> None:
        self.context = context
        self.root = option(context, "url").rstrip("/")
        self.host = urlsplit(self.root).hostname or self.root
        self.lang = language(context)
        self.size = count_option(context, "page_size", 50)
        self.seen = Seen()
        self.number = 0
        self.fields = {name: self._fields(name) for name in ask.WANTED}

    # -- asking -------------------------------------------------------------------------------

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> Any:
        """The `data` of an answer."""
        payload = {"query": query, "variables": dict(variables or {})}
        answer = fetcher(self.context).post(f"{self.root}/api", payload)
        data = get(answer.json(), "data")
        if not isinstance(data, dict):
            raise failures.unexpected(answer.url, "data")
        return data

    def _fields(self, name: str) -> str:
        """What this instance's type has of the fields that we want."""
        told = self.ask(ask.INTROSPECT, {"name": name})
        have = {get(field, "name") for field in listed(get(told, "__type", "fields"))}
        return "\n".join(text for field, text in ask.WANTED[name].items() if field in have)

    def _nodes(self, query: str, component: str, connection: str) -> Iterator[Any]:
        """Every node of a component's connection, page by page (Relay)."""
        after, guard = None, PageGuard()
        while True:
            variables = {"id": component, "first": self.size, "after": after}
            payload = {"query": query, "variables": variables}
            answer = fetcher(self.context).post(f"{self.root}/api", payload)
            found = get(answer.json(), "data", "component", connection)
            if after is not None and not isinstance(found, dict):
                raise failures.unexpected(answer.url, f"data.component.{connection}")
            yield from filter(None, listed(get(found, "nodes")))
            if get(found, "pageInfo", "hasNextPage") is not True:
                return
            guard.check(answer, listed(get(found, "nodes")))
            after = get(found, "pageInfo", "endCursor")

    # -- what there is ------------------------------------------------------------------------

    def itself(self) -> Iterator[Made]:
        """The platform as a thing."""
        record = Record(self.host, 0, {"url": self.root})
        made = record.entity("Platform", f"platform/{slug(self.host)}", self.root)
        record.put(made, "label", self.host, lang=self.lang)
        record.put(made, "page", self.root)
        record.put(made, "software", "Decidim")
        record.put(made, "status", "live")
        return record.done(self.seen)

    def assemblies(self) -> Iterator[Made]:
        """Assemblies as working groups, parents by their id."""
        told = listed(get(self.ask(ask.assemblies(self.fields)), "assemblies"))
        above = {str(get(raw, "id")): str(get(raw, "parent", "id")) for raw in told}
        circles = {key: chain for chain in chains(above) for key in chain}
        for raw in told:
            record, made = self._thing("assembly", "WorkingGroup", raw, "assemblies")
            if (key := str(get(raw, "id"))) in circles:
                wrong = refusal(key, circles[key], "parent")
                record.fail("parent", wrong.what, wrong.fix)
            record.put(made, "bodyType", "platform_community")
            record.put(made, "established", _day(get(raw, "creationDate")))
            record.put(made, "status", self._body_status(get(raw, "closingDate")))
            if (parent := get(raw, "parent", "id")) is not None:
                made.add("parent", self._id("assembly", "group", str(parent)))
            yield from record.done(self.seen)

    def processes(self) -> Iterator[Made]:
        """Processes as events, then the budgets and results inside them."""
        for raw in listed(get(self.ask(ask.processes(self.fields)), "participatoryProcesses")):
            record, made = self._thing("process", "Event", raw, "processes")
            record.put(made, "eventType", "consultation")
            record.put(made, "date", _day(get(raw, "startDate")))
            yield from record.done(self.seen)
            for component in listed(get(raw, "components")):
                yield from self._component(str(get(component, "id")), get(component, "__typename"))

    def _component(self, id_: str, kind: object) -> Iterator[Made]:
        if kind == "Budgets" and self.fields["Budget"]:
            for raw in self._nodes(ask.budgets(self.fields), id_, "budgets"):
                yield from self._budget(raw)
        elif kind == "Accountability" and self.fields["Result"]:
            for raw in self._nodes(ask.results(self.fields), id_, "results"):
                yield from self._result(raw)

    def _budget(self, raw: Any) -> Iterator[Made]:
        record, call = self._thing("budget", "Call", raw, "")
        name = option(self.context, "programme", "Bugetare participativă")
        programme = record.entity("Programme", f"programme/{slug(name)}", self.root)
        record.put(programme, "label", name, lang=self.lang)
        call.add("programme", programme.id)
        if (total := get(raw, "total_budget")) is not None:
            record.put(call, "budget", total)
            record.put(call, "currency", option(self.context, "currency", "RON"))
        yield from record.done(self.seen)
        if record.errors:
            return
        for project in filter(None, listed(get(raw, "projects"))):
            yield from self._project(project, call)

    def _project(self, raw: Any, call: Entity) -> Iterator[Made]:
        record, made = self._thing("project", "Project", raw, "")
        selected = get(raw, "selected")
        made.add("calls", call.id)
        if (amount := get(raw, "budget_amount")) is not None:
            record.put(made, "amount", amount)
            record.put(made, "currency", option(self.context, "currency", "RON"))
            made.add("amountStatus", "awarded" if selected else "proposed")
        made.add("status", "funded" if selected else "proposed")
        yield from record.done(self.seen)

    def _result(self, raw: Any) -> Iterator[Made]:
        record, made = self._thing("result", "Project", raw, "")
        record.put(made, "start", _day(get(raw, "startDate")))
        record.put(made, "end", _day(get(raw, "endDate")))
        record.put(made, "status", _project_status(get(raw, "progress")))
        yield from record.done(self.seen)

    # -- one thing ----------------------------------------------------------------------------

    def _thing(
        self, kind: str, class_name: ClassName, raw: Any, route: str
    ) -> tuple[Record, Entity]:
        """A record with its entity: id, key, names and texts by language, page."""
        self.number += 1
        record = Record(f"{self.host} {kind}", self.number, raw if isinstance(raw, dict) else {})
        key = record.require("id", get(raw, "id"))
        title = translated(get(raw, "title"), self.lang)
        record.require("title", next(iter(title.values()), ""))
        page = get(raw, "url")
        if page is None and route and get(raw, "slug"):
            page = f"{self.root}/{route}/{get(raw, 'slug')}"
        prefix = Entity.of(class_name, "x").cls.id_prefix
        made = record.entity(class_name, self._id(kind, prefix, key), page or self.root)
        made.add("identifiers", f"{kind}-{key}", scheme=self.context.source.scheme)
        record.put(made, "page", page)
        for lang, text in title.items():
            record.put(made, "label", text, lang=lang)
        told = next((t for t in map(raw.get, ask.TEXTS) if t), None) if record.values else None
        for lang, text in translated(told, self.lang).items():
            record.put(made, "description", text, lang=lang)
        return record, made

    def _id(self, kind: str, prefix: str, key: str) -> str:
        """The id of a thing of the platform; a budget is an edition of its programme."""
        known = self.context.resolve(f"{self.context.source.scheme}:{kind}-{key}")
        if known is not None:
            return known
        if prefix == "call":
            name = option(self.context, "programme", "Bugetare participativă")
            return f"call/{slug(name)}/{slug(self.host)}-{slug(key)}"
        return f"{prefix}/{slug(self.host)}-{kind}-{slug(key)}"

    def _body_status(self, closing: Any) -> str:
        day = _day(closing)
        return "inactive" if day and day < self.context.today.isoformat() else "active"


def _day(value: Any) -> str | None:
    return str(value).split("T")[0] if value else None


def _project_status(progress: Any) -> str:
    """A result's state by its progress in percent; unknown when the platform tells none."""
    try:
        done = float(progress)
    except (TypeError, ValueError):
        return "unknown"
    return "finished" if done >= _FULL else "running" if done > 0 else "unknown"
