"""One folding for documents and queries: every spelling of the same words is the same text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.text import fold, stem, tokens

CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Învățământ", "invatamant"),
        ("ŞCOALĂ ţară", "scoala tara"),
        ("s\u0326coala\u0306", "scoala"),
        ("„Casa” «noastră» “x” ‘y’", '"casa" "noastra" "x" \'y\''),
        ("2022–2023 — azi", "2022-2023 - azi"),
        ("ﬁnanțare Straße Œuvre Łódź", "finantare strasse oeuvre lodz"),
        ("a\u00adb c\u200bd e\u202ef", "ab cd ef"),
        ("a\tb\nc\x00d  e", "a b c d e"),
        ("İstanbul ıslak", "istanbul islak"),
        ("x\ud800y", "xy"),
        ("", ""),
    ],
)
def test_a_text_is_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aăâbcdefghiîjklmnopqrsștțuvwxyzĂÂÎȘȚ „”-", max_size=80))
def test_four_spellings_are_one_text(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    spelt = [text, text.translate(CEDILLA), unicodedata.normalize("NFD", text), bare]
    assert len({fold(one) for one in spelt}) == 1


@given(st.text(max_size=200))
def test_tokens_are_letters_and_digits(text: str) -> None:
    assert all(token.isalnum() or any(map(str.isalnum, token)) for token in tokens(text))
    assert not any("_" in token or " " in token for token in tokens(text))


@pytest.mark.parametrize(
    "forms",
    [
        ("biserică", "biserici", "bisericilor"),
        ("voluntar", "voluntari", "voluntariat"),
        ("sănătate", "sănătatea", "sănătății"),
        ("învățământ", "învățământul", "învățământului"),
    ],
)
def test_forms_of_a_romanian_word_share_a_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(fold(form), "ro") for form in forms}) == 1


def test_english_words_are_stemmed_as_english() -> None:
    assert stem("cycling", "en") == stem("cycle", "en") == "cycl"
