"""What queries take in: filters and weights."""

from __future__ import annotations

import strawberry

from api.graphql.loaders import Reading
from api.graphql.scalars import Kind
from graph.catalogue.base import Filter
from ontology.errors import NotFoundError, Said
from ontology.loading import load_model


@strawberry.input(description="Narrows a list; a field that is left out does not narrow.")
class ResourceFilter:
    """See each field."""

    kinds: list[Kind] | None = strawberry.field(default=None, description="Only these kinds.")
    topics: list[strawberry.ID] | None = strawberry.field(
        default=None, description="About any of these topics, or narrower ones."
    )
    legal_forms: list[str] | None = strawberry.field(
        default=None, description="Organisations of these forms; calls open to them."
    )
    place: strawberry.ID | None = strawberry.field(default=None, description="In this place.")
    open: bool | None = strawberry.field(
        default=None, description="Calls that are open (or not) today."
    )
    amount_min: float | None = strawberry.field(
        default=None, description="At least this amount, in the thing's own currency."
    )
    amount_max: float | None = strawberry.field(
        default=None, description="At most this amount, in the thing's own currency."
    )
    year_from: int | None = strawberry.field(default=None, description="Of this year or later.")
    year_to: int | None = strawberry.field(default=None, description="Of this year or earlier.")
    text: str | None = strawberry.field(default=None, description="With these words in the name.")


@strawberry.input(description="A weight for one feature of matching; 0 switches it off.")
class WeightInput:
    """Feature and weight."""

    feature: str
    weight: float


def canonical(reading: Reading, ids: list[strawberry.ID]) -> list[str]:
    """Canonical ids. Raises NotFoundError with the nearest names for one that means nothing."""
    found = reading.catalogue.resolve([str(one) for one in ids])
    made = []
    for given, id_ in zip(ids, found, strict=True):
        if id_ is None and load_model().topics.get(str(given)):
            id_ = f"topic/{given}"
        if id_ is None:
            raise unknown(reading, str(given))
        made.append(id_)
    return made


def unknown(reading: Reading, given: str) -> NotFoundError:
    """The error for an id or code that names nothing, with what looks like it."""
    near = ", ".join(reading.catalogue.nearest(given[:200]))
    shown = given if len(given) <= 80 else given[:79] + "…"
    return NotFoundError(
        Said(f"„{shown}” nu există", f"'{shown}' does not exist"),
        Said(
            f"Poate ați vrut: {near}." if near else "Verificați id-ul.",
            f"Did you mean: {near}." if near else "Check the id.",
        ),
    )


def to_filter(reading: Reading, given: ResourceFilter | None, kind: str | None = None) -> Filter:
    """The catalogue's filter."""
    if given is None:
        return Filter(kinds=(kind,) if kind else ())
    kinds = (kind,) if kind else tuple(one.value for one in given.kinds or ())
    return Filter(
        kinds=kinds,
        topics=tuple(canonical(reading, given.topics)) if given.topics else (),
        legal_forms=tuple(given.legal_forms or ()),
        place=canonical(reading, [given.place])[0] if given.place else None,
        open=given.open,
        amount_min=given.amount_min,
        amount_max=given.amount_max,
        year_from=given.year_from,
        year_to=given.year_to,
        text=given.text,
    )
