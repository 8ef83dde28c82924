"""The namespaces and the base: words never move, things may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import (
    FileError,
    InputError,
    ResurseError,
    RowError,
    Said,
    StoreDownError,
    StoreError,
)
from ontology.vocab import CR, PREFIXES, Base, expand, shorten


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_name_can_be_written_out_and_shortened_again(prefix: str) -> None:
    assert shorten(expand(f"{prefix}:example")) == f"{prefix}:example"


def test_an_unknown_prefix_is_an_error_and_an_unknown_iri_stays_as_it_is() -> None:
    with pytest.raises(KeyError):
        expand("nothing:example")
    assert shorten("https://example.org/x") == "https://example.org/x"


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)


@given(st.from_regex(r"[a-z]+(/[a-zA-Z0-9-]+){1,3}", fullmatch=True))
def test_an_id_comes_back_out_of_its_iri(id_: str) -> None:
    base = Base("https://example.org/city")
    assert base.id_of(base.thing(id_)) == id_
    assert Base().id_of(base.thing(id_)) is None


def test_another_base_moves_the_things_and_never_the_words() -> None:
    base = Base("https://example.org/city")
    assert base.thing("org/x") == "https://example.org/city/id/org/x"
    assert base.source_graph("a", "2030") == "https://example.org/city/graph/source/a/2030"
    assert expand("cr:Project").startswith(CR)


def test_an_identifier_scheme_comes_back_out_of_its_datatype() -> None:
    base = Base()
    assert base.scheme_of(base.scheme("ro-cui")) == "ro-cui"
    assert base.scheme_of("http://www.w3.org/2001/XMLSchema#string") is None


def test_an_error_says_where_what_and_what_to_do_in_both_languages() -> None:
    error = RowError(
        Said("suma nu este un număr.", "the amount is not a number."),
        Said("Scrieți 1200.", "Write 1200."),
        "projects.csv, row 41",
        column="amount",
    )
    assert error.message("ro") == "projects.csv, rândul 41: suma nu este un număr. Scrieți 1200."
    assert str(error) == "projects.csv, row 41: the amount is not a number. Write 1200."


def test_errors_can_be_caught_by_what_they_mean() -> None:
    assert issubclass(FileError, InputError)
    assert issubclass(StoreDownError, StoreError)
    assert issubclass(InputError, ResurseError)


def test_every_error_has_a_code_of_its_own() -> None:
    def below(cls: type[ResurseError]) -> list[type[ResurseError]]:
        return [cls, *(deep for child in cls.__subclasses__() for deep in below(child))]

    ours = [cls for cls in below(ResurseError) if cls.__module__ == "ontology.errors"]
    codes = [cls.code for cls in ours]
    assert len(set(codes)) == len(codes)
