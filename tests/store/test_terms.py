"""Terms: what equals what, and that our spelling is the engine's canonical one."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Blank, Iri, Literal, Quad, Triple
from graph.store.convert import QuadReader, term_in, term_out
from graph.store.nquads import sorted_lines
from graph.store.terms import LANG_STRING, XSD_STRING, spell, spell_quad

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_language_makes_a_language_string() -> None:
    assert Literal("ș", lang="RO") == Literal("ș", LANG_STRING, "ro")
    assert Literal("ș") == Literal("ș", XSD_STRING, None)
    assert Literal("ș") != Literal("ș", lang="ro")


def test_kinds_of_terms_do_not_mix() -> None:
    assert len({Iri("a"), Blank("_:a"), Literal("a")}) == 3
    assert Iri("http://a").value == "http://a"


@given(TEXT, st.sampled_from([None, "ro", "en-GB"]))
def test_literals_are_spelt_as_the_engine_spells_them(text: str, lang: str | None) -> None:
    literal = Literal(text, lang=lang)
    assert spell(literal) == str(term_out(literal))
    assert term_in(term_out(literal)) == literal


@given(TEXT)
def test_a_line_of_ours_parses_into_the_same_statement(text: str) -> None:
    quad = Quad(Iri("http://s"), Iri("http://p"), Literal(text), Iri("http://g"))
    (back,) = ox.parse(spell_quad(quad), ox.RdfFormat.N_QUADS)
    assert QuadReader()(back) == quad
    assert quad.triple == Triple(*quad[:3])


@given(st.lists(st.integers(0, 50)), st.integers(1, 7))
def test_sorting_on_disk_equals_sorting_in_memory(numbers: list[int], chunk: int) -> None:
    lines = [f"{number:03}\n".encode() for number in numbers]
    assert list(sorted_lines(lines, chunk)) == sorted(set(lines))
