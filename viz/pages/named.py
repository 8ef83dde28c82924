"""What a visitor means by a name or an id: one thing, or several to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.catalogue.base import Record
from graph.match.subject.asked import CODE
from graph.search.documents import DEFAULT_KINDS
from graph.search.text import tokens
from ontology.errors import NotFoundError
from ontology.loading import load_model
from viz.asked import Asked

ANY = (*DEFAULT_KINDS, "PROGRAMME", "PLACE")
"""Kinds of things that people know by name."""

FEW = 3
"""Things with the words in their names below which those with similar names are offered too."""

MOST = 6
"""Things offered for one name."""


@dataclass(frozen=True)
class Guess:
    """A thing that may be meant, and the address of this page with it in the place of the name."""

    name: str
    kind_label: str
    url: str


@dataclass(frozen=True)
class Doubt:
    """A name that is no exact one: what was written, and what may be meant (nothing, perhaps)."""

    given: str
    guesses: tuple[Guess, ...]


@dataclass(frozen=True)
class Meant:
    """The one thing that an id or a whole name stands for, else the things near it, the nearest first."""

    record: Record | None
    near: tuple[Record, ...]


def meant(asked: Asked, given: str, kinds: Sequence[str] = ()) -> Meant:
    """Looks an id or a code of the plan up, else a name: exact when just one thing bears it, whatever its case and diacritics."""
    data = asked.ground.data
    id_ = data.catalogue.resolve([given])[0] or _coded(asked, given)
    if id_ is not None:
        record = data.catalogue.records([id_])[0]
        return Meant(record if record is not None and _among(record, kinds) else None, ())
    wanted = tokens(given)
    hits = data.search.query(given, kinds=tuple(kinds) or ANY, first=2 * MOST).hits
    found = data.catalogue.records([hit.id for hit in hits])
    near = [r for r in found if r is not None and any(w in n for n in names(r) for w in wanted)]
    if len(near) < FEW:  # nobody has the words: perhaps they are misspelt
        likest = data.catalogue.records(data.catalogue.nearest(given[:200], MOST))
        held = {r.id for r in near}
        near += [r for r in likest if r is not None and r.id not in held and _among(r, kinds)]
    same = [r for r in near if wanted and wanted in names(r)]
    return Meant(same[0], ()) if len(same) == 1 else Meant(None, tuple((same or near)[:MOST]))


def names(record: Record) -> list[list[str]]:
    """The folded words of every name of a thing."""
    return [
        tokens(name)
        for name in (*record.values["label"].values(), *record.values.get("altLabels", ()))
    ]


def doubt(asked: Asked, given: str, near: Sequence[Record], **places: str) -> Doubt:
    """A choice among things; each of `places` is a parameter and its value, `{id}` standing for the thing."""
    kinds = load_model().kinds
    return Doubt(
        given,
        tuple(
            Guess(
                record.label(asked.lang),
                kinds[record.kind].label(asked.lang) if record.kind else "",
                asked.link(**{name: to.replace("{id}", record.id) for name, to in places.items()}),
            )
            for record in near
        ),
    )


def _coded(asked: Asked, given: str) -> str | None:
    """The action or commitment of the newest plan with this code."""
    if not CODE.match(given):
        return None
    try:
        return asked.ground.data.matcher.subject(code=given).id
    except NotFoundError:
        return None


def _among(record: Record, kinds: Sequence[str]) -> bool:
    return record.kind is not None and (not kinds or record.kind in kinds)
