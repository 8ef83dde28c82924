"""From the network to what GraphQL shows of it."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry

from api.graphql.loaders import Reading
from api.graphql.net_types import (
    Bridge,
    Bridges,
    Broker,
    Brokers,
    Change,
    CommunityAnswer,
    Network,
    NetworkEdge,
    NetworkNode,
    PathAnswer,
)
from api.graphql.statements import statements_of
from graph.catalogue.base import Statement as Fact
from graph.network import Bridge as Hanging
from graph.network import Broker as Joining
from graph.network import Change as Changed
from graph.network import City, Community, Link, Part, Path, Survey, between, cite, layout
from graph.network import city as city_of


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
