"""Every kind of value: what people write, what is kept, what is said when it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef

from ontology.entity import Entity
from ontology.errors import RowError
from ontology.kinds import KINDS, clean_decimal, literal_type, tidy, well_known_text
from ontology.vocab import PREFIXES


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1200", "1200"),
        ("1.200", "1200"),
        ("1,200", "1200"),
        ("1 200", "1200"),
        ("1\u00a0200", "1200"),
        ("1'000", "1000"),
        ("1.200.000", "1200000"),
        ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"),
        ("1 200,5", "1200.5"),
        ("12,5", "12.5"),
        ("0.500", "0.500"),
        ("0,125", "0.125"),
        ("-3.000", "-3000"),
        ("\u22125", "-5"),
        ("+7", "7"),
    ],
)
def test_a_number_is_understood_as_romanians_and_english_write_it(written: str, kept: str) -> None:
    assert clean_decimal(written) == Decimal(kept)


@pytest.mark.parametrize(
    "written", ["12.00O", "", "abc", "1.200.00", "1.2.3", "1e5", "5 lei", "--1"]
)
def test_what_is_no_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(RowError, match=r"is not a number\. Write it as 1200 or 1200\.50"):
        clean_decimal(written)


@given(st.decimals(0, 10**9, places=2))
def test_every_amount_survives_the_romanian_way_of_writing_it(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    romanian = english.translate(str.maketrans(",.", ".,"))
    assert clean_decimal(english) == clean_decimal(romanian) == amount


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("date", "2024-05-31", "2024-05-31"),
        ("date", "31.05.2024", "2024-05-31"),
        ("date", "1/5/2024", "2024-05-01"),
        ("date", "2024-05-31T16:00:00+03:00", "2024-05-31T16:00:00+03:00"),
        ("date", "2024-05-31 00:00:00", "2024-05-31"),
        ("calendar", "2024", "2024"),
        ("calendar", "2024-05", "2024-05"),
        ("percent", "3 %", Decimal(3)),
        ("percent", "12,5%", Decimal("12.5")),
        ("integer", "1.200", 1200),
        ("boolean", "DA", True),
        ("boolean", "no", False),
        ("duration", "p1y", "P1Y"),
        ("point", "45.7513, 21.2274", (45.7513, 21.2274)),
        ("text", "  Timiş\u00ad,  \u200bȘtrand ", "Timiș, Ștrand"),
        ("url", "www.primariatm.ro", "https://www.primariatm.ro"),
        ("url", "https://example.org/a[1]?b=100%#c#d", "https://example.org/a%5B1%5D?b=100%25#c%23d"),
    ],
)  # fmt: skip
def test_what_is_kept(kind: str, written: str, kept: object) -> None:
    assert KINDS[kind].clean(written) == kept


@pytest.mark.parametrize(
    ("kind", "written", "says"),
    [
        ("date", "2024-02-30", "no calendar has"),
        ("date", "mai 2024", "is not a date"),
        ("date", "2024-05-31T25:00", "is not a date with a time"),
        ("calendar", "2024-13", "a month that does not exist"),
        ("percent", "101", "from 0 to 100"),
        ("integer", "1,5", "is not a whole number"),
        ("boolean", "poate", "is not yes or no"),
        ("duration", "1 an", "is not a duration"),
        ("point", "91, 21", "off the globe"),
        ("point", "Piața Unirii", "is not a point"),
        ("url", "ftp://example.org", "is not a web address"),
        ("url", "https://exa mple.org", "is not a web address"),
        ("url", "https://example.org:port/", "is not a web address"),
        ("url", "javascript:alert(1)", "is not a web address"),
    ],
)
def test_what_is_refused(kind: str, written: str, says: str) -> None:
    with pytest.raises(RowError, match=says) as caught:
        KINDS[kind].clean(written)
    assert caught.value.fix.ro
    assert caught.value.value == written


def test_a_refusal_never_repeats_a_personal_code() -> None:
    with pytest.raises(RowError) as caught:
        KINDS["date"].clean("cnp 1960101350011")
    assert "1960101350011" not in caught.value.message("ro")


@given(st.text(max_size=60))
def test_a_web_address_that_is_kept_is_an_iri(text: str) -> None:
    try:
        kept = KINDS["url"].clean("https://example.org/" + text)
    except RowError:
        return
    assert pyoxigraph.NamedNode(str(kept)).value == kept


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=30))
def test_cleaning_keeps_a_value_or_says_why_not(kind: str, text: str) -> None:
    refused: RowError | None = None
    try:
        KINDS[kind].clean(text)
    except RowError as error:
        refused = error
    assert refused is None or (refused.what.ro and refused.fix.en)


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2024", "gYear"), ("2024-05", "gYearMonth"), ("2024-05-31", "date"),
     ("2024-05-31T16:00:00+03:00", "dateTime")],
)  # fmt: skip
def test_a_date_has_the_datatype_of_its_precision(value: str, datatype: str) -> None:
    assert literal_type("calendar", value) == PREFIXES["xsd"] + datatype


def test_a_point_keeps_its_place_to_the_centimetre(
    good: Callable[[str], Entity], to_rdf: Callable[[list[Entity]], Graph]
) -> None:
    assert well_known_text((45.7561888, 21.1702519)) == "POINT(21.1702519 45.7561888)"
    place = good("Place")
    place.values.pop("location")
    place.add("location", (45.7561888, 21.1702519))
    path = URIRef(PREFIXES["locn"] + "geometry")
    found = list(to_rdf([place]).objects(None, path))
    wkt = URIRef(literal_type("point", ""))
    assert found == [Literal("POINT(21.1702519 45.7561888)", datatype=wkt)]
