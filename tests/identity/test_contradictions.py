"""Answers that cannot all hold: they are named, nothing that one forbids is joined, all can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.identity import Decision, Decisions, Index, Party, resolve
from ingest.identity.contradictions import between_ends


def _said(answer: str, *pairs: str, who: str = "Ana") -> list[Decision]:
    return [Decision(pair[0], pair[1], answer, who, "2026-01-02") for pair in pairs]


ABC = [*_said("same", "ab", "bc"), *_said("different", "ac", who="Dan")]
HELD = Index([Party(id_, (f"Asociația Xilo {id_.upper()}",)) for id_ in "abcd"])


def test_a_chain_and_a_different_contradict_each_other_and_each_is_named() -> None:
    (found,) = Decisions(ABC).contradictions()
    assert (found.different.who, [row.pair for row in found.same]) == (
        "Dan",
        [("a", "b"), ("b", "c")],
    )
    for lang, but in (("ro", "dar"), ("en", "but")):
        told = found.error("decisions/organisations.csv").message(lang)
        assert f"a = b (Ana, 2026-01-02), b = c (Ana, 2026-01-02), {but} a ≠ c (Dan" in told
        assert "answer = open" in told
        assert "decisions/organisations.csv" in told


def test_none_of_them_is_acted_on_but_what_is_called_different_stays_apart() -> None:
    held = Decisions(ABC)
    assert held.between("a", "b") is held.between("b", "c") is None
    assert held.kept() == {}
    different = held.between("a", "c")
    assert different is not None
    assert different.answer == "different"
    for id_ in "abc":
        answer = resolve(Party(id_, ("Grupul Zumba",)), HELD, held)
        assert answer.answer == "none", id_


def test_answers_beside_the_contradiction_hold() -> None:
    held = Decisions([*ABC, *_said("same", "da")])
    assert held.kept() == {"a": "d"}
    assert {o: row.answer for o, row in held.about("d").items()} == {"a": "same", "c": "different"}


def test_a_circle_of_same_has_two_ways_and_all_are_suspended() -> None:
    rows = [*_said("same", "ab", "bc", "cd", "da"), *_said("different", "ac")]
    (found,) = Decisions(rows).contradictions()
    assert {row.pair for row in found.same} == {("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")}


def test_two_contradictions_of_one_chain_are_both_told() -> None:
    rows = [*_said("same", "ab", "bc", "cd"), *_said("different", "ac", "bd")]
    assert [c.different.pair for c in Decisions(rows).contradictions()] == [("a", "c"), ("b", "d")]
    assert Decisions(rows).kept() == {}


def test_taking_any_answer_back_ends_it() -> None:
    for row in ABC:
        taken = Decision(row.left, row.right, "open", "Ana", "2026-01-03")
        held = Decisions([*ABC, taken])
        assert held.contradictions() == []
        rest = [other for other in ABC if other is not row]
        assert all(held.between(other.left, other.right) == other for other in rest)
    all_same = Decisions([*ABC, Decision("a", "c", "open", "Dan", "2026-01-03")])
    assert all_same.kept() == {"b": "a", "c": "a"}


def test_a_circle_of_same_leads_to_one_id() -> None:
    assert Decisions(_said("same", "ab", "bc", "ca")).kept() == {"b": "a", "c": "a"}
    assert Decisions(_said("same", "ab", "cb")).kept() == {"a": "c", "b": "c"}


def test_different_reaches_what_is_the_same_as_the_different_one() -> None:
    held = Decisions([*_said("different", "ab"), *_said("same", "bc")])
    assert {o: row.answer for o, row in held.about("a").items()} == {
        "b": "different",
        "c": "different",
    }
    twin = Party("a", ("Asociația Xilo C",))
    assert resolve(twin, HELD).id == "c"
    assert resolve(twin, HELD, held).id != "c"


def test_what_the_program_joined_is_parted_by_a_person() -> None:
    """Rows x and y both joined h by name; a person says that they are two."""

    def joined(id_: str) -> Iterable[str]:
        return {"h": ["x", "y"], "x": ["h"], "y": ["h"], "name:n": ["x"]}.get(id_, [])

    both = Decisions([Decision("x", "y", "different", "Ana", "2026-01-02")], joined)
    assert both.parted() == {("h", "x"), ("h", "y")}
    assert both.about("x")["h"].answer == "different"
    one = Decisions([Decision("h", "x", "different", "Ana", "2026-01-02")], joined)
    assert one.parted() == {("h", "x")}
    by_name = Decisions([Decision("h", "name:n", "different", "Ana", "2026-01-02")], joined)
    assert by_name.parted() == {("h", "x")}
    assert Decisions([], joined).parted() == set()


PAIRS = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        st.sampled_from(["same", "different", "open"]),
    ).filter(lambda row: row[0] != row[1]),
    max_size=14,
)


@given(PAIRS)
def test_nothing_is_joined_that_any_answer_forbids(rows: list[tuple[str, str, str]]) -> None:
    held = Decisions([Decision(a, b, answer, "Ana", "2026-01-02") for a, b, answer in rows])
    kept = held.kept()
    for row in held.rows:
        decision = held.between(row.left, row.right)
        if decision is not None and decision.answer == "different":
            assert kept.get(row.left, row.left) != kept.get(row.right, row.right)
        if decision is not None and decision.answer == "same":
            assert kept.get(row.left, row.left) == kept.get(row.right, row.right)
    assert all(kept.get(new) is None for new in kept.values())


@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda p: p[0] < p[1])
    )
)
def test_a_pair_stands_between_two_ends_when_a_way_leads_over_it(
    same: list[tuple[str, str]],
) -> None:
    edges = set(same)

    def ways(at: str, seen: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        if at == "b":
            yield seen
            return
        for one, other in edges:
            for here, there in ((one, other), (other, one)):
                if here == at and there not in seen:
                    yield from ways(there, (*seen, there))

    on_ways = {tuple(sorted(step)) for way in ways("a", ("a",)) for step in pairwise(way)}
    assert between_ends(same, "a", "b") == on_ways
