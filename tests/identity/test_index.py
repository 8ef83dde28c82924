"""The index compares few pairs and misses none that comparing every pair would find."""

from __future__ import annotations

from graph.catalogue.base import Record
from ingest.identity import Index, Party, compare, party_of, resolve
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
