"""Everything measured once over a whole city, so that every page and answer says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.network.city import City, Node
from graph.network.communities import Community, communities, membership
from graph.network.measures import EXACT_UP_TO, betweenness, cores, degree, pagerank
from ontology.errors import Said, UnknownWordError

MEASURES: Mapping[str, Said] = {
    "degree": Said("câte legături are", "how many ties it has"),
    "betweenness": Said("cât de des leagă pe alții", "how often it joins others"),
    "pagerank": Said("cât de important este în rețea", "how important it is in the network"),
    "core": Said("cât de strâns este legat", "how tightly it is knit in"),
}
"""The measures by which nodes can be ranked and sized."""


@dataclass(frozen=True)
class Survey:
    """The measures of every thing by id; `sampled` when betweenness is an estimate."""

    degree: Mapping[str, float]
    betweenness: Mapping[str, float]
    pagerank: Mapping[str, float]
    core: Mapping[str, float]
    communities: tuple[Community, ...]
    community: Mapping[str, int]
    sampled: bool

    def measure(self, name: str) -> Mapping[str, float]:
        """One measure by its name. Raises UnknownWordError."""
        if name not in MEASURES:
            raise UnknownWordError(
                Said(f"măsura „{name}” nu există", f"there is no measure '{name}'"),
                Said(f"Există: {', '.join(MEASURES)}.", f"There are: {', '.join(MEASURES)}."),
            )
        found: Mapping[str, float] = getattr(self, name)
        return found


def survey(city: City) -> Survey:
    """Measures the city: about a second at 10^4 nodes; keep the answer for as long as the data."""
    ranks = pagerank(city)
    found = communities(city, ranks)
    between = betweenness(city)
    return Survey(
        degree(city),
        between,
        ranks,
        {thing: float(core) for thing, core in cores(city).items()},
        found,
        membership(found),
        sampled=len(city.nodes) > EXACT_UP_TO,
    )


def central(
    city: City, found: Survey, by: str = "pagerank", kinds: Sequence[str] = (), first: int = 20
) -> list[tuple[Node, float]]:
    """The most central things by one measure, highest first. Raises UnknownWordError."""
    values = found.measure(by)
    fitting = [node for node in city.nodes if not kinds or node.kind in kinds]
    ranked = sorted(fitting, key=lambda node: (-values[node.id], node.id))
    return [(node, values[node.id]) for node in ranked[:first]]
