"""Networks and paths as GraphQL gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import strawberry

from api.graphql.answers import Statement, statements_of
from api.graphql.derived import Resource
from api.graphql.loaders import Reading
from api.graphql.scalars import Lang
from api.graphql.types import MAX_FIRST, checked
from graph.catalogue.base import Statement as Fact
from graph.network import Bridge as Hanging
from graph.network import Broker as Joining
from graph.network import Change as Changed
from graph.network import City, Community, Link, Part, Path, Survey, between, cite, layout, relation
from graph.network import city as city_of


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


def edge_of(city: City, link: Link) -> NetworkEdge:
    """A link of a city."""
    return NetworkEdge(
        source=strawberry.ID(link.source),
        target=strawberry.ID(link.target),
        relation=link.relation,
        weight=link.weight,
        year_from=link.year_from,
        year_to=link.year_to,
        sentence=(city, link),
    )


def network_of(reading: Reading, city: City, part: Part, measures: Survey) -> Network:
    """A part with its layout and the measures of the whole."""
    places = layout(city_of(part.nodes, part.links))
    things = reading.things_of([node.id for node in part.nodes])
    nodes = [
        NetworkNode(
            resource=thing,
            x=places[node.id][0],
            y=places[node.id][1],
            degree=int(measures.degree.get(node.id, 0)),
            betweenness=measures.betweenness.get(node.id, 0.0),
            pagerank=measures.pagerank.get(node.id, 0.0),
            community=measures.community.get(node.id, -1),
        )
        for node, thing in zip(part.nodes, things, strict=True)
        if thing is not None
    ]
    edges = [edge_of(city, link) for link in part.links]
    return Network(nodes=nodes, edges=edges, truncated=part.truncated)


def community_of(reading: Reading, found: Community) -> CommunityAnswer:
    """A community; its members are fetched only when asked for."""
    return CommunityAnswer(
        number=found.number,
        size=len(found.members),
        named=found.label,
        inside=(reading, found.members),
    )


def bridges_of(reading: Reading, city: City, found: Sequence[Hanging], first: int) -> Bridges:
    """The first of some bridges, with the links that make them."""
    shown = found[:first]
    ends = [end for one in shown for end in (one.one, one.other)]
    things = dict(zip(ends, reading.things_of(ends), strict=True))
    made = [
        Bridge(
            one=things[one.one],
            other=things[one.other],
            cut=one.cut,
            links=[edge_of(city, link) for link in between(city, one.one, one.other)],
        )
        for one in shown
        if things[one.one] is not None and things[one.other] is not None
    ]
    return Bridges(bridges=made, total=len(found), truncated=len(found) > first)


def brokers_of(reading: Reading, survey: Survey, found: Sequence[Joining], first: int) -> Brokers:
    """The first of some brokers with the communities they join."""
    shown = found[:first]
    things = reading.things_of([one.id for one in shown])
    made = [
        Broker(
            resource=thing,
            betweenness=one.betweenness,
            communities=[
                community_of(reading, survey.communities[number]) for number in one.communities
            ],
        )
        for one, thing in zip(shown, things, strict=True)
        if thing is not None
    ]
    return Brokers(brokers=made, total=len(found), truncated=len(found) > first)


def change_of(reading: Reading, city: City, found: Changed, first: int) -> Change:
    """A change, its lists cut at `first`."""
    lists = (found.things_new, found.things_gone, found.links_new, found.links_gone)
    return Change(
        before=found.before,
        after=found.after,
        new_things=reading.existing(found.things_new[:first]),
        gone_things=reading.existing(found.things_gone[:first]),
        new_links=[edge_of(city, link) for link in found.links_new[:first]],
        gone_links=[edge_of(city, link) for link in found.links_gone[:first]],
        new_thing_count=len(found.things_new),
        gone_thing_count=len(found.things_gone),
        new_link_count=len(found.links_new),
        gone_link_count=len(found.links_gone),
        kept_link_count=found.links_kept,
        undated_link_count=found.undated,
        truncated=any(len(one) > first for one in lists),
    )


def facts_of(links: list[Link]) -> list[Fact]:
    """Links as the statements behind them."""
    return [Fact(l.source, l.relation, l.target, None, None, l.sources) for l in links]  # noqa: E741


def paths_of(reading: Reading, found: list[Path]) -> list[PathAnswer]:
    """Paths with their sources."""
    return [
        PathAnswer(
            steps=statements_of(
                reading, facts_of(cite(reading.catalogue, [step.link for step in path.steps]))
            )
        )
        for path in found
    ]
