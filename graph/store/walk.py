"""Neighbourhoods by rounds: each round asks once about all the things met in the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from graph.store.terms import Iri, Quad, order
from ontology.vocab import RDF_TYPE, Base

Round = Callable[[list[str]], Iterable[Quad]]
"""Gives every statement that has one of the IRIs as subject or as object."""


def walk(
    ask: Round, base: Base, starts: Sequence[str], depth: int, limit: int | None
) -> list[Quad]:
    """The links among things of `base` within `depth` steps, nearest first, sorted in a round."""
    met = set(starts)
    edge = sorted(met)
    found: dict[Quad, None] = {}
    for _ in range(depth):
        links = sorted(
            {quad for quad in ask(edge) if _links_things(quad, base)} - found.keys(), key=order
        )
        found.update(dict.fromkeys(links))
        ends = {str(end) for quad in links for end in (quad.subject, quad.object)}
        edge = sorted(ends - met)
        met |= ends
        if not edge or (limit is not None and len(found) >= limit):
            break
    return list(found)


def _links_things(quad: Quad, base: Base) -> bool:
    return (
        isinstance(quad.object, Iri)
        and quad.predicate != RDF_TYPE
        and quad.object.startswith(base.ids)
        and quad.subject.startswith(base.ids)
    )
