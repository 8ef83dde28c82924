"""`resurse ref` explains every word of the vocabulary in both languages."""

from __future__ import annotations

import pytest

from ontology.errors import UnknownWordError
from ontology.loading import load_model
from ontology.reference import describe


def test_without_a_name_it_shows_everything() -> None:
    model, overview = load_model(), describe()
    first_cells = [row[0] for table in overview.tables for row in table.rows("en")]
    assert first_cells == [*model.classes, *model.codes, *model.topics]


@pytest.mark.parametrize("name", ["Call", "call", "CALL"])
def test_a_class_or_kind_is_explained_field_by_field(name: str) -> None:
    found = describe(name)
    assert found.name == "Call"
    assert [row[0] for row in found.tables[0].rows("ro")] == list(
        load_model().cls("Call").properties
    )


def test_every_word_can_be_explained_in_both_languages() -> None:
    model = load_model()
    for name in [*model.classes, *model.codes, *model.topics]:
        found = describe(name)
        for lang in ("ro", "en"):
            assert found.title(lang)
            assert found.definition(lang)
            for table in found.tables:
                assert all(len(row) == len(table.columns) for row in table.rows(lang))


def test_a_required_field_says_so() -> None:
    rows = {row[0]: row for row in describe("Call").tables[0].rows("en")}
    assert "required" in rows["programme"][3]
    assert "from the other end" in rows["grants"][3]
    assert "≥ 0" in rows["budget"][3]


def test_a_topic_is_explained_with_its_links() -> None:
    found = describe("topic/open-data")
    assert ["broader topic", "open-government"] in found.tables[1].rows("en")


def test_an_unknown_word_is_answered_with_the_closest() -> None:
    with pytest.raises(UnknownWordError, match=r"no 'Organization'\. Perhaps: Organisation"):
        describe("Organization")
    with pytest.raises(UnknownWordError, match="shows every word"):
        describe("zzzz")


def test_it_can_be_told_as_json() -> None:
    told = describe("LegalForm").as_json()
    assert told["title"] == {"ro": "LegalForm: forme juridice", "en": "LegalForm: legal forms"}
    assert told["tables"][0]["rows"][0]["name"] == "association"
