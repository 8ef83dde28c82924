"""A Decidim platform by its GraphQL API: assemblies, processes, participatory budgets, results.

Options: `url` (the platform's root), `lang`, `currency` of its budgets (RON), `programme` (the name
of its participatory budget), `page_size`. The schema differs between instances: what a type does
not have is not asked for. An assembly is a working group (platform_community), a process an event,
and so is a meeting; a budget is a call of the participatory-budget programme, its projects and the
results of accountability are projects, which tell how far they have come. Proposals, debates and
votes are what persons wrote: they are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ingest.circles import chains, refusal
from ingest.connectors import _progress as progress
from ingest.connectors._decidim import Api
from ingest.connectors.queries import decidim as queries
from ingest.crawl import Crawling, Made, count_option, language, option
from ingest.given import Seen
from ingest.mapping import slug
from ingest.moments import local_day
from ingest.nested import get, listed
from ingest.records import Record
from ingest.texts import elsewhere, translated
from ontology.entity import Entity
from ontology.names import ClassName

_KINDS = frozenset(
    {
        "Budgets", "Accountability", "Meetings",
        # left out on purpose: what persons wrote or chose, and pages for reading
        "Proposals", "Debates", "Surveys", "Sortitions", "Elections", "CollaborativeTexts", "Blogs",
        "Posts", "Pages", "Component", "ExternalComponent", "Dummy",
    }
)  # fmt: skip
"""The kinds of component that platforms have."""

_DISCUSSED = ("call/", "project/")


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
        self.root = option(context, "url").rstrip("/").removesuffix("/api")
        self.host = urlsplit(self.root).hostname or self.root
        self.lang = language(context)
        self.api = Api(context, self.root, count_option(context, "page_size", 50))
        self.seen = Seen()
        self.number = 0

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
        told = listed(get(self.api.ask(queries.assemblies(self.api.fields)), "assemblies"))
        above = {str(get(raw, "id")): str(get(raw, "parent", "id")) for raw in told}
        circles = {key: chain for chain in chains(above) for key in chain}
        for raw in told:
            record, made = self._thing("assembly", "WorkingGroup", raw, "assemblies")
            if (key := str(get(raw, "id"))) in circles:
                wrong = refusal(key, circles[key], "parent")
                record.fail("parent", wrong.what, wrong.fix)
            record.put(made, "bodyType", "platform_community")
            record.put(made, "established", local_day(get(raw, "creationDate")))
            record.put(made, "status", self._body_status(get(raw, "closingDate")))
            if (parent := get(raw, "parent", "id")) is not None:
                made.add("parent", self._id("assembly", "group", str(parent)))
            yield from record.done(self.seen)
            for component in listed(get(raw, "components")):
                yield from self._component(component, None)

    def processes(self) -> Iterator[Made]:
        """Processes as events, each after the budgets and results inside it, which it discusses."""
        told = self.api.ask(queries.processes(self.api.fields))
        for raw in listed(get(told, "participatoryProcesses")):
            record, made = self._thing("process", "Event", raw, "processes")
            record.put(made, "eventType", "consultation")
            record.put(made, "date", local_day(get(raw, "startDate")))
            for component in listed(get(raw, "components")):
                for one in self._component(component, local_day(get(raw, "startDate"))):
                    if isinstance(one, Entity) and one.id.startswith(_DISCUSSED):
                        made.add("discusses", one.id)
                    yield one
            yield from record.done(self.seen)

    def _component(self, component: Any, begins: str | None) -> Iterator[Made]:
        """What a component holds; `begins` is the day on which its process does."""
        id_, kind = str(get(component, "id")), get(component, "__typename")
        fields = self.api.fields
        self.context.unread.see("components", [str(kind)], _KINDS)
        if kind == "Budgets" and fields["Budget"]:
            for raw in self.api.nodes(queries.budgets(fields), id_, "budgets"):
                yield from self._budget(raw, begins)
        elif kind == "Accountability" and fields["Result"]:
            for raw in self.api.nodes(queries.results(fields), id_, "results"):
                yield from self._result(raw)
        elif kind == "Meetings" and fields["Meetings"] and fields["Meeting"]:
            for raw in self.api.nodes(queries.meetings(fields), id_, "meetings"):
                yield from self._meeting(raw)

    def _budget(self, raw: Any, begins: str | None) -> Iterator[Made]:
        record, call = self._thing("budget", "Call", raw, "")
        name = option(self.context, "programme", "Bugetare participativă")
        programme = record.entity("Programme", f"programme/{slug(name)}", self.root)
        record.put(programme, "label", name, lang=self.lang)
        call.add("programme", programme.id)
        record.put(call, "year", (begins or "")[:4])
        if (total := _either(raw, "total_budget", "totalBudget")) is not None:
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
        if (amount := _either(raw, "budget_amount", "budgetAmount")) is not None:
            record.put(made, "amount", amount)
            record.put(made, "currency", option(self.context, "currency", "RON"))
            made.add("amountStatus", "awarded" if selected else "proposed")
        made.add("status", "funded" if selected else "proposed")
        yield from record.done(self.seen)

    def _result(self, raw: Any) -> Iterator[Made]:
        record, made = self._thing("result", "Project", raw, "")
        record.put(made, "start", local_day(get(raw, "startDate")))
        record.put(made, "end", local_day(get(raw, "endDate")))
        record.put(made, "status", progress.status_of(raw))
        for key in ("reference", "externalId"):
            scheme = f"{self.context.source.scheme}-{slug(key)}"
            record.put(made, "identifiers", get(raw, key), scheme=scheme)
        texts = {str(v.lang): str(v.value) for v in made.values.pop("description", [])}
        for lang in ("ro", "en"):
            if texts.get(lang) or lang == self.lang:
                lines = filter(None, (texts.get(lang), progress.told(raw, lang)))
                record.put(made, "description", "\n".join(lines), lang=lang)
        yield from record.done(self.seen)

    def _meeting(self, raw: Any) -> Iterator[Made]:
        """A meeting that was not called off."""
        if get(raw, "withdrawn") is True:
            return
        record, made = self._thing("meeting", "Event", raw, "")
        record.put(made, "eventType", "meeting")
        record.put(made, "date", local_day(get(raw, "startTime")))
        record.put(made, "attendance", get(raw, "attendeeCount"))
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
        for name in elsewhere(get(raw, "title")):
            record.put(made, "altLabels", name)
        told = next((t for t in map(raw.get, queries.TEXTS) if t), None) if record.values else None
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
        day = local_day(closing)
        return "inactive" if day and day < self.context.today.isoformat() else "active"


def _either(raw: Any, *names: str) -> Any:
    """The first of several fields that is told: versions of the platform name them differently."""
    return next((found for name in names if (found := get(raw, name)) is not None), None)
