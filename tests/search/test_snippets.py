"""The passage that answers, as it is written, its words marked and all else escaped."""

import unicodedata

from graph.search.documents import Document
from graph.search.snippets import LENGTH, Finder, snippet

TEXT = "Cursuri de dans și de muzică pentru tinerii orașului <b>nostru</b>."
ONE = Document(
    "a", "ORGANISATION", {"ro": "Școala de Arte"}, activities={"ro": TEXT, "en": "Dance lessons."}
)


def shown(words: tuple[str, ...], lang: str = "ro", document: Document = ONE) -> str:
    return snippet(document, Finder.of(words, {}), lang) or ""


def test_words_are_marked_as_they_are_written() -> None:
    assert "pentru <em>tinerii</em> <em>orașului</em>" in shown(("tineri", "oras"))


def test_all_else_is_escaped() -> None:
    assert "&lt;b&gt;nostru&lt;/b&gt;" in shown(("dans",))


def test_composed_and_decomposed_texts_are_marked_alike() -> None:
    apart = Document(
        "a", "ORGANISATION", {"ro": "X"}, activities={"ro": unicodedata.normalize("NFD", TEXT)}
    )
    assert "<em>orașului</em>" in shown(("oras",), document=apart)


def test_the_passage_with_most_words_is_chosen_and_the_language_preferred() -> None:
    assert shown(("dance",), "ro") == "<em>Dance</em> lessons."
    assert shown(("scoala",), "en") == "<em>Școala</em> de Arte"
    assert shown(("nimic",), "en") == "Dance lessons."


def test_a_word_that_looks_alike_is_marked() -> None:
    finder = Finder.of(("muzicieni",), {"muzica": "muzicieni"})
    assert "<em>muzică</em>" in (snippet(ONE, finder, "ro") or "")


def test_a_long_text_is_cut_between_words_around_its_answers() -> None:
    long = "umplutură " * 60 + "aici se dansează tango " + "altceva " * 60
    made = shown(("tango",), document=Document("a", "X", {"ro": "N"}, activities={"ro": long}))
    assert "<em>tango</em>" in made
    assert made.startswith("…")
    assert made.endswith("…")
    assert len(made) < LENGTH + 30
    assert set(made.replace("<em>", "").replace("</em>", "").strip("…").split()) <= set(
        long.split()
    )


def test_a_thing_that_says_nothing_has_no_passage() -> None:
    assert snippet(Document("a", "X", {}), Finder.of(("dans",), {}), "ro") is None
