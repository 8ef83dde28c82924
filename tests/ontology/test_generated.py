"""What is generated and committed is fresh, and says what the Turtle files say."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from ontology import names
from ontology.compiled import compiled_json, load_compiled
from ontology.entity import Entity
from ontology.generate import jsonld_context, names_py, vocabulary_md
from ontology.loading import load_model
from ontology.reading import read_model
from ontology.turtle import HERE

NOT_ALONE = {"Resource", "EligibilityRule", "Relevance"}
"""No thing is only a resource; the others are tried inside a call and a commitment."""


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("ontology/names.py", names_py),
        ("ontology/compiled.json", lambda: compiled_json(read_model())),
        ("docs/vocabulary.md", vocabulary_md),
    ],
)
def test_every_committed_file_is_fresh(name: str, make: Callable[[], str]) -> None:
    assert (HERE.parent / name).read_text(encoding="utf-8") == make(), "run `make gen`"


def test_the_compiled_form_is_the_model() -> None:
    assert load_compiled() == read_model()
    assert compiled_json(read_model()) == compiled_json(read_model())


def test_names_hold_every_noun() -> None:
    model = load_model()
    assert typing.get_args(names.ClassName) == tuple(model.classes)
    assert typing.get_args(names.Kind) == tuple(model.kinds)
    for cls in model.classes.values():
        alias = getattr(names, f"{cls.name}Field")
        assert typing.get_args(alias) == tuple(cls.properties), cls.name


def test_the_reference_page_holds_every_word_and_no_broken_link() -> None:
    page, model = vocabulary_md(), load_model()
    anchors = {heading.lower() for heading in re.findall(r"^#+ (.+)$", page, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors
    for cls in model.classes.values():
        assert f"### {cls.name}\n" in page
        for prop in cls.properties.values():
            assert f"| `{prop.name}` |" in page
    for codes in model.codes.values():
        assert all(f"| `{value}`" in page for value in codes.codes)
    assert all(f"| `{slug}` |" in page for slug in model.topics)


@pytest.mark.parametrize("name", sorted(load_model().classes.keys() - NOT_ALONE))
def test_json_ld_says_the_same_as_turtle(
    name: str, good: Callable[[str], Entity], to_rdf: Callable[[list[Entity]], Graph]
) -> None:
    data = to_rdf([good(name)])
    context = jsonld_context()["@context"]
    text = data.serialize(format="json-ld", context=context)
    assert isomorphic(data, Graph().parse(data=text, format="json-ld"))


def test_a_field_name_in_json_ld_means_what_its_class_means_by_it() -> None:
    document = {
        **jsonld_context(),
        "@graph": [
            {"id": "https://example.org/p", "type": "Project", "status": {"id": "urn:running"}},
            {"id": "https://example.org/c", "type": "Council", "status": {"id": "urn:active"}},
        ],
    }
    data = Graph().parse(data=json.dumps(document), format="json-ld")
    paths = {str(predicate).rsplit("#", 1)[-1] for predicate in data.predicates()}
    assert {"projectStatus", "bodyStatus"} <= paths


def test_the_context_imports_nothing() -> None:
    text = json.dumps(jsonld_context())
    assert "@import" not in text
    assert jsonld_context()["@context"]["@version"] == 1.1  # type: ignore[index]
