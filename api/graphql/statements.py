"""Statements: one fact each, with the page it was read from."""

from __future__ import annotations

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
    """Statements with their things and first source, fetched together."""
    ends = [one.subject for one in statements] + [one.object for one in statements if one.object]
    things = dict(zip(ends, reading.things_of(ends), strict=True))
    pages = [one.sources[0] for one in statements if one.sources]
    refs = dict(zip(pages, reading.catalogue.source(pages), strict=True))
    return [
        Statement(
            subject=things.get(one.subject),
            property=one.field,
            object=things.get(one.object) if one.object else None,
            value=None if one.value is None else plain(one.value),
            source=source_of(refs.get(one.sources[0])) if one.sources else None,
        )
        for one in statements
    ]


def plain(value: object) -> str:
    """A value as text: numbers without a trailing .0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
