"""The gate speaks to people: one sentence, where, what, what to do, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ontology.constraints import fiscal_digit_fits
from ontology.entity import Entity, Value
from ontology.errors import FileError, UnknownWordError
from ontology.model import VIOLATION
from ontology.rdf_file import read_rdf
from ontology.shacl import check_file
from ontology.validate import check, inspect

Good = Callable[[str], Entity]


def test_a_sentence_says_where_what_and_what_to_do(good: Good) -> None:
    call = good("Call")
    call.values["minGrant"] = [Value(500.0)]
    finding = inspect([call]).findings[0]
    assert finding.sentence("en") == (
        "exemplu.csv, row 2: 'smallest grant' (500.0) is greater than 'largest grant'. "
        "Check the two values."
    )
    assert finding.sentence("ro") == (
        "exemplu.csv, row 2: „finanțare minimă” (500.0) este mai mare decât „finanțare maximă”. "
        "Verificați cele două valori."
    )


def test_a_code_outside_the_list_is_answered_with_the_list(good: Good) -> None:
    platform = good("Platform")
    platform.values["status"] = [Value("open")]
    sentence = inspect([platform]).findings[0].sentence()
    assert "'open' is not in the list 'states of platforms'" in sentence
    assert "promised, live, retired, unknown" in sentence


def test_a_personal_code_is_never_repeated(good: Good) -> None:
    organisation = good("Organisation")
    organisation.add("identifiers", "1960101350011", scheme="ro-cui")
    for error in check([organisation]):
        assert "1960101350011" not in error.message("ro") + error.message("en") + error.value


def test_a_long_value_is_cut(good: Good) -> None:
    organisation = good("Organisation")
    organisation.values["homepage"] = [Value("ftp://" + "x" * 500)]
    assert len(inspect([organisation]).findings[0].value) <= 80


def test_the_gravest_comes_first(good: Good) -> None:
    call = good("Call")
    for name in ("edition", "closes", "programme"):
        call.values.pop(name)
    report = inspect([call])
    assert [f.severity for f in report.findings] == ["violation", "warning", "info"]
    assert report.counts() == {"violation": 1, "warning": 1, "info": 1}
    assert [f.field for f in report.of(VIOLATION)] == ["programme"]


def test_a_part_is_named_itself(good: Good) -> None:
    call = good("Call")
    rule = call.first("rules")
    assert isinstance(rule, Entity)
    rule.values.pop("kind")
    finding = inspect([call]).findings[0]
    assert (finding.subject, finding.type) == ("call/exemplu/2030/rule/1", "EligibilityRule")


def test_a_part_of_the_wrong_class_is_refused(good: Good) -> None:
    call = good("Call")
    call.values["rules"] = [Value(good("Place"))]
    assert [e.column for e in check([call])] == ["rules"]


def test_a_rule_that_lists_legal_forms_is_of_none_of_them(good: Good) -> None:
    rule = good("Call").first("rules")
    assert isinstance(rule, Entity)
    assert rule.types() == (rule.cls.iri,)
    assert len(good("Organisation").types()) == 2


def test_an_entity_refuses_words_that_its_class_does_not_have(good: Good) -> None:
    with pytest.raises(UnknownWordError, match="Grant has no field 'state'"):
        good("Grant").add("state", "OPEN")
    with pytest.raises(UnknownWordError, match="follows from the other end"):
        good("Organisation").add("projects", "project/exemplu")


@pytest.mark.parametrize(
    ("digits", "fits"), [("14399840", True), ("412052", True), ("14399841", False)]
)
def test_the_check_digit_of_a_fiscal_code(digits: str, fits: bool) -> None:
    assert fiscal_digit_fits(digits) == fits


def test_a_file_of_somebody_else_is_checked_without_taking_it_in(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text(
        """@prefix cr: <https://w3id.org/resurse/ns#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/resurse/id/grant/x> a cr:Grant ; skos:prefLabel "Exemplu"@ro ;
            cr:amount "many" .""",
        encoding="utf-8",
    )
    report = check_file(path)
    told = {(f.subject, f.field, f.severity) for f in report.findings}
    assert ("grant/x", "amount", "violation") in told
    assert ("grant/x", "currency", "violation") in told
    assert all(f.sentence("ro") and f.sentence("en") for f in report.findings)


def test_a_file_about_something_else_is_no_silent_success(tmp_path: Path) -> None:
    path = tmp_path / "data.ttl"
    path.write_text("<urn:a> a <urn:Thing> .", encoding="utf-8")
    assert "nothing in the file is of a class of ours" in check_file(path).findings[0].sentence()


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("broken.ttl", "<a> <b", "cannot be read as turtle"),
        ("table.csv", "a,b", "is no RDF file"),
        ("empty.jsonld", "", "cannot be read as json-ld"),
        ("far.jsonld", '{"@context": "https://example.org/context"}', "is an address"),
        ("deep.jsonld", '{"a": [{"@context": ["https://example.org/c"]}]}', "is an address"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=says):
        read_rdf(path)


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_rdf(tmp_path / "nothing.ttl")
