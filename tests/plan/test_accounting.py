"""Nothing of a document is lost in silence, and no number is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.plan.measures import measure
from ingest.plan.numbers import NUMBER, number
from ingest.plan.read import read_text
from ingest.plan.records import Source
from ingest.plan.text import fold, make_text

QUICK = settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


def yaml_of(words: str) -> str:
    return " ".join(fold(read_text(make_text(words), Source()).to_yaml()).split())


def places(text: str) -> list[int]:
    """Where a word may be put in: before a word, outside tags and the contents list."""
    start = text.index("1. Detalii", text.index("Cuprins") + 60)
    outside = re.sub(r"<[^<>]*>", lambda m: "#" * len(m[0]), text)
    return [m.start() for m in re.finditer(r"(?<=\s)(?=\w)", outside) if m.start() > start]


@QUICK
@given(data=st.data())
def test_a_word_put_in_anywhere_is_found_again(data, bundled_paper, papers) -> None:
    text = papers.published(bundled_paper)
    at = data.draw(st.sampled_from(places(text)))
    assert "zorzonelu" in yaml_of(text[:at] + "Zorzonelu " + text[at:])


@QUICK
@given(data=st.data())
def test_a_paragraph_put_in_anywhere_is_found_again(data, bundled_paper, papers) -> None:
    text = papers.published(bundled_paper)
    at = data.draw(st.sampled_from([m.end() for m in re.finditer(r"\n\n", text)]))
    made = yaml_of(text[:at] + "Zorzonelu merge joi la târg.\n\n" + text[at:])
    assert "zorzonelu merge joi la targ" in made


@QUICK
@given(data=st.data())
def test_every_word_before_a_cut_is_found_again(data, bundled_paper, papers) -> None:
    """What is left of a cut document: each of its words is in the YAML (headings and tags aside)."""
    text = papers.published(bundled_paper)
    at = data.draw(st.sampled_from(places(text)))
    made = set(re.findall(r"\w+", yaml_of(text[:at] + " Zorzonelu")))
    tail = re.sub(r"<[^<>]*>", " ", text[max(0, at - 300) : at])
    assert at < text.index("A1:") or "zorzonelu" in made
    words = [word for word in re.findall(r"\w{6,}", fold(tail)) if not word.isdigit()]
    headings = set(re.findall(r"\w+", "descriere obiectiv general context problema vizata posibili actori implicati relevanta locala "
                              "nationala internationala rezultate tintite calendar estimativ actiuni angajamentele asumate viziunea termen"))  # fmt: skip
    lost = [word for word in words[1:] if word not in made | headings]
    assert at < text.index("A1:") or not lost


@pytest.mark.parametrize(
    "line",
    ["Buget estimat: 250.000 lei", "Responsabil: Direcția Generală", "Riscuri: lipsa banilor"],
)
def test_a_heading_that_the_template_lacks_is_said(line: str, read) -> None:
    doc = read(
        "A1: Titlu\n\nDescriere:\n\nCeva pe larg.\n\nRezultate țintite:\n\n- Instruirea a 5 elevi\n\n"
        f"{line}\n\nCalendar estimativ: mai 2024\n\nAcțiuni:\n\n- A1.1 Hartă\n"
    )
    assert [target.value for target in doc.commitments[0].targets] == [5]
    assert any(line in one.message and "nu s-a citit" in one.message for one in doc.warnings)


def test_what_stands_before_the_commitments_is_kept(read) -> None:
    doc = read(
        "Primăria\n\nPlan local de acțiune 2024 - 2025\n\nAm lucrat un an la el.\n\nA1: Titlu\n\nDescriere:\n\nCeva.\n"
    )
    assert [one.evidence.text for one in doc.rest] == ["Primăria", "Am lucrat un an la el."]


STATEMENT = st.lists(
    st.sampled_from(
        ["cel puțin", "minimum", "maximum", "între", "și", "de la", "la", "3", "25", "1.000", "2,5", "o sută", "douăzeci",
         "și cinci", "trei mii", "%", "la sută", "de", "persoane", "proiecte", "pe an", "lunar", "(5)", "-", "–", "sau",
         "din populație", "2023", "jumătate", "zeci de", "/", "≤", "+", "a", "un", "dublu", "cel mult", "nr."]
    ),
    min_size=1, max_size=9,
)  # fmt: skip


@settings(deadline=None)
@given(STATEMENT)
def test_no_number_is_invented(words: list[str]) -> None:
    """Every number of a measure is written in the statement, in digits or in words."""
    shown = "Instruirea a " + " ".join(words)
    made = measure(fold(shown), shown).measure
    spelled = {number(m[0]) for m in re.finditer(NUMBER, fold(shown))}
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            spelled.add(number(fold(" ".join(words[start:end]).strip("()"))))
    for value in (made.value, made.lower, made.upper):
        assert value is None or value in spelled
