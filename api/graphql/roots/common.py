"""What the roots share: the request, a plan by id, the subject that arguments name."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry.types import Info

from api.graphql.inputs import canonical
from api.graphql.loaders import Reading
from graph.catalogue.plans import meant
from ontology.errors import InputError, Said

FIRST = Annotated[int, strawberry.argument(description="How many, at most 500.")]


def reading_of(info: Info[Any, Any]) -> Reading:
    """The request that a resolver answers."""
    found = info.context
    assert isinstance(found, Reading)
    return found


def plan_id(reading: Reading, given: strawberry.ID | None) -> str | None:
    """The plan that is meant: the one named, else the newest. Raises NotFoundError for what is no plan."""
    named = None if given is None else canonical(reading, [given])[0]
    return meant(reading.catalogue.scan(("PLAN",)), named)


def day_of(given: object, reading: Reading) -> date:
    """The day that dates are judged by: the one asked for, else today."""
    return given if isinstance(given, date) else reading.today


def subject_of(
    reading: Reading, subject: strawberry.ID | None, code: str | None, text: str | None
) -> Any:
    """The subject that exactly one of the three arguments names."""
    if sum(one is not None for one in (subject, code, text)) != 1:
        raise InputError(
            Said(
                "subiectul se dă printr-unul singur dintre subject, code și text",
                "the subject is given by exactly one of subject, code and text",
            ),
            Said('Scrieți, de exemplu, code: "A1.6".', 'Write, for example, code: "A1.6".'),
        )
    matcher = reading.snapshot.matcher
    if text is not None:
        return matcher.subject(text=text)
    if code is not None:
        return matcher.subject(code=code)
    return matcher.subject(id=canonical(reading, [subject])[0])  # type: ignore[list-item]
