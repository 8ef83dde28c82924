"""The city as a network: things, the links between them, and the fast graph under both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.network.steps import Steps
from ontology.errors import LANGS, InputError, NotFoundError, Said

Indices = NDArray[np.int64]

CONNECTORS = frozenset({"TOPIC", "PLACE"})
"""Kinds that say what or where, not who with whom: hundreds of things share one."""

WIDE = 10
"""A topic or place that more things than this share says nothing about two of them."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing. `years` is its known span; None is an end that is open or unknown."""

    id: str
    kind: str
    label_ro: str
    label_en: str
    topics: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)

    def label(self, lang: str = "ro") -> str:
        """What to call it in `lang`."""
        return self.label_ro if lang == LANGS[0] else self.label_en


@dataclass(frozen=True, slots=True)
class Link:
    """One directed tie, read as a sentence: source, relation, target.

    `subject` and `field` name the record and the field that state it, so that its sources can be
    looked up; `sources` are filled by `cite`. Years as in Node; (None, None) is undated.
    """

    source: str
    target: str
    relation: str
    weight: float = 1.0
    year_from: int | None = None
    year_to: int | None = None
    sources: tuple[str, ...] = ()
    subject: str = ""
    field: str = ""

    @property
    def dated(self) -> bool:
        """True when at least one end of its span is known."""
        return self.year_from is not None or self.year_to is not None

    @property
    def key(self) -> tuple[object, ...]:
        """What the links of a city are ordered by: all they hold, so that no two tie."""
        years = (self.year_from or 0, self.year_to or 0)
        said = (self.subject, self.field, self.weight, self.sources)
        return (self.source, self.target, self.relation, *years, *said)


def overlaps(
    start: int | None, end: int | None, year_from: int | None, year_to: int | None
) -> bool:
    """True unless start..end surely lies outside year_from..year_to; open ends reach on."""
    before = end is not None and year_from is not None and end < year_from
    after = start is not None and year_to is not None and start > year_to
    return not (before or after)


@dataclass(frozen=True)
class City:
    """A whole network. Make it with `city()`, which orders it and drops links without both ends."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The position of each node by its id."""
        return MappingProxyType({node.id: at for at, node in enumerate(self.nodes)})

    @cached_property
    def incident(self) -> tuple[tuple[int, ...], ...]:
        """By node, the positions of the links that begin or end there."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for at, link in enumerate(self.links):
            source, target = self.index[link.source], self.index[link.target]
            found[source].append(at)
            if source != target:
                found[target].append(at)
        return tuple(map(tuple, found))

    @cached_property
    def ends(self) -> Indices:
        """By link, the positions of its source and its target: shape (links, 2)."""
        index = self.index
        flat = (index[end] for li in self.links for end in (li.source, li.target))
        return np.fromiter(flat, dtype=np.int64, count=2 * len(self.links)).reshape(-1, 2)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """By link, its weight."""
        return np.fromiter(
            (li.weight for li in self.links), dtype=np.float64, count=len(self.links)
        )

    @cached_property
    def ties(self) -> igraph.Graph:
        """Who with whom: undirected, one edge per pair, `weight` the sum over its links.

        Vertices are the nodes in their order. Links with topics and places are left out: else
        everything would be two steps from everything.
        """
        return pair_graph(self, without=self.connectors)

    @cached_property
    def directed_ties(self) -> igraph.Graph:
        """The ties with their directions: one edge per ordered pair, weights added up."""
        return pair_graph(self, without=self.connectors, directed=True)

    @cached_property
    def ways(self) -> igraph.Graph:
        """The pairs that a chain may step along: not through a topic or place that many share.

        Beside the ties these are the topics and places that at most WIDE things name.
        """
        return pair_graph(self, without={one for one in self.connectors if self.degree[one] > WIDE})

    @cached_property
    def steps(self) -> Steps:
        """The ties as steps of a random walk."""
        return Steps.of(self.ties)

    @cached_property
    def degree(self) -> Mapping[str, int]:
        """With how many things each is linked; of topics and places, all that name them."""
        counts = self.ties.degree()
        named: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            if link.source in self.connectors:
                named[link.source].add(link.target)
            if link.target in self.connectors:
                named[link.target].add(link.source)
        return {
            n.id: len(named[n.id]) if n.id in named else counts[at]
            for at, n in enumerate(self.nodes)
        }

    @cached_property
    def connectors(self) -> frozenset[str]:
        """The ids of topics and places."""
        return frozenset(node.id for node in self.nodes if node.kind in CONNECTORS)

    def node(self, thing: str) -> Node:
        """The node with this id. Raises NotFoundError."""
        try:
            return self.nodes[self.index[thing]]
        except KeyError:
            raise NotFoundError(
                Said(f"„{thing}” nu este în rețea", f"'{thing}' is not in the network"),
                Said("Căutați-l întâi: `resurse search`.", "Look for it first: `resurse search`."),
            ) from None

    def only(self, ids: Iterable[str]) -> City:
        """The network between these things."""
        kept = set(ids)
        return City(
            tuple(node for node in self.nodes if node.id in kept),
            tuple(li for li in self.links if li.source in kept and li.target in kept),
        )

    def during(self, year_from: int | None, year_to: int | None, undated: bool = True) -> City:
        """The network as it was in these years; undated links are kept unless told otherwise."""
        if year_from is None and year_to is None and undated:
            return self
        if year_from is not None and year_to is not None and year_from > year_to:
            raise InputError(
                Said(
                    f"anul {year_from} este după {year_to}",
                    f"the year {year_from} is after {year_to}",
                ),
                Said("Scrieți întâi anul mai mic.", "Write the earlier year first."),
            )
        nodes = tuple(n for n in self.nodes if overlaps(*n.years, year_from, year_to))
        here = {node.id for node in nodes}
        links = tuple(
            li
            for li in self.links
            if li.source in here
            and li.target in here
            and (li.dated or undated)
            and overlaps(li.year_from, li.year_to, year_from, year_to)
        )
        return City(nodes, links)


def city(nodes: Iterable[Node], links: Iterable[Link]) -> City:
    """A network in one fixed order, whatever order its parts came in.

    Links to things that are no nodes (actor groups, bodies without an id) are left out.
    """
    ordered = tuple(sorted({node.id: node for node in nodes}.values(), key=lambda n: n.id))
    known = {node.id for node in ordered}
    both = (li for li in links if li.source in known and li.target in known)
    return City(ordered, tuple(sorted(set(both), key=lambda li: li.key)))


def pair_graph(whole: City, without: Collection[str] = (), directed: bool = False) -> igraph.Graph:
    """The simple graph of all links but those of `without`, weights added up, loops dropped."""
    count = len(whole.nodes)
    out = np.zeros(count + 1, dtype=bool)  # one more, so that an empty city has something to index
    out[[whole.index[one] for one in without]] = True
    ends = whole.ends if directed else np.sort(whole.ends, axis=1)
    kept = ~out[ends].any(axis=1) & (ends[:, 0] != ends[:, 1])
    pairs, which = np.unique(ends[kept] @ np.array([count, 1]), return_inverse=True)
    one, other = pairs // max(count, 1), pairs % max(count, 1)
    # Tuples from zip: lists of lists would wake the garbage collector 20 times longer.
    edges = zip(one.tolist(), other.tolist(), strict=True)
    graph = igraph.Graph(n=count, edges=edges, directed=directed)
    graph.es["weight"] = np.bincount(which, whole.weights[kept], len(pairs)).tolist()
    return graph


def by_id(whole: City, values: Iterable[float]) -> dict[str, float]:
    """Values in node order as a mapping from ids."""
    return {node.id: float(value) for node, value in zip(whole.nodes, values, strict=True)}


def with_sources(link: Link, sources: Iterable[str]) -> Link:
    """The link with the ids of the sources that state it."""
    return replace(link, sources=tuple(sorted(set(sources))))
