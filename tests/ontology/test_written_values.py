"""Amounts, currencies and dates as clerks write them: read when they say one thing, refused when they could say two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import RowError
from ontology.kinds import KINDS, clean_decimal
from ontology.money import clean_currency, money


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("1.234,56 lei", "1234.56", "RON"),
        ("1 234,56", "1234.56", None),
        ("1\u00a0234,56\u00a0lei", "1234.56", "RON"),
        ("RON 1.234", "1234", "RON"),
        ("1.234 RON", "1234", "RON"),
        ("1.234 RON.", "1234", "RON"),
        ("€ 5.000", "5000", "EUR"),
        ("5.000€", "5000", "EUR"),
        ("EUR 5.000 €", "5000", "EUR"),
        ("1,234.56 EUR", "1234.56", "EUR"),
        ("$1,000", "1000", "USD"),
        ("500.000,- lei", "500000", "RON"),
        ("2,5 mil. lei", "2500000", "RON"),
        ("3 milioane euro", "3000000", "EUR"),
        ("3 mln EUR", "3000000", "EUR"),
        ("20 de mii de lei", "20000", "RON"),
        ("35 de milioane de euro", "35000000", "EUR"),
        ("750 mii euro", "750000", "EUR"),
        ("un milion de lei", "1000000", "RON"),
        ("1,5 miliarde lei", "1500000000", "RON"),
        ("5k EUR", "5000", "EUR"),
        ("-200 lei", "-200", "RON"),
        ("0", "0", None),
    ],
)
def test_an_amount_keeps_its_size_and_its_currency(
    written: str, amount: str, currency: str | None
) -> None:
    assert money(written) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "written",
    [
        "12.00O", "€ 5k?", "50.000-100.000 RON", "aprox. 5000 lei", "1.234,56,78 lei", "12 lei 50",
        "500 lei + TVA", "100 EUR RON", "lei", "5 bilioane lei", "2,5 mil. lei / an", "1e400", "∞", "١٢٣٤",
    ],
)  # fmt: skip
def test_what_is_no_single_amount_is_refused(written: str) -> None:
    with pytest.raises(RowError, match="is not a number"):
        money(written)


@pytest.mark.parametrize("written", ["2,500 milioane lei", "1.500 mld. lei", "1,234 mii lei"])
def test_thousands_or_decimals_of_millions_is_asked_not_guessed(written: str) -> None:
    with pytest.raises(RowError, match=r"read in two ways.*Write the whole number in digits"):
        money(written)
    assert clean_decimal("1.500 mii") == 1_500_000


@settings(deadline=None)  # the first call reads a language from the disk
@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(["RON", "EUR", "USD", "GBP", "HUF", "CHF"]),
    st.sampled_from(["ro_RO", "en_GB", "hu_HU", "de_DE"]),
)
def test_every_amount_that_a_computer_wrote_is_read_back(
    amount: Decimal, code: str, locale: str
) -> None:
    pattern = "#,##0.00 ¤¤" if locale != "en_GB" else "¤¤#,##0.00"
    assert money(format_currency(amount, code, pattern, locale)) == (amount, code)


@pytest.mark.parametrize(
    ("written", "code"),
    [("lei", "RON"), ("Lei", "RON"), ("ron", "RON"), ("EURO", "EUR"), ("€", "EUR"), ("SEK", "SEK")],
)
def test_a_currency_is_its_code(written: str, code: str) -> None:
    assert clean_currency(written) == code


def test_what_is_no_currency_is_refused() -> None:
    with pytest.raises(RowError, match="is not a currency"):
        clean_currency("galbeni")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("15 martie 2024", "2024-03-15"),
        ("15 mart. 2024", "2024-03-15"),
        ("15 Martie, 2024", "2024-03-15"),
        ("vineri, 15 martie 2024", "2024-03-15"),
        ("March 15, 2024", "2024-03-15"),
        ("15th March 2024", "2024-03-15"),
        ("1 ian. 2024", "2024-01-01"),
        ("15.III.2024", "2024-03-15"),
        ("15-03-2024", "2024-03-15"),
        ("15/3/2024", "2024-03-15"),
        ("2024/03/15", "2024-03-15"),
        ("2024.3.15.", "2024-03-15"),
        ("20240315", "2024-03-15"),
        ("15.03.2024 00:00:00", "2024-03-15"),
        ("15.03.2024, ora 16:30", "2024-03-15T16:30:00"),
        ("31.05.2024 16.30", "2024-05-31T16:30:00"),
        ("2024-05-31T16:30:00", "2024-05-31T16:30:00"),
        ("2024-05-31T16:30:00Z", "2024-05-31T16:30:00+00:00"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, kept: str) -> None:
    assert KINDS["date"].clean(written) == KINDS["calendar"].clean(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("martie 2024", "2024-03"), ("Mart. 2024", "2024-03"), ("March 2024", "2024-03"),
        ("03.2024", "2024-03"), ("2024/3", "2024-03"), ("anul 2001", "2001"), ("2001", "2001"),
    ],
)  # fmt: skip
def test_a_month_and_a_year_stay_what_they_are(written: str, kept: str) -> None:
    assert KINDS["calendar"].clean(written) == kept
    with pytest.raises(RowError):
        KINDS["date"].clean(written)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("15/03/24", "the year has two digits"),
        ("15 mart. 24", "the year has two digits"),
        ("mar-24", "the year has two digits"),
        ("45366", "number by which Excel keeps a day"),
        ("trim. I 2024", "a part of the year"),
        ("semestrul II 2024", "a part of the year"),
        ("31.02.2024", "no calendar has"),
        ("31 februarie 2024", "no calendar has"),
        ("03/15/2024", "no month where the month stands"),
        ("15.03.0024", "no calendar has"),
        ("0000", "no calendar has"),
        ("13.2024", "a month that does not exist"),
        ("15 foo 2024", "is not a date"),
        ("ma 2024", "is not a date"),
        ("iu 2024", "is not a date"),
        ("٢٠٢٤", "is not a date"),
        ("15.03-2024", "is not a date"),
        ("2024-2025", "is not a date"),
    ],
)
def test_a_date_that_is_none_or_could_be_several_is_refused(written: str, says: str) -> None:
    with pytest.raises(RowError, match=says) as caught:
        KINDS["calendar"].clean(written)
    assert caught.value.fix.ro
    assert caught.value.fix.en


@settings(deadline=None)
@given(st.dates(), st.sampled_from(["ro", "en"]), st.sampled_from(["long", "full", "d MMM y"]))
def test_every_day_that_a_computer_wrote_in_words_is_read_back(day, locale, form) -> None:
    if 1000 <= day.year <= 2999:
        assert KINDS["date"].clean(format_date(day, form, locale)) == day.isoformat()


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("percent", "10 la sută", Decimal(10)), ("percent", "2,5%", Decimal("2.5")),
        ("boolean", "✓", True), ("boolean", "Da.", True), ("boolean", "ADEVĂRAT", True),
        ("boolean", "FALSE", False), ("boolean", "x", True),
        ("url", "example.org/despre", "https://example.org/despre"),
        ("url", "WWW.Example.RO", "https://WWW.Example.RO"),
    ],
)  # fmt: skip
def test_other_kinds(kind: str, written: str, kept: object) -> None:
    assert KINDS[kind].clean(written) == kept


@pytest.mark.parametrize(
    ("kind", "written"),
    [("percent", "10-20%"), ("percent", "10 la mie"), ("boolean", "da, minimum 2"), ("boolean", "✗"),
     ("url", "contact@example.org"), ("url", "http:/example.org"), ("url", "Str.Mare"), ("url", "nu")],
)  # fmt: skip
def test_what_says_something_else_is_refused(kind: str, written: str) -> None:
    with pytest.raises(RowError):
        KINDS[kind].clean(written)


@pytest.mark.parametrize("written", ["33,333 %", "33.333%", "33,333"])
def test_no_percentage_is_a_thousand(written: str) -> None:
    assert KINDS["percent"].clean(written) == Decimal("33.333")


def test_a_sentence_that_is_cut_holds_no_half_of_a_personal_code() -> None:
    with pytest.raises(RowError) as caught:
        clean_decimal("x" * 70 + " 1800101221144")
    assert "18001" not in caught.value.message("ro")
