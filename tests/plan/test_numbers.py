"""The number in a statement: how it is meant, of what, how often; and what is no such number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.plan.measures import measure
from ingest.plan.numbers import number
from ingest.plan.text import fold

LEAST, MOST, EXACT, ABOUT = "atLeast", "atMost", "exactly", "approximately"


def read(words: str):
    return measure(fold(words), words).measure


@pytest.mark.parametrize(
    ("words", "comparator", "value", "unit"),
    [
        ("Formarea a cel puțin 50 de funcționari", LEAST, 50, "person"),
        ("Formarea a minimum o sută de funcționari", LEAST, 100, "person"),
        ("Studierea a cel puțin alte 3 modele din alte orașe", LEAST, 3, "model"),
        ("Atragerea a maxim 4 parteneri locali", MOST, 4, "organisation"),
        ("cel mult doisprezece organizații", MOST, 12, "organisation"),
        ("Mobilizarea a ≤ 10 ONG-uri", MOST, 10, "organisation"),
        ("≥ 5 proiecte", LEAST, 5, "project"),
        (">= 7 proiecte", LEAST, 7, "project"),
        ("Min. 50 pers.", LEAST, 50, "person"),
        ("Instruirea a [50] de elevi", EXACT, 50, "person"),
        ("Formarea a ca. 50 de elevi", ABOUT, 50, "person"),
        ("Formarea a cel puțin cinzeci de elevi", LEAST, 50, "person"),
        ("Strângerea a 1'200 de semnături", EXACT, 1200, "item"),
        ("Alocarea a € 50.000", EXACT, 50000, "money"),
        ("Alocarea a minimum EUR 50 000", LEAST, 50000, "money"),
        ("10+ seturi de date", LEAST, 10, "dataset"),
        ("Identificare a 10 seturi de date deschise", EXACT, 10, "dataset"),
        ("Atragerea a 4 reprezentanți ai societății civile", EXACT, 4, "person"),
        ("Organizarea a două ateliere", EXACT, 2, "event"),
        ("circa 20 de voluntari", ABOUT, 20, "person"),
        ("aproximativ 30 de angajați", ABOUT, 30, "person"),
        ("cel puțin un parteneriat", LEAST, 1, "partnership"),
        ("cel puțin 1.200 de cetățeni", LEAST, 1200, "person"),
        ("10 000 de locuitori", EXACT, 10_000, "person"),
        ("o sută douăzeci de elevi", EXACT, 120, "person"),
        ("douăzeci și cinci de funcționari", EXACT, 25, "person"),
        ("trei mii cinci sute de persoane", EXACT, 3500, "person"),
        ("până la 3 surse de finanțare", MOST, 3, "funding-source"),
        ("Formarea a 20 de persoane (minimum)", LEAST, 20, "person"),
        ("cel puţin cincizeci de funcţionari", LEAST, 50, "person"),
        ("CEL PUTIN 50 DE FUNCTIONARI", LEAST, 50, "person"),
        ("Formarea a câte unui grup de lucru pe 3 teme", EXACT, 3, "working-group"),
        ("cel puțin 40 de ore de formare", LEAST, 40, "item"),
        ("Finanțarea a 3 (trei) proiecte", EXACT, 3, "project"),
        ("Finanțarea a trei (3) proiecte", EXACT, 3, "project"),
        ("atragerea a minimum 1,5 milioane de lei", LEAST, 1_500_000, "money"),
        ("un buget de 200 de mii de euro", EXACT, 200_000, "money"),
        ("atragerea a minimum 2,5 mil. lei", LEAST, 2_500_000, "money"),
        ("Formarea a min. 100 funcționari", LEAST, 100, "person"),
        ("Atragerea a max 4 parteneri locali", MOST, 4, "organisation"),
        ("≤10 proiecte", MOST, 10, "project"),
        ("Selecția a ⩽ 10 proiecte", MOST, 10, "project"),
        ("Atragerea a ~100 de voluntari", ABOUT, 100, "person"),
        ("Atragerea a ±100 de voluntari", ABOUT, 100, "person"),
        ("Atragerea a cel puțin a unui număr de 5 parteneri", LEAST, 5, "organisation"),
        ("Formarea a 50 sau mai mulți funcționari", LEAST, 50, "person"),
        ("Formarea a 50 de funcționari ori mai mult", LEAST, 50, "person"),
        ("Formarea a câte unui grup de lucru pe minimum 3 teme", LEAST, 3, "working-group"),
        ("Număr de persoane instruite: 50", EXACT, 50, "person"),
        ("Număr de persoane instruite ≥ 50", LEAST, 50, "person"),
        ("cel puțin două sute cinci zeci de angajați", LEAST, 250, "person"),
        ("Identificarea a treizecișidoi de parteneri", EXACT, 32, "organisation"),
    ],
)
def test_thresholds(words: str, comparator: str, value: float, unit: str) -> None:
    found = read(words)
    assert (found.comparator, found.value, found.unit) == (comparator, value, unit)
    assert found.lower is None
    assert found.upper is None
    assert not [note for note in measure(fold(words), words).notes if note[0] == "second"]


@pytest.mark.parametrize(
    ("words", "lower", "upper", "unit"),
    [
        ("de la 2 la 4 ateliere", 2, 4, "event"),
        ("între 3 și 5 proiecte", 3, 5, "project"),
        ("intre doua si patru ateliere", 2, 4, "event"),
        ("2-4 parteneriate", 2, 4, "partnership"),
        ("2 – 4 parteneriate", 2, 4, "partnership"),
        ("4 sau 5 proiecte", 4, 5, "project"),
        ("minim 3 - maxim 5 parteneri", 3, 5, "organisation"),
        ("minimum 3 și maximum 5 parteneri", 3, 5, "organisation"),
        ("între 5% și 10% din populație", 5, 10, "percent"),
        ("2…4 grupuri de lucru", 2, 4, "working-group"),
        ("2...4 grupuri de lucru", 2, 4, "working-group"),
        ("una sau două surse de finanțare", 1, 2, "funding-source"),
        ("≥ 3 și ≤ 5 proiecte", 3, 5, "project"),
        ("nu mai puțin de 3 și nu mai mult de 5 proiecte", 3, 5, "project"),
        ("de la două pana la patru ateliere", 2, 4, "event"),
    ],
)
def test_ranges(words: str, lower: float, upper: float, unit: str) -> None:
    found = read(words)
    assert found.comparator == "between"
    assert (found.value, found.lower, found.upper, found.unit) == (None, lower, upper, unit)


@pytest.mark.parametrize(
    ("words", "comparator", "value", "whole"),
    [
        ("atragerea a cel puțin 3% din populație ca utilizatori", LEAST, 3, "populație"),
        (
            "un procent de aproximativ 1% din populația orașului în prima ediție",
            ABOUT,
            1,
            "populația orașului",
        ),
        ("2,5 % din buget", EXACT, 2.5, "buget"),
        ("cinci la sută din locuitori", EXACT, 5, "locuitori"),
        ("peste 50% din locuitori", LEAST, 50, "locuitori"),
        ("cel puțin 1.5% din locuitori", LEAST, 1.5, "locuitori"),
    ],
)
def test_percent_is_never_a_fraction(words: str, comparator: str, value: float, whole: str) -> None:
    found = read(words)
    assert (found.comparator, found.value, found.unit) == (comparator, value, "percent")
    assert found.denominator == whole


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        ("cel puțin 5 proiecte din comunitate pe an", "P1Y"),
        ("3 rapoarte anuale", "P1Y"),
        ("trei ateliere pe trimestru", "P3M"),
        ("2 ședințe pe semestru", "P6M"),
        ("o întâlnire lunară, cu cel puțin 10 participanți", "P1M"),
        ("cel puțin 5 proiecte pe anul 2023", None),
        ("cel puțin 5 proiecte la fiecare trei luni", "P3M"),
        ("cel puțin 5 proiecte o dată la doi ani", "P2Y"),
    ],
)
def test_rates(words: str, rate: str | None) -> None:
    assert read(words).rate == rate


@pytest.mark.parametrize(
    "words",
    [
        "o strategie de participare publică de implementat în următorii 5 ani",
        "Lansarea portalului pentru transmitere și vizualizare sesizări",
        "Aprobarea prin HCL nr. 321 din 07.09.2021",
        "Strategia 2022-2027",
        "Agenda 2030",
        "a doua ediție a campaniei",
        "răspuns în termen de 30 de zile",
        "un ghid pe înțelesul tuturor",
        "conform Legii nr. 52/2003",
        "",
    ],
)
def test_what_measures_nothing(words: str) -> None:
    found = read(words)
    assert found.comparator is None
    assert found.value is None
    assert found.rate is None


def test_a_number_that_is_none_is_left_out_with_a_note() -> None:
    found = measure(fold("Colectarea a 12.00O de semnături"), "Colectarea a 12.00O de semnături")
    assert found.measure.value is None
    assert found.notes[0][0] == "unread"


@pytest.mark.parametrize(
    "words",
    [
        "Implicarea a sute de locuitori",
        "Dublarea numărului de voluntari",
        "cel puțin o duzină de ghiduri",
        "cel puțin o jumătate de milion de lei",
        "două treimi din locuitori",
        "între 5 și 3 proiecte",
    ],
)
def test_an_amount_that_is_no_number_is_no_guess(words: str) -> None:
    found = measure(fold(words), words)
    assert found.measure.value is None
    assert found.notes[0][0] == "unread"


def test_a_second_number_is_left_out_with_a_note() -> None:
    words = "Organizarea a 3 ateliere cu cel puțin 20 de participanți"
    found = measure(fold(words), words)
    assert found.measure.value == 3
    assert found.notes == (("second", "cel putin 20"),)


def test_a_strict_bound_is_said() -> None:
    words = "peste 50 de participanți"
    assert ("strict", "peste 50") in measure(fold(words), words).notes


ONES = ["", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă"]
TEENS = ["zece", "unsprezece", "doisprezece", "treisprezece", "paisprezece", "cincisprezece",
         "șaisprezece", "șaptesprezece", "optsprezece", "nouăsprezece"]  # fmt: skip
TENS = [
    "",
    "",
    "douăzeci",
    "treizeci",
    "patruzeci",
    "cincizeci",
    "șaizeci",
    "șaptezeci",
    "optzeci",
    "nouăzeci",
]


def spelt(value: int) -> str:
    """A number up to 999 999 in Romanian words."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = "o mie" if thousands == 1 else f"{spelt(thousands)} mii"
        return f"{head} {spelt(rest)}".strip() if rest else head
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        head = "o sută" if hundreds == 1 else f"{'două' if hundreds == 2 else spelt(hundreds)} sute"
        return f"{head} {spelt(rest)}" if rest else head
    if value >= 20:
        tens, ones = divmod(value, 10)
        return TENS[tens] + (f" și {ONES[ones]}" if ones else "")
    return TEENS[value - 10] if value >= 10 else ONES[value]


@given(st.integers(1, 99_999))
def test_every_number_in_words_has_its_value(value: int) -> None:
    assert number(fold(spelt(value))) == value


@given(st.integers(2, 999_999), st.sampled_from(["cel puțin ", "maxim ", "circa ", ""]))
def test_digits_and_words_mean_the_same(value: int, lead: str) -> None:
    digits = read(f"{lead}{value} de persoane")
    if 1900 <= value <= 2099 and not lead:
        assert digits.value is None, "four digits alone may be a year"
    else:
        assert digits.value == value
    grouped = f"{value:,}".replace(",", ".")
    assert read(f"cel puțin {grouped} de persoane").value == value


@given(st.text(max_size=200))
def test_no_statement_breaks_the_reader(words: str) -> None:
    folded = fold(words)
    measure(folded, folded)
