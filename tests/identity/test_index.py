"""The index compares few pairs and misses none that comparing every pair would find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue.base import Record
from ingest.identity import PLAIN, Index, Party, compare, held, party_of, postings, resolve
from tests.bench.bench_identity import bench


def test_nothing_is_missed_that_all_pairs_find(
    city_parties: list[Party], city_index: Index
) -> None:
    for party in city_parties[::6]:
        asked = Party("row", (party.label.removesuffix(" Timișoara"),))
        judged = [compare(asked, other, city_index.stats) for other in city_parties]
        best = max(judged, key=lambda one: (one.score, one.exact))
        if best.outcome == "same":
            assert city_index.candidates(asked)[0].score == best.score, asked


def test_one_candidate_list_is_best_first_and_bounded(city_index: Index) -> None:
    found = city_index.candidates(Party("row", ("Asociația Speranța",)), first=2)
    assert len(found) <= 2
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.outcome != "none" for one in found)


def test_a_held_party_is_not_its_own_candidate(city_index: Index) -> None:
    party = city_index.parties["org/fitt"]
    assert "org/fitt" not in city_index.gather(party)


def test_an_added_party_is_found_at_once() -> None:
    index = Index()
    assert resolve(Party("row", ("Asociația Druckeria",)), index).answer == "none"
    index.add(Party("org/d", ("Druckeria",)))
    index.add(Party("org/d", ("Altceva",)))
    assert len(index) == 1
    assert resolve(Party("row", ("Asociația Druckeria",)), index).id == "org/d"


def test_a_record_of_the_catalogue_is_a_party() -> None:
    record = Record(
        "org/x",
        "Organisation",
        "ORGANISATION",
        {
            "label": {"ro": "Fundația X", "en": "X Foundation"},
            "altLabels": ["Iks"],
            "legalForm": "foundation",
            "identifiers": [
                {"scheme": "timisoara", "value": "org-x"},
                {"scheme": "ro-cui", "value": "4250670"},
            ],
            "city": "Timișoara",
            "homepage": "https://x.example.org",
        },
    )
    party = party_of(record)
    assert party.names == ("Fundația X", "X Foundation", "Iks")
    assert (party.kind, party.cui, party.city, party.host) == (
        "foundation",
        "4250670",
        "Timișoara",
        "x.example.org",
    )
    bare = party_of(Record("call/x/1", "Call", "CALL", {"label": {"ro": "Apelul X 2024"}}))
    assert (bare.kind, bare.names) == ("PLAIN", ("Apelul X 2024",))


def test_many_names_take_few_comparisons() -> None:
    figures = bench(2000, 200)
    compared, every = int(str(figures["pairs_compared"])), int(str(figures["pairs_of_all"]))
    assert compared < every / 100
    answers = figures["answers"]
    assert isinstance(answers, dict)
    assert answers.get("held: same wrong", 0) == 0
    assert answers["held: same right"] >= 80


def test_names_on_disk_are_found_like_those_in_memory(
    city_parties: list[Party],
    city_index: Index,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(postings, "SPILLED", 500)
    monkeypatch.setattr(postings, "_PIECE", 64)
    monkeypatch.setattr(held, "_KEPT", 2)
    index = Index((replace(party) for party in city_parties), tmp_path)
    for party in city_parties[::5]:
        asked = Party("row", (party.label.upper(),), cui=party.cui)
        assert resolve(asked, index) == resolve(asked, city_index)
    index.close()


def test_a_party_comes_back_with_all_that_was_found_out(city_parties: list[Party]) -> None:
    parties = [replace(party) for party in city_parties]
    index = Index([*parties, Party("call/x", ("Filiala X a apelului (2024)",), PLAIN)])
    for party in (*city_parties, Party("call/x", ("Filiala X a apelului (2024)",), PLAIN)):
        held_one = index.parties[party.id]
        assert held_one == party
        for name in ("parsed", "acronyms", "branch", "forms", "public", "cities", "places", "host"):
            assert getattr(held_one, name) == getattr(party, name), (party, name)
    assert list(index.parties) == [*(party.id for party in city_parties), "call/x"]


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefghijklm"), st.integers(0, 99)), max_size=200),
    st.integers(1, 40),
)
def test_numbers_stand_under_their_word_in_the_order_they_came(
    added: list[tuple[str, int]], spilled: int
) -> None:
    wanted: dict[str, list[int]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "SPILLED", spilled)
        patch.setattr(postings, "_PIECE", 3)
        kept = postings.Postings()
        for word, number in added:
            kept.add([word], number)
            wanted.setdefault(word, []).append(number)
    for word, found in zip("abcdefghijklmn", kept.find("abcdefghijklmn"), strict=True):
        assert found.first(1_000) == wanted.get(word, [])
        assert found.first(2) == wanted.get(word, [])[:2]
        assert len(found) == len(wanted.get(word, []))
