"""Search results, statistics and source reports as GraphQL gives them."""

from __future__ import annotations

from typing import Any, Optional

import strawberry

from api.graphql.derived import PageInfo, Resource, Topic
from api.graphql.loaders import Reading
from api.graphql.scalars import Date, Kind, Lang
from graph.catalogue.base import Facet as Counted
from graph.search.finding import Found
from graph.search.result import Hit
from ontology.errors import Said
from ontology.loading import load_model


@strawberry.type(description="One value of a facet and how many results have it.")
class FacetValue:
    """Value, label, count."""

    value: str
    count: int
    facet: strawberry.Private[str]
    reading: strawberry.Private[Any]
    spoken: strawberry.Private[str]

    @strawberry.field(description="The value as people read it, in the language of the search.")
    def label(self, lang: Optional[Lang] = None) -> str:  # noqa: UP045
        """In a language."""
        shown = lang.value if lang else self.spoken
        return facet_label(self.reading, self.facet, self.value, shown)


@strawberry.type(description="One way to narrow the result.")
class Facet:
    """kind, topics, legalForm, place, year or state."""

    name: str
    values: list[FacetValue]


@strawberry.type(description="One hit.")
class SearchEdge:
    """Score (0 to 1), thing, cursor."""

    score: float
    node: Resource  # type: ignore[valid-type]
    cursor: str
    hit: strawberry.Private[Hit]
    spoken: strawberry.Private[str]

    @strawberry.field(
        description="A snippet in the original spelling, the words found between ‹em› marks; in the "
        "language of the search, if the thing says anything in it."
    )
    def highlight(self, lang: Optional[Lang] = None) -> Optional[str]:  # noqa: UP045
        """In a language."""
        return self.hit.snippet(lang.value if lang else self.spoken)

    @strawberry.field(
        description="Why it is here: words found, concepts understood, how close; in the language "
        "of the search."
    )
    def why(self, lang: Optional[Lang] = None) -> list[str]:  # noqa: UP045
        """In a language."""
        return [one(lang.value if lang else self.spoken) for one in self.hit.why]


@strawberry.type(
    description="A page of hits, facets over the whole result, and the topics that were understood."
)
class SearchResult:
    """See each field."""

    total_count: int
    edges: list[SearchEdge]
    facets: list[Facet]
    understood: list[Topic]  # type: ignore[valid-type]
    page_info: PageInfo
    suggestion: Optional[str]  # noqa: UP045


@strawberry.type(description="How many things of one kind.")
class KindCount:
    """Kind and count."""

    kind: Kind
    count: int


@strawberry.type(description="What is in the map.")
class Statistics:
    """`version` changes with every ingest."""

    counts: list[KindCount]
    total: int
    statements: int
    version: str
    updated: Optional[Date]  # noqa: UP045


@strawberry.type(description="A source, what is held of it, and how its last reading went.")
class SourceReport:
    """`stale` when it should have been read again by now."""

    slug: str
    publisher: str
    licence: str
    landing_page: Optional[str]  # noqa: UP045
    version: Optional[str]  # noqa: UP045
    retrieved: Optional[Date]  # noqa: UP045
    last_checked: Optional[str]  # noqa: UP045
    last_result: Optional[str]  # noqa: UP045
    read: int
    accepted: int
    rejected: int
    merged: int
    statements: int
    stale: bool
    said: strawberry.Private[Said]

    @strawberry.field(description="Its title.")
    def title(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        return self.said(lang.value)


_STATES = {
    "OPEN": Said("deschise acum", "open now"),
    "CLOSED": Said("închise", "closed"),
    "FORTHCOMING": Said("urmează", "forthcoming"),
    "UNKNOWN": Said("stare necunoscută", "state unknown"),
}


def facet_label(reading: Reading, facet: str, value: str, lang: str) -> str:
    """What a facet's value is called."""
    model = load_model()
    if facet == "kind":
        return model.kinds[value].plural(lang)
    if facet == "legalForm":
        return (
            model.codes["LegalForm"].codes[value].label(lang)
            if value in model.codes["LegalForm"].codes
            else value
        )
    if facet == "topics":
        topic = model.topics.get(value.removeprefix("topic/"))
        return topic.label(lang) if topic else value
    if facet == "place":
        record = reading.catalogue.records([value])[0]
        return record.label(lang) if record else value
    if facet == "state":
        return _STATES[value](lang)
    return value


def facets_of(reading: Reading, counted: tuple[Counted, ...], spoken: str) -> list[Facet]:
    """Facets with their values."""
    return [
        Facet(
            name=one.name,
            values=[
                FacetValue(value=v, count=n, facet=one.name, reading=reading, spoken=spoken)
                for v, n in one.values
            ],
        )
        for one in counted
    ]


def search_of(reading: Reading, found: Found, spoken: str) -> SearchResult:
    """A search result; hits load together, snippets and reasons when they are asked for.

    `spoken` is the language of what does not name its own.
    """
    things = reading.things_of([hit.id for hit in found.hits])
    edges = [
        SearchEdge(score=hit.score, node=thing, cursor=hit.cursor, hit=hit, spoken=spoken)
        for hit, thing in zip(found.hits, things, strict=True)
        if thing is not None
    ]
    info = PageInfo(
        has_next_page=found.has_next,
        has_previous_page=False,
        cursors=(lambda at: edges[at].cursor) if edges else None,
    )
    topics = [one if one.startswith("topic/") else f"topic/{one}" for one in found.understood]
    return SearchResult(
        total_count=found.total,
        edges=edges,
        facets=facets_of(reading, found.facets, spoken),
        understood=reading.existing(topics),
        page_info=info,
        suggestion=found.suggestion,
    )


def statistics_of(reading: Reading) -> Statistics:
    """Counts, version, date."""
    counts = reading.catalogue.counts()
    versions = reading.snapshot.versions
    dates = [v.retrieved for v in versions if v.retrieved]
    return Statistics(
        counts=[KindCount(kind=Kind[kind], count=n) for kind, n in counts.items()],
        total=sum(counts.values()),
        statements=sum(v.statements for v in versions),
        version=reading.catalogue.version,
        updated=max(dates, default=None),  # type: ignore[arg-type]
    )


def source_reports(reading: Reading) -> list[SourceReport]:
    """One report per declared source."""
    return [
        SourceReport(
            slug=r.slug,
            publisher=r.publisher,
            licence=r.licence,
            landing_page=r.landing_page,
            version=r.version,
            retrieved=r.retrieved,
            last_checked=r.last_run,
            last_result=r.result,
            read=r.read,
            accepted=r.accepted,  # type: ignore[arg-type]
            rejected=r.rejected,
            merged=r.merged,
            statements=r.statements,
            stale=r.stale,
            said=r.title,
        )
        for r in reading.extra["sources"]()
    ]
