"""The questions that can be asked: the query roots, hand-written and typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Optional

import strawberry
from graphql import GraphQLError
from strawberry.types import ExecutionContext, Info

from api.graphql import answers, nets
from api.graphql.derived import CONNECTIONS, TYPES, PageInfo, Resource
from api.graphql.found import (
    Facet,
    SearchResult,
    SourceReport,
    Statistics,
    search_of,
    source_reports,
    statistics_of,
)
from api.graphql.inputs import ResourceFilter, WeightInput, canonical, to_filter
from api.graphql.limits import EXTENSIONS
from api.graphql.loaders import Reading
from api.graphql.quick import QuickExecutor
from api.graphql.scalars import DATE, Date, Kind, Lang, Sort
from api.graphql.types import checked
from graph.match.score import check_weights
from graph.network import central, neighbourhood, paths
from graph.search.finding import find
from ontology.errors import InputError, ResurseError, Said
from ontology.model import load_model

Plan: Any = TYPES["Plan"]
Commitment: Any = TYPES["Commitment"]
Action: Any = TYPES["Action"]
__all__ = ["Facet", "schema"]

_ROOTS = {
    "Organisation": "organisations",
    "Project": "projects",
    "Programme": "programmes",
    "Call": "calls",
    "Grant": "grants",
    "WorkingGroup": "workingGroups",
    "Council": "councils",
    "Platform": "platforms",
    "LegalAct": "legalActs",
    "Place": "places",
    "Topic": "topics",
    "Strategy": "strategies",
    "Event": "events",
    "Plan": "plans",
    "Commitment": "commitments",
    "Action": "actions",
    "Target": "targets",
}


def _reading(info: Info[Any, Any]) -> Reading:
    found = info.context
    assert isinstance(found, Reading)
    return found


def _list_root(name: str, kind: str, connection: Any, edge: Any) -> Callable[..., Any]:
    """The resolver of one list, as `organisations(filter, sort, first, after)`."""

    def resolve(
        info: Info[Any, Any],
        filter: Any = None,
        sort: Any = None,
        first: int = 20,
        after: str | None = None,
    ) -> Any:
        reading = _reading(info)
        checked(first)
        page = reading.catalogue.page(
            to_filter(reading, filter, kind),
            sort.value if sort is not None else "label",
            first,
            after,
            reading.today,
        )
        things = reading.things_of(page.ids)
        edges = [
            edge(node=thing, cursor=cursor)
            for thing, cursor in zip(things, page.cursors, strict=True)
        ]
        info_ = PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.cursors[0] if page.cursors else None,
            end_cursor=page.cursors[-1] if page.cursors else None,
        )
        return connection(edges=edges, page_info=info_, total_count=page.total)

    resolve.__annotations__ = {
        "info": Info,
        "filter": ResourceFilter | None,
        "sort": Sort | None,
        "first": int,
        "after": Optional[str],  # noqa: UP045
        "return": connection,
    }
    resolve.__name__ = name
    return resolve


def _by_code(reading: Reading, kind: str, code: str, plan: strawberry.ID | None) -> Any:
    """The commitment or action with a code, of a plan (the newest, if none is named)."""
    chosen = _plan_id(reading, plan)
    wanted = code.replace(" ", "").strip(".").upper()
    for record in reading.catalogue.scan((kind,)):
        if str(record.values.get("code", "")).upper() == wanted and (
            chosen is None or record.id.startswith(f"{chosen}/")
        ):
            return reading.things_of([record.id])[0]
    return None


def _plan_id(reading: Reading, given: strawberry.ID | None) -> str | None:
    if given is not None:
        return canonical(reading, [given])[0]
    plans = sorted(
        reading.catalogue.scan(("PLAN",)), key=lambda r: (str(r.values.get("start") or ""), r.id)
    )
    return plans[-1].id if plans else None


def _day(given: object, reading: Reading) -> date:
    """The day that dates are judged by: the one asked for, else today."""
    return given if isinstance(given, date) else reading.today


def _subject(
    reading: Reading, subject: strawberry.ID | None, code: str | None, text: str | None
) -> Any:
    """The subject that exactly one of the three arguments names."""
    if sum(one is not None for one in (subject, code, text)) != 1:
        raise InputError(
            Said(
                "subiectul se dă printr-unul singur dintre subject, code și text",
                "the subject is given by exactly one of subject, code and text",
            ),
            Said('Scrieți, de exemplu, code: "A1.6".', 'Write, for example, code: "A1.6".'),
        )
    matcher = reading.snapshot.matcher
    if text is not None:
        return matcher.subject(text=text)
    if code is not None:
        return matcher.subject(code=code)
    return matcher.subject(id=canonical(reading, [subject])[0])  # type: ignore[list-item]


_FIRST = Annotated[int, strawberry.argument(description="How many, at most 500.")]


@strawberry.type(description="Everything that can be asked.")
class Query:
    """The query roots."""

    @strawberry.field(description="One thing, by its id, by scheme:value or by a former id.")
    def resource(self, info: Info, id: strawberry.ID) -> Optional[Resource]:  # type: ignore[valid-type]  # noqa: UP045
        """One thing or null."""
        reading = _reading(info)
        found = reading.catalogue.resolve([str(id)])[0]
        return reading.things_of([found])[0] if found else None

    @strawberry.field(description="Many things; null where there is none.")
    def resources(self, info: Info, ids: list[strawberry.ID]) -> list[Optional[Resource]]:  # type: ignore[valid-type]  # noqa: UP045
        """In the order asked for."""
        reading = _reading(info)
        checked(len(ids))
        found = reading.catalogue.resolve([str(one) for one in ids])
        things = dict(
            zip(known := [one for one in found if one], reading.things_of(known), strict=True)
        )
        return [things.get(one) if one else None for one in found]

    @strawberry.field(description="A plan; the newest when no id is given.")
    def plan(self, info: Info, id: Optional[strawberry.ID] = None) -> Optional[Plan]:  # type: ignore[valid-type]  # noqa: UP045
        """One plan."""
        reading = _reading(info)
        chosen = _plan_id(reading, id)
        return reading.things_of([chosen])[0] if chosen else None

    @strawberry.field(description="A commitment by its code, as A1.")
    def commitment(
        self, info: Info, code: str, plan: strawberry.ID | None = None
    ) -> Optional[Commitment]:  # type: ignore[valid-type]  # noqa: UP045
        """One commitment."""
        return _by_code(_reading(info), "COMMITMENT", code, plan)

    @strawberry.field(description="An action by its code, as A1.6.")
    def action(self, info: Info, code: str, plan: strawberry.ID | None = None) -> Optional[Action]:  # type: ignore[valid-type]  # noqa: UP045
        """One action."""
        return _by_code(_reading(info), "ACTION", code, plan)

    @strawberry.field(description="Things by words and by meaning, in Romanian or English.")
    def search(
        self,
        info: Info,
        text: str,
        kinds: list[Kind] | None = None,
        filter: Optional[ResourceFilter] = None,  # noqa: UP045
        lang: Lang | None = None,
        first: _FIRST = 10,
        after: Optional[str] = None,  # noqa: UP045
    ) -> SearchResult:
        """A page of the result, with facets over the whole."""
        reading = _reading(info)
        checked(first)
        wanted = tuple(one.value for one in kinds or ())
        found = find(
            reading.snapshot.search,
            reading.catalogue,
            text,
            kinds=wanted,
            filter=to_filter(reading, filter),
            lang=lang.value if lang else None,
            first=first,
            after=after,
            today=reading.today,
        )
        return search_of(reading, found)

    @strawberry.field(
        description="Who or what fits a subject: gates first, then a score with reasons."
    )
    def match(
        self,
        info: Info,
        want: list[Kind],
        subject: strawberry.ID | None = None,
        code: Optional[str] = None,  # noqa: UP045
        text: str | None = None,
        filter: ResourceFilter | None = None,
        first: _FIRST = 10,
        include_ineligible: bool = False,
        weights: list[WeightInput] | None = None,
        as_of: Optional[Date] = None,  # noqa: UP045
        diversity: Annotated[
            float,
            strawberry.argument(
                description="0 to 1: how much to favour what the list lacks so far; 0 by default."
            ),
        ] = 0.0,
    ) -> answers.MatchResult:
        """Best first."""
        reading = _reading(info)
        checked(first)
        narrowed = to_filter(reading, filter) if filter else None
        found = reading.snapshot.matcher.match(
            _subject(reading, subject, code, text),
            tuple(one.value for one in want),
            first=first,
            filter=narrowed,
            include_ineligible=include_ineligible,
            weights=check_weights({w.feature: w.weight for w in weights or ()}),
            as_of=_day(as_of, reading),
            diversity=diversity,
        )
        return answers.matches_of(reading, found)

    @strawberry.field(description="Why a candidate fits a subject, or why not.")
    def explain(
        self,
        info: Info,
        candidate: strawberry.ID,
        subject: strawberry.ID | None = None,
        code: Optional[str] = None,  # noqa: UP045
        text: str | None = None,
        as_of: Optional[Date] = None,  # noqa: UP045
    ) -> answers.Match:
        """One match, also of one that a rule excludes."""
        reading = _reading(info)
        id_ = canonical(reading, [candidate])[0]
        found = reading.snapshot.matcher.explain(
            _subject(reading, subject, code, text), id_, as_of=_day(as_of, reading)
        )
        return answers.match_of(reading, reading.things_of([found.id])[0], found)

    @strawberry.field(
        description="The smallest sets of organisations that satisfy a call and cover a subject's topics."
    )
    def consortium(
        self,
        info: Info,
        call: strawberry.ID,
        lead: strawberry.ID | None = None,
        subject: Optional[strawberry.ID] = None,  # noqa: UP045
        text: Optional[str] = None,  # noqa: UP045
    ) -> list[answers.Consortium]:
        """Best first."""
        reading = _reading(info)
        about = (
            _subject(reading, subject, None, text)
            if subject is not None or text is not None
            else None
        )
        found = reading.snapshot.matcher.consortium(
            canonical(reading, [call])[0],
            lead=canonical(reading, [lead])[0] if lead else None,
            subject=about,
            as_of=reading.today,
        )
        return answers.consortia_of(reading, found)

    @strawberry.field(description="Whether an organisation may apply to a call, rule by rule.")
    def eligibility(
        self,
        info: Info,
        organisation: strawberry.ID,
        call: strawberry.ID,
        as_of: Optional[Date] = None,  # noqa: UP045
    ) -> answers.Eligibility:
        """By the dates of a day; today when omitted."""
        reading = _reading(info)
        body, edition = canonical(reading, [organisation, call])
        return answers.eligibility_of(
            reading.snapshot.matcher.eligibility(body, edition, as_of=_day(as_of, reading))
        )

    @strawberry.field(description="What each action of a plan lacks.")
    def gaps(self, info: Info, plan: Optional[strawberry.ID] = None) -> list[answers.Gap]:  # noqa: UP045
        """Worst first."""
        reading = _reading(info)
        return answers.gaps_of(
            reading,
            list(reading.snapshot.matcher.gaps(_plan_id(reading, plan), as_of=reading.today)),
        )

    @strawberry.field(description="Things and links around some things, or of the whole city.")
    def network(
        self,
        info: Info,
        around: list[strawberry.ID] | None = None,
        depth: int = 1,
        kinds: Optional[list[Kind]] = None,  # noqa: UP045
        topics: list[strawberry.ID] | None = None,
        limit: int = 300,
        year_from: int | None = None,
        year_to: Optional[int] = None,  # noqa: UP045
    ) -> nets.Network:
        """With places for drawing and measures."""
        reading = _reading(info)
        city = reading.snapshot.network
        part = neighbourhood(
            city,
            canonical(reading, around or []),
            min(depth, 6),
            kinds=tuple(k.value for k in kinds or ()),
            topics=tuple(canonical(reading, topics or [])),
            year_from=year_from,
            year_to=year_to,
            limit=min(limit, 5000),
        )
        return nets.network_of(reading, city, part)

    @strawberry.field(description="The best chains of statements between two things.")
    def path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_length: int = 6,
        first: int = 3,
    ) -> list[nets.PathAnswer]:
        """Fewest steps first."""
        reading = _reading(info)
        start, end = canonical(reading, [from_, to])
        return nets.paths_of(
            reading,
            paths(reading.snapshot.network, start, end, max_length, min(checked(first) or 3, 20)),
        )

    @strawberry.field(description="Communities of the whole city, largest first.")
    def communities(self, info: Info, first: _FIRST = 20) -> list[nets.CommunityAnswer]:
        """Named after their most central members and topics."""
        reading = _reading(info)
        found = reading.snapshot.survey.communities[: checked(first)]
        return [
            nets.CommunityAnswer(
                number=n,
                size=len(one.members),
                members=reading.existing(list(one.members)[:500]),
                named=one.label,
            )
            for n, one in enumerate(found)
        ]

    @strawberry.field(
        description="The most central things by degree, betweenness, pagerank or core."
    )
    def centrality(
        self,
        info: Info,
        measure: str = "pagerank",
        kinds: list[Kind] | None = None,
        first: _FIRST = 20,
    ) -> list[nets.Central]:
        """Highest first."""
        reading = _reading(info)
        chosen = tuple(k.value for k in kinds or ())
        found = central(
            reading.snapshot.network, reading.snapshot.survey, measure, chosen, checked(first) or 20
        )
        things = reading.things_of([node.id for node, _ in found])
        return [
            nets.Central(value=value, resource=t)
            for (_, value), t in zip(found, things, strict=True)
            if t is not None
        ]

    @strawberry.field(description="What is in the map, and how fresh it is.")
    def statistics(self, info: Info) -> Statistics:
        """Counts by kind, the data version and its date."""
        return statistics_of(_reading(info))

    @strawberry.field(
        description="The sources that are held, with licence, date, counts and last result."
    )
    def sources(self, info: Info) -> list[SourceReport]:
        """One per declared source."""
        return source_reports(_reading(info))


def _with_lists(query: Any) -> Any:
    """Adds a list root for every kind of the ontology."""
    for cls in load_model().kinds.values():
        name = _ROOTS[cls.name]
        edge, connection = CONNECTIONS[cls.name]
        assert cls.kind is not None
        resolver = _list_root(name, cls.kind, connection, edge)
        field: Any = strawberry.field(
            resolver=resolver, name=name, description=f"A list of {cls.plural.en}."
        )
        setattr(query, name, field)
    return query


class _Schema(strawberry.Schema):
    """The schema; only faults of ours are logged, what a visitor asked wrongly is told to the visitor."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Logs what nobody foresaw."""
        ours = [
            one
            for one in errors
            if one.original_error is not None and not isinstance(one.original_error, ResurseError)
        ]
        super().process_errors(ours, execution_context)


def _build() -> strawberry.Schema:
    made = type("Query", (_QUERY_BASE,), {})
    return _Schema(
        query=strawberry.type(_with_lists(made), description="Everything that can be asked."),
        types=[TYPES[name] for name in TYPES if name != "Resource"],
        extensions=list(EXTENSIONS),
        execution_context_class=QuickExecutor,
        scalar_overrides={Date: DATE},
    )


_QUERY_BASE = Query
schema = _build()
