"""Statements: one fact each, with the page it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import strawberry

from api.graphql.derived import Resource
from api.graphql.loaders import Reading
from api.graphql.scalars import Source
from graph.catalogue import base as catalogue


@strawberry.type(description="One fact: a value or another thing, and where it was read.")
class Statement:
    """Subject, property, object or value, source."""

    subject: Optional[Resource]  # type: ignore[valid-type]  # noqa: UP045
    property: str
    object: Optional[Resource]  # type: ignore[valid-type]  # noqa: UP045
    value: Optional[str]  # noqa: UP045
    source: Optional[Source]  # noqa: UP045


def source_of(ref: catalogue.SourceRef | None) -> Source | None:
    """A source as GraphQL gives it."""
    if ref is None:
        return None
    return Source(
        id=strawberry.ID(ref.id),
        title=ref.title,
        url=ref.url,
        publisher=ref.publisher,
        licence=ref.licence,
        retrieved=ref.retrieved,  # type: ignore[arg-type]
    )


def statements_of(
    reading: Reading, statements: tuple[catalogue.Statement, ...] | list[catalogue.Statement]
) -> list[Statement]:
    """Statements with their things and first source, fetched together.

    What a part states (a membership, an involvement, a rule of a call) is given as said of the thing
    that holds it: a part is no resource.
    """
    held = _holders(reading, [one.subject for one in statements])
    named = _resources(reading, [one.object for one in statements if one.object])
    ends = list(dict.fromkeys((*held.values(), *named)))
    things = dict(zip(ends, reading.things_of(ends), strict=True))
    pages = [one.sources[0] for one in statements if one.sources]
    refs = dict(zip(pages, reading.catalogue.source(pages), strict=True))
    return [
        Statement(
            subject=things.get(held.get(one.subject, "")),
            property=one.field,
            object=things.get(one.object) if one.object else None,
            value=None if one.value is None else plain(one.value),
            source=source_of(refs.get(one.sources[0])) if one.sources else None,
        )
        for one in statements
    ]


HOLDING = ("involvedIn", "organisation")
"""The fields of parts that say what holds them; of other parts their id begins with its id."""


def _resources(reading: Reading, ids: Sequence[str]) -> dict[str, catalogue.Record]:
    """Those of some ids that are resources, with their records."""
    found = reading.catalogue.records(list(dict.fromkeys(ids)))
    return {one.id: one for one in found if one is not None and one.kind}


def _holders(reading: Reading, ids: Sequence[str]) -> dict[str, str]:
    """By id of a thing or part, the id of the resource that it is or belongs to."""
    found = reading.catalogue.records(list(dict.fromkeys(ids)))
    records = {one.id: one for one in found if one is not None}
    parts = {id_: one for id_, one in records.items() if not one.kind}
    above = {
        id_: [*(ref for name in HOLDING for ref in one.refs(name)), *_beginnings(id_)]
        for id_, one in parts.items()
    }
    known = _resources(reading, [one for many in above.values() for one in many])
    held = {id_: next((one for one in many if one in known), "") for id_, many in above.items()}
    return {id_: held.get(id_, id_) for id_ in records}


def _beginnings(id_: str) -> list[str]:
    """What may hold a part by its id, the longest first: call/x/2024/rule/dates, call/x/2024, …"""
    words = id_.split("/")
    return ["/".join(words[:count]) for count in range(len(words) - 1, 1, -1)]


def plain(value: object) -> str:
    """A value as text: numbers without a trailing .0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
