"""Networks, paths, circles, bridges and changes as GraphQL shows them."""

from __future__ import annotations

from typing import Any, Optional

import strawberry

from api.graphql.derived import Resource
from api.graphql.nodes import MAX_FIRST, checked
from api.graphql.scalars import Lang
from api.graphql.statements import Statement
from graph.network import relation


@strawberry.type(description="A thing in the picture: its place in the drawing and its measures.")
class NetworkNode:
    """`degree` counts links in the whole network; betweenness and PageRank lie between 0 and 1."""

    resource: Resource  # type: ignore[valid-type]
    x: float
    y: float
    degree: int
    betweenness: float
    pagerank: float
    community: int


@strawberry.type(
    description="A link: ids of both ends, the relation, and the years it spans; both years null when undated."
)
class NetworkEdge:
    """Ids of both ends, the relation, its weight and its years (null is open or unknown)."""

    source: strawberry.ID
    target: strawberry.ID
    relation: str
    weight: float
    year_from: Optional[int]  # noqa: UP045
    year_to: Optional[int]  # noqa: UP045
    sentence: strawberry.Private[Any]

    @strawberry.field(description="The link as a sentence.")
    def text(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        city, link = self.sentence
        names = [city.node(end).label(lang.value) for end in (link.source, link.target)]
        return relation(link.relation).text(names[0], names[1], lang.value)


@strawberry.type(
    description="Things and the links between them; `truncated` when the limit left some out."
)
class Network:
    """A part of the city's network."""

    nodes: list[NetworkNode]
    edges: list[NetworkEdge]
    truncated: bool


@strawberry.type(name="Path", description="A chain of statements between two things.")
class PathAnswer:
    """Steps from one to the other."""

    steps: list[Statement]


@strawberry.type(
    name="Community",
    description="Things that hang together more than with the rest, named after the most central.",
)
class CommunityAnswer:
    """A community of the whole city."""

    number: int
    size: int
    named: strawberry.Private[Any]
    inside: strawberry.Private[Any]

    @strawberry.field(description="Its name: most central members and topics.")
    def label(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        return str(self.named(lang.value))

    @strawberry.field(description="Its members, the most central first.")
    def members(self, first: Optional[int] = None) -> list[Resource]:  # type: ignore[valid-type]  # noqa: UP045
        """At most 500."""
        reading, ids = self.inside
        things: list[Any] = reading.existing(
            list(ids)[: checked(first) if first is not None else MAX_FIRST]
        )
        return things


@strawberry.type(description="How central a thing is by one measure.")
class Central:
    """Value and thing, highest first."""

    value: float
    resource: Resource  # type: ignore[valid-type]


@strawberry.type(
    description="The only tie between two parts of the network: without it, `cut` things (the smaller part) would be cut off."
)
class Bridge:
    """Both ends and the links that make the tie."""

    one: Resource  # type: ignore[valid-type]
    other: Resource  # type: ignore[valid-type]
    cut: int
    links: list[NetworkEdge]


@strawberry.type(description="Bridges, the deepest cut first; `total` is how many there are.")
class Bridges:
    """`truncated` when `first` left some out."""

    bridges: list[Bridge]
    total: int
    truncated: bool


@strawberry.type(description="A thing with ties into several communities.")
class Broker:
    """By how often it joins others (betweenness, 0 to 1)."""

    resource: Resource  # type: ignore[valid-type]
    betweenness: float
    communities: list[CommunityAnswer]


@strawberry.type(description="Who joins the most circles; `total` is how many join two or more.")
class Brokers:
    """`truncated` when `first` left some out."""

    brokers: list[Broker]
    total: int
    truncated: bool


@strawberry.type(
    description="What came and what went between two years. Undated links and things are in neither."
)
class Change:
    """Lists hold at most `first` each; the counts are of the whole, and `truncated` says if they differ."""

    before: int
    after: int
    new_things: list[Resource]  # type: ignore[valid-type]
    gone_things: list[Resource]  # type: ignore[valid-type]
    new_links: list[NetworkEdge]
    gone_links: list[NetworkEdge]
    new_thing_count: int
    gone_thing_count: int
    new_link_count: int
    gone_link_count: int
    kept_link_count: int
    undated_link_count: int
    truncated: bool
