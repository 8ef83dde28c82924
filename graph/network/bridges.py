"""Where the network hangs by a thread: single ties and single bodies between two circles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.network.city import City, Link


@dataclass(frozen=True)
class Bridge:
    """The only tie between two parts of the network; `cut` is the size of the smaller."""

    one: str
    other: str
    cut: int


@dataclass(frozen=True)
class Broker:
    """A thing with ties into several communities, by its betweenness."""

    id: str
    communities: tuple[int, ...]
    betweenness: float


def bridges(city: City, least: int = 2) -> list[Bridge]:
    """The ties whose loss would cut off at least `least` things, the deepest cut first."""
    graph = city.ties
    cutting = graph.bridges()
    if not cutting:
        return []
    rest = graph.copy()
    rest.delete_edges(cutting)
    block = rest.connected_components().membership
    sizes = _sides(block, [graph.es[at].tuple for at in cutting])
    found = []
    for at, cut in zip(cutting, sizes, strict=True):
        one, other = sorted(city.nodes[end].id for end in graph.es[at].tuple)
        found.append(Bridge(one, other, cut))
    return sorted((b for b in found if b.cut >= least), key=lambda b: (-b.cut, b.one, b.other))


def _sides(block: list[int], edges: list[tuple[int, int]]) -> list[int]:
    """For each bridge the size of the smaller side; blocks and bridges form a forest."""
    size = Counter(block)
    beside: dict[int, list[tuple[int, int]]] = {}
    for at, (a, b) in enumerate(edges):
        beside.setdefault(block[a], []).append((block[b], at))
        beside.setdefault(block[b], []).append((block[a], at))
    smaller = [0] * len(edges)
    seen: set[int] = set()
    for root in sorted(beside):
        if root not in seen:
            tree = _tree(root, beside)
            seen.update(here for here, _, _ in tree)
            total = {here: size[here] for here, _, _ in tree}
            for here, parent, _ in reversed(tree[1:]):
                total[parent] += total[here]
            for here, _, at in tree[1:]:
                smaller[at] = min(total[here], total[root] - total[here])
    return smaller


def _tree(root: int, beside: Mapping[int, Sequence[tuple[int, int]]]) -> list[tuple[int, int, int]]:
    """The blocks that bridges tie to a root, each after its parent: block, parent, number of the bridge."""
    order = [(root, -1, -1)]
    for here, parent, _ in order:
        order += [(there, here, at) for there, at in beside[here] if there != parent]
    return order


def between(city: City, one: str, other: str) -> tuple[Link, ...]:
    """Every link that ties two things, in the city's order. Raises NotFoundError."""
    return tuple(
        city.links[at]
        for at in city.incident[city.index[city.node(one).id]]
        if {city.links[at].source, city.links[at].target} == {one, city.node(other).id}
    )


def brokers(
    city: City,
    betweenness: Mapping[str, float],
    community: Mapping[str, int],
    first: int | None = 20,
) -> list[Broker]:
    """Who joins the most circles: things with ties into two communities or more, by betweenness.

    All of them when `first` is None.
    """
    found = []
    for at, node in enumerate(city.nodes):
        ends = (at, *city.ties.neighbors(at))
        met = {community[city.nodes[end].id] for end in ends}
        if len(met) > 1 and betweenness[node.id] > 0:
            found.append(Broker(node.id, tuple(sorted(met)), betweenness[node.id]))
    return sorted(found, key=lambda broker: (-broker.betweenness, broker.id))[:first]
