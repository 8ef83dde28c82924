"""The sums that charts are drawn from: money announced by calls, money awarded by grants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.catalogue.base import Catalogue, Record
from graph.network.project import year
from ontology.errors import LANGS, Said


@dataclass(frozen=True)
class Money:
    """One sum in its own currency: nothing is converted, nothing guessed."""

    id: str
    amount: float
    currency: str
    year: int | None
    programme: str | None
    programme_label: Said | None
    topics: tuple[str, ...]


def announced(catalogue: Catalogue) -> list[Money]:
    """The budget of every call that states one."""
    return [
        made
        for call in catalogue.scan(("CALL",))
        if (made := _money(catalogue, call, call, "budget"))
    ]


def awarded(catalogue: Catalogue) -> list[Money]:
    """The amount of every grant; its year is the call's where the grant has no date of its own.

    Requested and proposed amounts of projects are no awards and are not counted.
    """
    return list(_awards(catalogue))


def _awards(catalogue: Catalogue) -> Iterator[Money]:
    for grant in catalogue.scan(("GRANT",)):
        (call,) = catalogue.records(grant.refs("call")[:1]) or (None,)
        (project,) = catalogue.records(grant.refs("project")[:1]) or (None,)
        made = _money(catalogue, grant, call, "amount", project)
        if made is not None:
            yield made


def _money(
    catalogue: Catalogue,
    record: Record,
    call: Record | None,
    field: str,
    about: Record | None = None,
) -> Money | None:
    amount, currency = record.values.get(field), record.values.get("currency")
    if amount is None or not currency:
        return None
    (programme,) = catalogue.records(call.refs("programme")[:1] if call else ()) or (None,)
    dates = (
        record.values.get("awarded"),
        *((call.values.get(name) for name in ("year", "opens", "closes")) if call else ()),
    )
    return Money(
        id=record.id,
        amount=float(amount),
        currency=str(currency),
        year=next((found for value in dates if (found := year(value)) is not None), None),
        programme=programme.id if programme else None,
        programme_label=Said(*(programme.label(lang) for lang in LANGS)) if programme else None,
        topics=next(
            (one.refs("topics") for one in (about, record, call) if one and one.refs("topics")), ()
        ),
    )
