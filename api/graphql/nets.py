"""Networks and paths as GraphQL gives them."""

from __future__ import annotations

from typing import Any

import strawberry

from api.graphql.answers import Statement, statements_of
from api.graphql.derived import Resource, Topic
from api.graphql.loaders import Reading
from api.graphql.scalars import Lang
from graph.catalogue.base import Statement as Fact
from graph.network import City, Link, Part, Path, cite, layout, relation
from graph.network import city as city_of

__all__ = ["Topic"]


@strawberry.type(description="A thing in the picture: its place in the drawing and its measures.")
class NetworkNode:
    """`degree` counts links in the whole city; betweenness and PageRank lie between 0 and 1."""

    resource: Resource  # type: ignore[valid-type]
    x: float
    y: float
    degree: int
    betweenness: float
    pagerank: float
    community: int


@strawberry.type(description="A link in the picture.")
class NetworkEdge:
    """Ids of both ends, and the relation."""

    source: strawberry.ID
    target: strawberry.ID
    relation: str
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
    description="Things that hang together more than with the rest, named after the most central."
)
class CommunityAnswer:
    """A community of the whole city."""

    number: int
    size: int
    members: list[Resource]  # type: ignore[valid-type]
    named: strawberry.Private[Any]

    @strawberry.field(description="Its name: most central members and topics.")
    def label(self, lang: Lang = Lang.RO) -> str:
        """In a language."""
        return str(self.named(lang.value))


@strawberry.type(description="How central a thing is by one measure.")
class Central:
    """Value and thing, highest first."""

    value: float
    resource: Resource  # type: ignore[valid-type]


def network_of(reading: Reading, city: City, part: Part) -> Network:
    """A part with its layout and the city-wide measures."""
    measures = reading.snapshot.survey
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
    edges = [
        NetworkEdge(
            source=strawberry.ID(l.source),
            target=strawberry.ID(l.target),
            relation=l.relation,
            sentence=(city, l),
        )
        for l in part.links  # noqa: E741 - a link
    ]
    return Network(nodes=nodes, edges=edges, truncated=part.truncated)


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
