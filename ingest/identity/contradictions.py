"""Answers of people that cannot all hold, and the sentence that names them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx

from ingest.identity.decision import Decision, Pair, pair_of
from ontology.errors import InputError, Said


def grouped(same: Iterable[Pair]) -> dict[str, int]:
    """By every id of the pairs, the number of the group that they make."""
    groups = nx.connected_components(nx.Graph(list(same)))
    return {id_: number for number, group in enumerate(groups) for id_ in group}


def between_ends(same: Iterable[Pair], left: str, right: str) -> set[Pair]:
    """The pairs on any way from `left` to `right` that passes no id twice; none when none leads there.

    Those are the edges that lie on a circle with an edge drawn between the two ends.
    """
    graph = nx.Graph(list(same))
    if left not in graph or right not in graph or not nx.has_path(graph, left, right):
        return set()
    drawn = pair_of(left, right)
    given = {pair_of(*edge) for edge in graph.edges}
    graph.add_edge(left, right)
    for block in nx.biconnected_component_edges(graph):
        edges = {pair_of(*edge) for edge in block}
        if drawn in edges:
            return edges & given
    return set()


@dataclass(frozen=True)
class Contradiction:
    """Two ids called different, and the answers `same` that join them all the same."""

    different: Decision
    same: tuple[Decision, ...]

    def error(self, where: str = "") -> InputError:
        """What contradicts what, and what to do, as a message."""
        return InputError(self._said(), _HINT, where)

    def _said(self) -> Said:
        joined = ", ".join(row.told() for row in self.same)
        apart = self.different.told()
        return Said(
            f"răspunsuri care se contrazic: {joined}, dar {apart}; niciunul dintre cele cu „=” nu se aplică",
            f"answers that contradict each other: {joined}, but {apart}; none of those with '=' is applied",
        )


_HINT = Said(
    "Luați înapoi răspunsul greșit: adăugați perechea încă o dată cu answer = open.",
    "Take the wrong answer back: add its pair once more with answer = open.",
)
