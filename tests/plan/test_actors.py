"""Who is named, who is a sort of actors, and which category is left open."""

from __future__ import annotations

import pytest

from ingest.plan.actors import read_actors
from ingest.plan.items import Item
from ingest.plan.text import make_text


def read(words: str) -> list[tuple[str, str, str]]:
    """(N, G or O; name; sort or category)."""
    text = make_text(words)
    found = []
    for actor, _ in read_actors(text, [Item([(0, len(text.clean))])]):
        kind = "G" if actor.generic else "O" if actor.category else "N"
        found.append((kind, actor.name, actor.generic or actor.category or ""))
    return found


def names(words: str) -> list[str]:
    return [name for _, name, _ in read(words)]


@pytest.mark.parametrize(
    "name",
    [
        "Fundația Comunitară Iași",
        "Agenția pentru Informarea și Dezvoltarea Organizațiilor Neguvernamentale",
        "Asociația „Iașul Iubește Teii”",
        "Universitatea „Alexandru Ioan Cuza”",
        "Camera de Comerț și Industrie Cluj",
        "Consiliul Consultativ al Tinerilor",
        "Fundația Județeană pentru Tineret (FJT)",
        "Habitat for Humanity",
        "Salvați Copiii",
        "Platforma Circumvolut",
        "Primăria Municipiului Cluj-Napoca",
        "ARIES",
    ],
)
def test_a_name_is_one_named_actor(name: str) -> None:
    assert read(name) == [("N", name, "")]


@pytest.mark.parametrize(
    ("words", "sort"),
    [
        ("Universități", "universități"),
        ("Universitățile", "universități"),
        ("alte ONG-uri", "ONG-uri"),
        ("cetățeni implicați civic", "cetățeni"),
        ("cetățeni implicați la nivel individual", "cetățeni"),
        ("experți", "experți"),
        ("Experți și formatori acreditați", "experți și formatori"),
        ("Organizații Neguvernamentale", "organizații neguvernamentale"),
        ("grupuri de acțiune", "grupuri de acțiune"),
        ("grupuri informale", "grupuri informale"),
        ("Toate instituțiile publice", "instituții publice"),
        ("mediul de afaceri", "mediul de afaceri"),
        ("orice persoană interesată", "persoană"),
        ("Comunitatea", "comunitatea"),
        ("Bloggeri locali", "bloggeri locali"),
        ("universitățile din Timișoara", "universități"),
    ],
)
def test_a_sort_is_worded_alike_everywhere(words: str, sort: str) -> None:
    assert read(words) == [("G", words, sort)]


def test_councils_in_a_bracket_and_an_open_end() -> None:
    assert read("Consilii Consultative (al Tinerilor, de Cartier etc.)") == [
        ("N", "Consilii Consultative al Tinerilor", ""),
        ("N", "Consilii Consultative de Cartier", ""),
        ("O", "Consilii Consultative etc.", "consilii consultative"),
    ]


def test_a_closed_bracket_leaves_nothing_open() -> None:
    assert [kind for kind, _, _ in read("Consilii Consultative (al Tinerilor, de Cartier)")] == [
        "N",
        "N",
    ]


def test_names_in_a_bracket_after_a_sort() -> None:
    assert read("Universități (UVT, UPT)") == [("N", "UVT", ""), ("N", "UPT", "")]


def test_a_shared_noun_is_given_to_both() -> None:
    assert names("OGP Național și Global") == ["OGP Național", "OGP Global"]
    assert names("Mediul academic și cel economic") == ["Mediul academic", "Mediul economic"]


def test_a_missing_comma_is_seen() -> None:
    assert names("Institutul Intercultural Timișoara Consilii Consultative (al Tinerilor)") == [
        "Institutul Intercultural Timișoara", "Consilii Consultative al Tinerilor",
    ]  # fmt: skip


def test_two_sorts_and_two_names_joined_by_and() -> None:
    assert names("instituții publice și actori privați") == ["instituții publice", "actori privați"]
    assert names("Universitatea de Vest și Fundația Orașul Viu") == [
        "Universitatea de Vest",
        "Fundația Orașul Viu",
    ]
    assert names("Rotary Club Cluj și alte ONG-uri") == ["Rotary Club Cluj", "alte ONG-uri"]


def test_bare_nouns_joined_by_and_are_two_but_a_shared_adjective_keeps_them_one() -> None:
    assert names("școli și licee") == ["școli", "licee"]
    assert names("ONG-uri și cetățeni activi") == ["ONG-uri", "cetățeni activi"]
    assert names("Experți și formatori acreditați") == ["Experți și formatori acreditați"]


def test_an_unclosed_bracket_loses_nobody() -> None:
    assert "grupuri informale" in " ".join(names("ONG-uri (Asociația X, grupuri informale"))
