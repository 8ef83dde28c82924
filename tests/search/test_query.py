"""What somebody typed, taken apart; what is no operator is words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.query import MOST_WORDS, parse


def test_words_of_asking_are_left_out() -> None:
    assert parse("Cine organizează cursuri de dans?").words == ("organizeaza", "cursuri", "dans")
    assert parse("where can I find help for seniors").words == ("seniors",)


@pytest.mark.parametrize("said", ["legea 350 din 2005", "Law 350 of 2005", "Legea nr. 350/2005"])
def test_an_act_is_cited_by_its_number_and_year(said: str) -> None:
    assert parse(said).codes == ("350/2005",)


@pytest.mark.parametrize(
    "quoted", ['"capitala europeană"', "„capitala europeană”", "«capitala europeana»"]
)
def test_quotes_make_a_phrase(quoted: str) -> None:
    query = parse(quoted)
    assert query.phrases == (("capitala", "europeana"),)
    assert query.words == ("capitala", "europeana")


def test_a_minus_before_a_word_leaves_it_out() -> None:
    query = parse('dans -sportiv -"dans popular" 2022-2023')
    assert query.excluded == (("sportiv",), ("dans", "popular"))
    assert "2022-2023" in query.codes


@pytest.mark.parametrize(
    ("typed", "narrowed"),
    [
        ("kind:call", ("kind", "call")),
        ("tip:apel", ("kind", "apel")),
        ("an:2024", ("year", "2024")),
        ('tema:"arte vizuale"', ("topic", "arte vizuale")),
    ],
)
def test_a_known_field_narrows(typed: str, narrowed: tuple[str, str]) -> None:
    assert parse(typed).narrowed == (narrowed,)


def test_an_unknown_field_is_words() -> None:
    query = parse("program:cultura https://example.org")
    assert query.narrowed == ()
    assert {"program", "cultura", "https", "example"} <= set(query.words)


def test_a_star_is_the_beginning_of_a_word() -> None:
    assert parse("bicicl*").prefixes == ("bicicl",)


@pytest.mark.parametrize("code", ["a1.5", "34/1998", "14756536", "hcl-321"])
def test_codes_are_kept_as_typed(code: str) -> None:
    assert parse(f"legea {code}").codes == (code,)


@given(st.text(max_size=400))
def test_no_text_fails(text: str) -> None:
    query = parse(text)
    assert len(query.words) <= MOST_WORDS


def test_a_long_text_is_read_to_a_limit() -> None:
    assert len(parse("cuvânt " * 3_000 + "altul").words) == 1
