"""Fiscal codes decide; personal codes are refused and never repeated."""

from __future__ import annotations

import pytest

from ingest.identity import Party, clean_cui, compare, personal_code
from ingest.identity.hosts import host_of
from ontology.errors import RowError

PERSON = "1800101221144"
"""A synthetic personal numeric code whose check digit agrees."""


@pytest.mark.parametrize("written", ["14756536", "RO14756536", "RO 147 565 36", " ro14756536 "])
def test_a_fiscal_code_in_any_writing(written: str) -> None:
    assert clean_cui(written) == "14756536"


def test_an_empty_code_is_none() -> None:
    assert clean_cui("  ") is None


@pytest.mark.parametrize("written", ["14756537", "RO1", "abc", "12345678901"])
def test_a_wrong_check_digit_is_refused_with_the_value(written: str) -> None:
    with pytest.raises(RowError) as caught:
        clean_cui(written)
    assert written in caught.value.message("ro")
    assert written in caught.value.message("en")


@pytest.mark.parametrize("written", [PERSON, "1234567890123", f"RO {PERSON}", "180-0101-221144"])
def test_thirteen_digits_are_a_person_and_never_repeated(written: str) -> None:
    with pytest.raises(RowError) as caught:
        clean_cui(written)
    said = caught.value.message("ro") + caught.value.message("en") + caught.value.value
    assert not any(len(run) > 2 for run in "".join(c if c.isdigit() else " " for c in said).split())


def test_a_party_refuses_a_personal_code() -> None:
    with pytest.raises(RowError):
        Party("x", ("Ion",), cui=PERSON)


def test_a_personal_code_is_seen_in_running_text() -> None:
    assert personal_code(f"PF Ion {PERSON}")
    assert not personal_code("telefon 0256 408 300, cont 1234567890123")


def test_one_code_is_one_body_whatever_the_names() -> None:
    a = Party("a", ("Primăria",), cui="RO 14756536")
    b = Party("b", ("Municipiul Timișoara",), cui="14756536")
    judged = compare(a, b)
    assert (judged.outcome, judged.features[0].name) == ("same", "identifier")


def test_two_codes_are_never_merged() -> None:
    a = Party("a", ("Asociația Bega",), cui="14756536")
    b = Party("b", ("Asociația Bega",), cui="4250670")
    judged = compare(a, b)
    assert judged.outcome == "ask"
    assert "14756536" in judged.why("ro")[0]


def test_a_website_counts_only_when_it_is_ones_own() -> None:
    assert host_of("https://www.fitt.ro/despre") == "fitt.ro"
    assert host_of("fitt.ro") == "fitt.ro"
    assert host_of("https://www.facebook.com/fitt") is None
    assert host_of("http://[") is None
    a = Party("a", ("Grupul Xilo Zumba",), website="https://xilo.example.org")
    b = Party("b", ("Grupul Xilo",), website="http://www.xilo.example.org/ro")
    apart = compare(a, Party("b", ("Grupul Xilo",)))
    assert compare(a, b).score > apart.score
