"""The things that a thing is linked to, grouped by how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.catalogue.base import Record
from ontology.loading import load_model
from viz.asked import Asked
from viz.pages.cards import Card, cards
from viz.pages.facts import APART

SHOWN = 60
"""Cards of one group; the rest is counted."""


@dataclass(frozen=True)
class Group:
    """Things that are linked in one way; `more` is how many are not shown."""

    label: str
    cards: tuple[Card, ...]
    more: int


def groups_of(asked: Asked, record: Record) -> tuple[Group, ...]:
    """Lists of linked things: those the record names and those that name it."""
    catalogue = asked.ground.data.catalogue
    cls = load_model().cls(record.type)
    groups = []
    for name, prop in cls.properties.items():
        if (
            prop.kind.name not in ("reference", "part")
            or name in APART
            or not prop.many
            or (prop.kind.name == "part" and not prop.inverse)
        ):
            continue
        ids = catalogue.links([record.id], name)[record.id]
        shown = _through(asked, record, ids)
        if shown:
            groups.append(
                Group(
                    prop.label(asked.lang),
                    cards(asked, shown[:SHOWN]),
                    max(0, len(shown) - SHOWN),
                )
            )
    return tuple(groups)


def _through(asked: Asked, record: Record, ids: Sequence[str]) -> list[str]:
    """Things at the other end: links that are things of their own (memberships, involvements) are seen through."""
    catalogue = asked.ground.data.catalogue
    found: list[str] = []
    for one in catalogue.records(ids):
        if one is None:
            continue
        if one.kind is not None:
            found.append(one.id)
            continue
        for name in ("organisation", "body", "participant", "involvedIn"):
            found += [target for target in one.refs(name) if target != record.id]
    return list(dict.fromkeys(found))
