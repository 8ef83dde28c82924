"""Reads nested data of other systems, which may have something else at any place, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


def get(record: object, *steps: str | int) -> Any:
    """What stands at a place inside nested data; None as soon as a step leads nowhere."""
    for step in steps:
        if isinstance(step, str) and isinstance(record, Mapping):
            record = record.get(step)
        elif isinstance(step, int) and isinstance(record, list) and len(record) > step:
            record = record[step]
        else:
            return None
    return record


def whole(value: object) -> int | None:
    """A whole number, however the data writes it; None for anything else."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return int(number) if number.is_integer() else None


def amount(value: object) -> Decimal | None:
    """A sum of money in digits with a decimal point, as JSON writes it; None for anything else."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def uid(key: object) -> str:
    """A key as it is compared: a UUID means the same in capitals, any other key does not."""
    text = str(key)
    return text.lower() if _UUID.fullmatch(text) else text


def point(place: object) -> str | None:
    """The latitude and longitude of a place, if it has both; nothing in this city lies at 0, 0."""
    pair = [get(place, key) for key in ("latitude", "longitude")]
    if any(one in (None, "") for one in pair) or all(str(one).strip("0.-+ ") == "" for one in pair):
        return None
    return ", ".join(map(str, pair))


def listed(value: object) -> list[Any]:
    """A list, or an empty one where the data has something else."""
    return value if isinstance(value, list) else []
