"""The part of the network that an answer shows: around some things, or the whole city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.network.city import CONNECTORS, City, Link, Node
from ontology.errors import InputError, Said


@dataclass(frozen=True)
class Part:
    """Some nodes and every link between them; `total` is how many nodes the question covers."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    total: int

    @property
    def truncated(self) -> bool:
        """True when the limit left nodes out."""
        return self.total > len(self.nodes)


def neighbourhood(
    city: City,
    around: Sequence[str] = (),
    depth: int = 1,
    *,
    kinds: Sequence[str] = (),
    topics: Sequence[str] = (),
    year_from: int | None = None,
    year_to: int | None = None,
    limit: int = 300,
) -> Part:
    """What lies within `depth` links of `around`; without `around`, the whole city.

    The nearest come first and, among equals, those with the most ties; so what is kept stays
    connected to where one began. Without `around` the best-connected come first. `kinds` and
    `topics` (narrower topics included) say which things are entered; `around` is always shown.
    Topics and places are entered only when `kinds` asks for them, or from one in `around`.
    Raises NotFoundError for an unknown id, InputError for a negative depth or limit.
    """
    for name, value, least in (("depth", depth, 0), ("limit", limit, 1)):
        if value < least:
            raise InputError(
                Said(f"{name} este {value}", f"{name} is {value}"),
                Said(f"Scrieți cel puțin {least}.", f"Give at least {least}."),
            )
    seeds = [city.node(thing).id for thing in dict.fromkeys(around)]
    shown = city.during(year_from, year_to)
    enters = _entry(city, kinds, topics)
    if seeds:
        found = _reach(shown, seeds, depth, enters)
    else:
        degree = shown.degree
        entered = [node.id for node in shown.nodes if enters(node)]
        found = sorted(entered, key=lambda thing: (-degree[thing], thing))
    kept = set(found[:limit])
    nodes = tuple(city.nodes[at] for at in sorted(city.index[one] for one in kept))
    return Part(nodes, _between(shown, kept), len(found))


def _between(city: City, kept: set[str]) -> tuple[Link, ...]:
    """The links among some things, in the city's order, found from the things' own links."""
    here = [city.incident[city.index[one]] for one in kept if one in city.index]
    links = (city.links[at] for at in sorted({at for own in here for at in own}))
    return tuple(li for li in links if li.source in kept and li.target in kept)


def _entry(city: City, kinds: Sequence[str], topics: Sequence[str]) -> Callable[[Node], bool]:
    """Says of a thing whether it may be entered."""
    wanted = set(kinds)
    about = narrower(city, topics)

    def enters(node: Node) -> bool:
        of_kind = node.kind in wanted if wanted else node.kind not in CONNECTORS
        return of_kind and (not about or node.id in about or not about.isdisjoint(node.topics))

    return enters


def narrower(city: City, topics: Iterable[str]) -> set[str]:
    """The topics and everything under them."""
    found = set(topics)
    if not found:
        return found
    under = [link for link in city.links if link.relation == "narrower-than"]
    grown = True
    while grown:
        more = {link.source for link in under if link.target in found} - found
        grown = bool(more)
        found |= more
    return found


def _reach(
    city: City, seeds: Sequence[str], depth: int, enters: Callable[[Node], bool]
) -> list[str]:
    """Ids by distance, then by ties, then by id; the seeds first, even when filtered out."""
    order = list(seeds)
    seen = set(order)
    front = [one for one in order if one in city.index]
    for _ in range(depth):
        met = {other for one in front for other in neighbours(city, one)} - seen
        entered = [one for one in met if enters(city.node(one))]
        front = sorted(entered, key=lambda one: (-city.degree[one], one))
        seen.update(front)
        order.extend(front)
        if not front:
            break
    return order


def neighbours(city: City, thing: str) -> Iterator[str]:
    """The other end of every link of a thing, both directions, one per link."""
    for at in city.incident[city.index[thing]]:
        link = city.links[at]
        yield link.target if link.source == thing else link.source
