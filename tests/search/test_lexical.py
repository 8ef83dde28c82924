"""Words in the index: where they stand counts; phrases, beginnings, names and codes are found."""

import pytest

from graph.search.documents import PARTS, Document
from graph.search.lexical import Lexical, LexicalWriter
from graph.search.query import parse

DOCUMENTS = [
    Document("a", "ORGANISATION", {"ro": "Biserica Veche"}, activities={"ro": "Restaurare."}),
    Document("b", "ORGANISATION", {"ro": "Asociația B"}, activities={"ro": "Repară biserica."}),
    Document("c", "ORGANISATION", {"ro": "Asociația C"}, rest={"ro": "Biserica Veche"}),
    Document("d", "CALL", {"ro": "Apelul D"}, activities={"en": "Money for old churches."}),
    Document("e", "LEGAL_ACT", {"ro": "Legea E"}, codes=("34/1998",)),
    Document("f", "ORGANISATION", {"ro": "Veche e biserica"}, aliases=("ZZ Club",)),
    Document("g", "ACTION", {"ro": "G"}, codes=("A1.5",)),
    Document("h", "PLATFORM", {"ro": "H"}, activities={"ro": "Acțiunea A1.5 din plan."}),
    Document("i", "LEGAL_ACT", {"ro": "I"}, codes=("hcl-321-2021",)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Lexical:
    folder = tmp_path_factory.mktemp("lexical")
    writer = LexicalWriter(folder)
    for document in DOCUMENTS:
        writer.add(document, {part: document.words(part) for part in PARTS})
    writer.finish()
    return Lexical(folder)


def found(index: Lexical, text: str) -> list[str]:
    rows, _ = index.scores(parse(text), 10)
    return [DOCUMENTS[row].id for row in rows.tolist()]


def test_names_come_before_activities_before_links(index: Lexical) -> None:
    order = [id_ for id_ in found(index, "biserica") if id_ in "abc"]
    assert order == ["a", "b", "c"]


@pytest.mark.parametrize("spelt", ["bisericilor", "BISERICI", "biserică"])
def test_any_form_of_a_word_finds_it(index: Lexical, spelt: str) -> None:
    assert set(found(index, spelt)) == {"a", "b", "c", "f"}


def test_english_texts_are_found_by_english_forms(index: Lexical) -> None:
    assert found(index, "church") == ["d"]


def test_a_phrase_holds_its_order(index: Lexical) -> None:
    assert {DOCUMENTS[row].id for row in index.holding(("biserica", "veche")).tolist()} == {
        "a",
        "c",
    }


def test_a_phrase_does_not_run_over_the_end_of_a_text(index: Lexical) -> None:
    assert index.holding(("veche", "restaurare")).tolist() == []


def test_the_beginning_of_a_word_is_enough(index: Lexical) -> None:
    assert {DOCUMENTS[row].id for row in index.beginning("restaur").tolist()} == {"a"}


def test_a_thing_is_found_by_its_whole_name_and_by_its_code(index: Lexical) -> None:
    assert [DOCUMENTS[row].id for row in index.named(("zz", "club")).tolist()] == ["f"]
    assert index.named(("zz",)).tolist() == []
    assert [DOCUMENTS[row].id for row in index.coded("34/1998").tolist()] == ["e"]
    assert [DOCUMENTS[row].id for row in index.coded("321/2021").tolist()] == ["i"]


def test_a_things_own_code_comes_before_a_mention_of_it(index: Lexical) -> None:
    assert found(index, "A1.5") == ["g", "h"]
    assert [DOCUMENTS[row].id for row in index.coded("a1.5").tolist()] == ["g"]


def test_names_are_completed(index: Lexical) -> None:
    assert {DOCUMENTS[row].id for row in index.called((), "bis", 10).tolist()} == {"a", "f"}
    assert {DOCUMENTS[row].id for row in index.called(("zz",), "cl", 10).tolist()} == {"f"}


def test_an_empty_query_finds_nothing(index: Lexical) -> None:
    assert found(index, "") == []
