"""Same, ask or none: pairs of names as registers, the press and people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.identity import Index, Party, Stats, compare, resolve

PAIRS = [
    # spellings of one body
    ("same", "Asociația LOGS – Grup de Inițiative Sociale", "ASOC. LOGS"),
    ("same", "Asociația Eco Stuff", "EcoStuff"),
    ("same", "Asociația Culturală Diogene", "Asociația Diogene"),
    (
        "same",
        "Liceul Teoretic „D. Obradovici” Timișoara",
        "Liceul Teoretic Dositei Obradovici Timișoara",
    ),
    (
        "same",
        "Universitatea de Medicină „Victor Babeș” din Timișoara",
        "Universitatea de Medicină și Farmacie „Victor Babeș” Timișoara",
    ),
    ("same", "Asociația Contrasens", "Asociația Contrasesns"),
    ("same", "Teatrul German Timișoara", "Teatrul German de Stat Timișoara"),
    ("same", "Inspectoratul Școlar Timiș", "Inspectoratul Școlar Județean Timiș"),
    ("same", "Salvați Copiii – Filiala Timișoara", "Salvați Copiii – Filiala Timiș"),
    # numbers and places must agree
    ("none", "Școala Gimnazială nr. 25", "Școala Gimnazială nr. 30"),
    ("none", "Fundația Comunitară Timișoara", "Fundația Comunitară Cluj"),
    ("none", "Consiliul Județean Timiș", "Consiliul Județean Arad"),
    ("none", "Pro Democrația – Club Timișoara", "Pro Democrația – Club Arad"),
    ("ask", "Fundația Timișoara Nord '89", "Fundația Timișoara Nord"),
    # other bodies with words in common
    ("none", "Universitatea de Vest din Timișoara", "Universitatea Politehnica Timișoara"),
    ("none", "Universitatea de Vest din Timișoara", "Universitatea de Vest „Vasile Goldiș” Arad"),
    ("none", "Asociația Sportivă Bega", "Asociația Sportivă Ripensia"),
    (
        "none",
        "Spitalul Clinic Județean de Urgență Timișoara",
        "Spitalul Clinic Municipal de Urgență Timișoara",
    ),
    ("none", "Inspectoratul de Poliție Județean Timiș", "Inspectoratul de Jandarmi Județean Timiș"),
    ("none", "Primăria Municipiului Timișoara", "Consiliul Local al Municipiului Timișoara"),
    ("none", "Primăria Municipiului Timișoara", "Direcția de Mediu a Municipiului Timișoara"),
    ("none", "Teatrul German de Stat Timișoara", "Teatrul Maghiar de Stat Timișoara"),
    ("none", "Asociația Tribul Artistic", "Asociația Trib’Art"),
    ("none", "Ministerul Culturii din Republica Moldova", "Ministerul Culturii din România"),
    ("none", "Fundația Comunitară Timișoara", "Comunitatea Evreilor din Timișoara"),
    ("none", "Primăria Giroc, jud. Timiș", "Primăria Timișoara"),
    ("none", "Primăria Comunei Giroc, jud. Timiș", "Comuna Gottlob"),
    # what a person must say
    ("ask", "Asociația Speranța pentru Viitor", "Asociația Speranța în Viitor"),
    ("ask", "Visit Timișoara", "Visit Timiș"),
    ("ask", "Asociația Natura", "Asociația Natura din România"),
    ("ask", "Societatea Română de Astronomie", "Societatea Română pentru Astronomie Culturală"),
    ("ask", "GAL Timiș", "GAL Timișoara"),
    (
        "ask",
        "Universitatea de Vest din Timișoara (Facultatea de Drept)",
        "Universitatea de Vest din Timișoara",
    ),
    ("ask", "CJT Timiș", "Consiliul Județean Timiș"),
    ("ask", "Asociația Calina", "Fundația Calina"),
    ("ask", "Fundația Universității de Vest din Timișoara", "Universitatea de Vest din Timișoara"),
    ("ask", "Uniunea Scriitorilor – Filiala Timișoara", "Uniunea Scriitorilor"),
    ("ask", "United Way România", "United Way Timișoara"),
    ("ask", "Rotary Club Timișoara", "Rotary Club Timișoara Cetate"),
    ("ask", "Universitatea Politehnica", "Universitatea Politehnica Timișoara"),
]


@pytest.mark.parametrize(("outcome", "one", "other"), PAIRS)
def test_a_pair_has_its_answer(outcome: str, one: str, other: str, city_index: Index) -> None:
    a, b = Party("a", (one,)), Party("b", (other,))
    judged = compare(a, b, city_index.stats)
    assert judged.outcome == outcome, judged
    assert compare(b, a, city_index.stats).score == judged.score


def test_a_body_known_under_both_forms_is_one() -> None:
    held = Party("b", ("Asociația Micile Comori", "Fundația „Micile Comori”"))
    assert compare(Party("a", ("Fundația Micile Comori",)), held).outcome == "same"
    apart = Party("b", ("Asociația Micile Comori",))
    assert compare(Party("a", ("Fundația Micile Comori",)), apart).outcome == "ask"


def test_a_town_that_goes_without_saying_may_be_missing(city_index: Index) -> None:
    held = Party("b", ("Asociația Druckeria",))
    named = Party("a", ("Asociația Druckeria Timișoara",))
    assert compare(named, held, city_index.stats).outcome == "same"
    assert compare(named, held, Stats()).outcome == "ask"
    elsewhere = Party("c", ("Asociația Druckeria Iași",))
    assert compare(elsewhere, held, city_index.stats).outcome == "ask"


def test_another_city_is_a_question_at_most() -> None:
    a = Party("a", ("Asociația Portic",), city="Timișoara")
    b = Party("b", ("Asociația Portic",), city="Oradea")
    assert compare(a, b).outcome == "ask"


def test_every_reason_is_a_sentence_in_both_languages(city_index: Index) -> None:
    for _, one, other in PAIRS:
        judged = compare(Party("a", (one,)), Party("b", (other,)), city_index.stats)
        for feature in judged.features:
            assert 0.0 <= feature.score <= 1.0
            assert len(feature.text.ro) > 8
            assert feature.text.ro != feature.text.en
    assert "numerele diferă: 25 și 30" in " ".join(
        compare(
            Party("a", ("Școala Gimnazială nr. 25",)), Party("b", ("Școala Gimnazială nr. 30",))
        ).why("ro")
    )


def test_a_party_without_names_is_nobody() -> None:
    assert compare(Party("a", ()), Party("b", ("Asociația X",))).outcome == "none"
    assert compare(Party("a", ("!",)), Party("b", ("?",))).outcome == "none"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_comparing_is_symmetric_and_bounded(city_parties: list[Party], data: st.DataObject) -> None:
    a = data.draw(st.sampled_from(city_parties))
    b = data.draw(st.sampled_from(city_parties))
    stats = Index(city_parties[:50]).stats
    one, other = compare(a, b, stats), compare(b, a, stats)
    assert one.score == pytest.approx(other.score)
    assert one.outcome == other.outcome
    assert 0.0 <= one.score <= 1.0


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
@settings(deadline=None)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    a, b = Party("a", (one,)), Party("b", (other,))
    assert compare(a, b).score == pytest.approx(compare(b, a).score)


def test_everybody_is_itself(city_parties: list[Party], city_index: Index) -> None:
    for party in city_parties:
        assert compare(party, party, city_index.stats).outcome == "same"


def test_spelling_never_changes_who_it_is(city_parties: list[Party], city_index: Index) -> None:
    old_letters = str.maketrans("șțȘȚăâîĂÂÎ", "stSTaaiAAI")
    for party in city_parties:
        for written in (party.label.translate(old_letters).upper(), f"„{party.label}”"):
            answer = resolve(Party("row", (written,)), city_index)
            assert (answer.answer, answer.id) == ("same", party.id), written


def test_no_two_bodies_of_the_city_are_merged(city_parties: list[Party], city_index: Index) -> None:
    for party in city_parties:
        merged = [c.right for c in city_index.candidates(party) if c.outcome == "same"]
        assert merged == [], party.label
