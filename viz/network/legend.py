"""The legend: each kind with its shape, its fill and its colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from graph.network import City
from ontology.loading import load_model

GREY, LIGHT_GREY = "#5b6470", "#a7b0bc"

FILLS = ("full", "open", "dashed")
"""How the first, second and third kind of one shape are drawn: no two differ by colour alone."""


@dataclass(frozen=True)
class KindKey:
    """One line of the legend."""

    kind: str
    label: str
    shape: str
    fill: str
    colour: str
    dark: str
    count: int


def legend(part: City, lang: str, every: bool = False) -> tuple[KindKey, ...]:
    """The legend in the ontology's order; with `every`, kinds that may still be fetched too."""
    counts = Counter(node.kind for node in part.nodes)
    known, fills = load_model().kinds, kind_fills()
    keys = [
        KindKey(
            kind,
            cls.label(lang),
            cls.node_shape,
            fills[kind],
            cls.colour,
            cls.dark_colour,
            counts[kind],
        )
        for kind, cls in known.items()
        if every or counts[kind]
    ]
    others = sorted(set(counts) - set(known))
    keys += [
        KindKey(kind, kind, "dot", FILLS[-1], GREY, LIGHT_GREY, counts[kind]) for kind in others
    ]
    return tuple(keys)


@cache
def kind_fills() -> Mapping[str, str]:
    """By kind, how it is filled: the ontology has fewer shapes than kinds."""
    taken: Counter[str] = Counter()
    found = {}
    for kind, cls in load_model().kinds.items():
        found[kind] = FILLS[min(taken[cls.node_shape], len(FILLS) - 1)]
        taken[cls.node_shape] += 1
    return found
