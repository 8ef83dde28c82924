"""Which rows of a source are bodies that are held; a source's own ids are its judgement."""

from __future__ import annotations

from ingest.identity import Decision, Decisions, Index, Party, clusters, questions

HELD = [
    Party("org/plai", ("Asociația Centrul Cultural PLAI", "Asociația Plai"), city="Timișoara"),
    Party("org/pmt", ("Primăria Municipiului Timișoara",), cui="14756536"),
    Party("org/druckeria", ("Asociația Druckeria",)),
]


def test_spellings_join_and_strangers_stay_new() -> None:
    incoming = [
        Party("new/1", ("ASOC. PLAI",)),
        Party("new/2", ("Grupul Xilo Zumba",)),
        Party("new/3", ("UAT",), cui="RO14756536"),
        Party("org/druckeria", ("Altceva",)),
    ]
    found = clusters(incoming, Index(HELD))
    assert found.same == {
        "new/1": "org/plai",
        "new/3": "org/pmt",
        "org/druckeria": "org/druckeria",
    }
    assert found.new == ["new/2"]
    assert found.asked == []


def test_a_doubt_is_asked_and_stays_new() -> None:
    found = clusters([Party("new/1", ("Fundația Druckeria",))], Index(HELD))
    assert found.new == ["new/1"]
    (row,) = questions(found.asked)
    assert (row.left, row.right, row.answer) == ("org/druckeria", "new/1", "")
    assert row.left_label == "Asociația Druckeria"
    assert "forme juridice diferite" in row.why


def test_two_rows_that_a_source_keeps_apart_are_not_both_joined() -> None:
    rows = [Party("new/1", ("Asociația Druckeria",)), Party("new/2", ("ASOCIATIA DRUCKERIA",))]
    found = clusters(rows, Index(HELD))
    assert found.same == {"new/1": "org/druckeria"}
    assert [party.id for party, _ in found.asked] == ["new/2"]
    assert found.new == ["new/2"]


def test_two_rows_of_a_source_join_by_fiscal_code_or_decision() -> None:
    by_code = [Party("new/1", ("A",), cui="4250670"), Party("new/2", ("B",), cui="4250670")]
    assert clusters(by_code, Index()).decided == {"new/2": "new/1"}
    rows = [Party("new/1", ("Grupul Alfa",)), Party("new/2", ("Cercul Beta",))]
    said = Decisions([Decision("new/1", "new/2", "same", "Ana", "2026-01-02")])
    assert clusters(rows, Index(), said).decided == {"new/2": "new/1"}
    assert clusters(rows, Index()).new == ["new/1", "new/2"]


def test_a_decision_undone_separates_again() -> None:
    row = Party("new/1", ("Cercul Beta",))
    joined = Decision("org/plai", "new/1", "same", "Ana", "2026-01-02")
    undone = Decision("org/plai", "new/1", "open", "Ana", "2026-01-03")
    assert clusters([row], Index(HELD), Decisions([joined])).same == {"new/1": "org/plai"}
    assert clusters([row], Index(HELD), Decisions([joined, undone])).new == ["new/1"]


def test_the_order_of_rows_does_not_decide_who_is_held() -> None:
    rows = [Party("new/1", ("ASOC. PLAI",)), Party("new/2", ("Grupul Xilo Zumba",))]
    one, other = clusters(rows, Index(HELD)), clusters(rows[::-1], Index(HELD))
    assert one.same == other.same
    assert sorted(one.new) == sorted(other.new)
