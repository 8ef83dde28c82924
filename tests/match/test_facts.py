"""What matching holds of the map: columns that agree with the catalogue, records read when asked for."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graph.match.engine import Matcher
from graph.match.facts import records as shelf
from graph.match.facts.records import Records


def test_columns_say_what_the_catalogue_says(matcher: Matcher) -> None:
    columns = matcher.world.columns
    held = list(matcher.catalogue.scan())
    assert list(columns.ids) == [record.id for record in held]
    for record in held:
        assert columns.kind_of(record.id) == record.kind
        assert {f"topic/{slug}" for slug in columns.topics(record.id)} == set(record.refs("topics"))
    assert columns.kind_of("org/nobody") is None
    assert columns.topics("org/nobody") == frozenset()


def test_the_index_by_topics_holds_every_thing_of_a_kind_once(matcher: Matcher) -> None:
    columns = matcher.world.columns
    for kind, rows in columns.of_kind.items():
        by_set = columns.by_set[kind]
        assert sorted(np.concatenate(list(by_set.values())).tolist()) == rows.tolist()
        assert all((columns.sets[rows] == number).all() for number, rows in by_set.items())


def test_records_are_read_again_when_they_had_to_make_room(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "KEPT", 3)
    few = Records(matcher.catalogue, matcher.world.columns)
    ids = list(matcher.world.columns.ids[:20])
    expected = matcher.catalogue.records(ids)
    assert few.read(ids) == expected
    assert [few[id_] for id_ in ids] == expected
    assert few.read([*ids, *ids[:3]]) == [*expected, *expected[:3]]
    assert len(few._kept) <= 3
    assert "org/nobody" not in few
    assert few.get("org/nobody") is None
    assert [one.id for one in few.of_type("Plan")] == ["plan/pla-2022-2023"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un atelier cu Fundația Județeană pentru Tineret Timiș", {"org/fitt"}),
        ("FITT și alții", {"org/fitt"}),
        ("fitt", set()),  # a name of one word must be written with a capital
        ("în Mehala", {"place/mehala"}),
        ("", set()),
    ],
)
def test_things_are_found_by_the_names_a_text_holds(
    matcher: Matcher, text: str, expected: set[str]
) -> None:
    found = matcher.world.facts.names.within(text, matcher.world.records)
    assert set(found) == expected


def test_calls_that_are_over_are_no_open_calls(matcher: Matcher) -> None:
    in_may, later = (matcher.world.open_calls(date(year, 5, 20)) for year in (2024, 2030))
    assert "call/impuls-in-comunitate-2024" in in_may
    assert "call/impuls-in-comunitate-2024" not in later
    assert "call/afcn-proiecte-culturale" in later  # nothing says when it was
