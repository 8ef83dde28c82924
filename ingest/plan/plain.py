"""A plan's records as dicts, lists and scalars, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from typing import Any

from ingest.plan.records import Passage

ORDER: Mapping[str, tuple[str, ...]] = {
    "PlanTarget": (
        "text",
        "text_en",
        "comparator",
        "value",
        "lower",
        "upper",
        "unit",
        "counted",
        "rate",
        "denominator",
        "kind",
        "evidence",
    ),
}
"""The order in which a record's fields are written, where it is not that of the class."""


def ordered_fields(cls: type) -> list[Field[Any]]:
    """The fields of a record class in the order in which they are written."""
    found = {f.name: f for f in fields(cls)}
    return [found[name] for name in ORDER.get(cls.__name__, tuple(found))]


def to_plain(record: object) -> Any:
    """Dicts, lists and scalars: every field of the contract, extras only when they hold something."""
    if isinstance(record, Passage):
        return record.positions if record.text is None else record.text
    if isinstance(record, tuple):
        return [to_plain(one) for one in record]
    if not is_dataclass(record):
        return record
    made: dict[str, Any] = {}
    for one in ordered_fields(type(record)):
        value = getattr(record, one.name)
        if one.metadata.get("extra") and value in (None, ()):
            continue
        made[one.name] = to_plain(value)
        if one.name == "evidence" and isinstance(value, Passage) and value.text is not None:
            made["at"] = [list(span) for span in value.spans]
    return made
