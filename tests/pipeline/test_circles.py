"""A row that stands under itself is refused, with the way round; what hangs beside it comes in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.circles import chains, refusal
from ingest.declaration import load_source
from ingest.mapping import Mapper
from ingest.pipeline.circles import Circles, Circular
from ingest.pipeline.reading import Reading

SOURCE = """slug: test-councils
title: {ro: Consilii de test, en: Test councils}
publisher: Test
licence: CC0-1.0
scheme: t
read: {path: table.csv}
class: Council
id: {column: cod, prefix: council/t-}
columns:
  cod: {use: true}
  nume: {field: label, lang: ro}
  sub: {field: parent}
"""


def refused(folder: Path, rows: str) -> dict[str, str]:
    (folder / "table.csv").write_text("cod,nume,sub\n" + rows, encoding="utf-8")
    (folder / "source.yml").write_text(SOURCE, encoding="utf-8")
    source = load_source(folder)
    mapper = Mapper(source, lambda _key: None)
    reading = Reading(source, mapper, source.path, folder / "none.csv")
    with closing(Circles(source, reading, mapper).find()) as found:
        return {key: error.message("en") for key, error in found.items()}


def test_each_row_on_a_circle_is_refused_with_the_way_round(tmp_path: Path) -> None:
    found = refused(tmp_path, "a,A,b\nb,B,c\nc,C,a\nd,D,d\ne,E,\nf,F,e\ng,G,a\n")
    assert sorted(found) == ["t:a", "t:b", "t:c", "t:d"]
    assert "b → c → a → b" in found["t:b"]
    assert "d → d" in found["t:d"]
    assert "'sub'" in found["t:a"]


def test_a_very_long_line_of_parents_is_followed_to_its_end(tmp_path: Path) -> None:
    rows = "".join(f"n{n},N,n{n + 1}\n" for n in range(20_000))
    assert refused(tmp_path, rows + "n20000,N,\n") == {}
    found = refused(tmp_path, rows + "n20000,N,n0\n")
    assert len(found) == 20_001
    assert len(found["t:n7"]) < 200


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30)))
def test_exactly_what_comes_back_to_itself_is_on_a_circle(above: dict[int, int]) -> None:
    named = {str(one): str(up) for one, up in above.items()}

    def returns(start: str) -> bool:
        at, steps = named.get(start), 0
        while at is not None and at != start and steps < 40:
            at, steps = named.get(at), steps + 1
        return at == start

    found = list(chains(named))
    assert {key for chain in found for key in chain} == {key for key in named if returns(key)}
    assert len({key for chain in found for key in chain}) == sum(map(len, found))


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30)))
def test_what_is_found_in_a_file_is_what_is_found_in_memory(above: dict[int, int]) -> None:
    """The same rows, with the same words, however many of the circle a message shows."""
    named = {f"t:{one}": f"t:{up}" for one, up in above.items()}
    told = {
        key: refusal(key, chain, "sub").message("en") for chain in chains(named) for key in chain
    }
    with closing(Circular()) as found:
        found.take([], [(key, up, "sub") for key, up in named.items()])
        found.find()
        assert {key: error.message("en") for key, error in found.items()} == told
        assert len(found) == len(told)
        assert found.get("t:31") is None
