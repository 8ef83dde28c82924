"""The circles of the city: more ties inside than out, named after who and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.network.city import City
from graph.network.measures import seeded
from ontology.errors import Said

Method = Literal["leiden", "louvain"]

NAMED_AFTER = 2
"""How many members and how many topics name a community."""

SETTLED_UP_TO = 50_000
"""Ties up to which Leiden goes on until nothing moves; above, two rounds, seconds not minutes."""


@dataclass(frozen=True)
class Community:
    """One circle. Members by importance; topics by how many members have them."""

    number: int
    members: tuple[str, ...]
    topics: tuple[str, ...]
    label: Said


def communities(
    city: City, importance: Mapping[str, float] | None = None, method: Method = "leiden"
) -> tuple[Community, ...]:
    """Every node in exactly one community, the largest first; things without ties stand alone.

    Leiden (Traag, Waltman, van Eck 2019) or Louvain (Blondel and others 2008), both for
    modularity with link weights. `importance` orders the members; their ties if not given.
    """
    graph = city.ties
    if graph.vcount() == 0:
        return ()
    with seeded():
        if method == "leiden":
            rounds = -1 if graph.ecount() <= SETTLED_UP_TO else 2
            found = graph.community_leiden("modularity", weights="weight", n_iterations=rounds)
        else:
            found = graph.community_multilevel(weights="weight")
    rank = importance or {thing: float(count) for thing, count in city.degree.items()}
    groups = [
        sorted((city.nodes[at].id for at in one), key=lambda thing: (-rank.get(thing, 0.0), thing))
        for one in found
    ]
    groups.sort(key=lambda members: (-len(members), min(members)))
    return tuple(_community(city, number, members) for number, members in enumerate(groups))


def _community(city: City, number: int, members: list[str]) -> Community:
    counts = Counter(topic for thing in members for topic in city.node(thing).topics)
    topics = tuple(sorted(counts, key=lambda topic: (-counts[topic], topic))[:NAMED_AFTER])
    return Community(number, tuple(members), topics, _name(city, members[:NAMED_AFTER], topics))


def _name(city: City, members: list[str], topics: tuple[str, ...]) -> Said:
    def said(lang: str) -> str:
        who = ", ".join(city.node(thing).label(lang) for thing in members)
        known = [
            city.node(thing).label(lang) if thing in city.index else thing.rsplit("/", 1)[-1]
            for thing in topics
        ]
        return f"{who} · {', '.join(known)}" if known else who

    return Said(said("ro"), said("en"))


def membership(found: tuple[Community, ...]) -> dict[str, int]:
    """The number of the community of each thing."""
    return {thing: one.number for one in found for thing in one.members}


def modularity(city: City, found: tuple[Community, ...]) -> float:
    """How much denser the communities are inside than chance would make them (Newman 2004)."""
    of = membership(found)
    return float(city.ties.modularity([of[node.id] for node in city.nodes], weights="weight"))
