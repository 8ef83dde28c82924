"""Figures: which money was announced and which awarded, with its year, programme and topics."""

from __future__ import annotations

from graph.catalogue.base import Record
from viz.figures import announced, awarded


def record(thing, name, kind, **values):
    return Record(thing, name, kind, values)


KNOWN = {
    one.id: one
    for one in (
        record("programme/p", "Programme", "PROGRAMME", label={"ro": "Program", "en": "Programme"}),
        record(
            "call/a",
            "Call",
            "CALL",
            budget=1000.0,
            currency="RON",
            year=2023,
            programme="programme/p",
            topics=["topic/youth"],
        ),
        record("call/b", "Call", "CALL", currency="RON", year=2023, programme="programme/p"),
        record(
            "project/x",
            "Project",
            "PROJECT",
            amount=70.0,
            currency="RON",
            topics=["topic/sport"],
        ),
        record(
            "grant/x",
            "Grant",
            "GRANT",
            amount=60.0,
            currency="RON",
            call="call/a",
            project="project/x",
        ),
        record("grant/y", "Grant", "GRANT", amount=5.0, currency="EUR", awarded="2021-04"),
    )
}


class Small:
    """Synthetic records behind the two questions the figures ask."""

    def scan(self, kinds=()):
        return (one for one in KNOWN.values() if one.kind in kinds)

    def records(self, ids):
        return [KNOWN.get(one) for one in ids]


def test_announced_money_is_what_calls_state():
    (one,) = announced(Small())
    assert (one.id, one.amount, one.year, one.programme, one.topics) == (
        "call/a",
        1000.0,
        2023,
        "programme/p",
        ("topic/youth",),
    )


def test_awarded_money_is_what_grants_state_with_the_calls_year_and_the_projects_topics():
    first, second = awarded(Small())
    assert (first.amount, first.year, first.programme, first.topics) == (
        60.0,
        2023,
        "programme/p",
        ("topic/sport",),
    )
    assert (second.currency, second.year, second.programme) == ("EUR", 2021, None)
