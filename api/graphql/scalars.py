"""Scalars and small value types of the schema."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any, NewType

import strawberry

from ontology.loading import load_model


def _parse_day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("a Date is a text such as 2026-05-31")
    return datetime.strptime(value, "%Y-%m-%d").date()


Date = NewType("Date", object)

DATE = strawberry.scalar(
    name="Date",
    description="A day (2026-05-31), or a moment with its zone where the source gives an hour. As an argument: a day.",
    serialize=str,
    parse_value=_parse_day,
)


@strawberry.enum
class Lang(Enum):
    """A language of the map."""

    RO = "ro"
    EN = "en"


Kind: Any = strawberry.enum(  # type: ignore[call-overload]
    Enum("Kind", {kind: kind for kind in load_model().kinds}),
    description="The kinds of things on the map.",
)


Sharing: Any = strawberry.enum(  # type: ignore[call-overload]
    Enum("Sharing", {name.upper(): name for name in ("projects", "calls", "funders", "councils")}),
    description="What two things may share: projects, calls for funding, funders, councils and groups.",
)


@strawberry.enum
class CallState(Enum):
    """The state of a call on the day of the question."""

    FORTHCOMING = "FORTHCOMING"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    UNKNOWN = "UNKNOWN"


@strawberry.enum
class Sort(Enum):
    """What a list is sorted by; things without the value come last."""

    LABEL = "label"
    LABEL_DESC = "-label"
    UPDATED = "updated"
    UPDATED_DESC = "-updated"
    YEAR = "year"
    YEAR_DESC = "-year"
    OPENS = "opens"
    OPENS_DESC = "-opens"
    CLOSES = "closes"
    CLOSES_DESC = "-closes"
    AMOUNT = "amount"
    AMOUNT_DESC = "-amount"
    ID = "id"


@strawberry.type(
    description="A number or code under which a thing is known in a register or a source."
)
class Identifier:
    """Scheme and value, as `timisoara` and `fund-x`."""

    scheme: str
    value: str


@strawberry.type(description="A place on the globe (WGS 84).")
class Point:
    """Latitude and longitude in degrees."""

    latitude: float
    longitude: float


@strawberry.type(description="A page or document where facts were read.")
class Source:
    """Where a fact came from."""

    id: strawberry.ID
    title: str | None
    url: str | None
    publisher: str | None
    licence: str | None
    retrieved: Date | None
