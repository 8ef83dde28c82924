"""The catalogue's file: read by any number of threads, with bounded memory, whatever is asked."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from api.wiring import Installation
from graph.catalogue.base import Filter
from graph.catalogue.calls import state_of
from graph.catalogue.memory import Memory
from graph.catalogue.sqlite import KEPT_LISTED, SqliteCatalogue
from ontology.errors import InputError

TODAY = date(2026, 11, 25)


@pytest.fixture
def catalogue(installation: Installation) -> SqliteCatalogue:
    return SqliteCatalogue(installation.snapshot.folder / "catalogue.sqlite")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted on Linux")
def test_threads_that_ended_leave_no_open_file(catalogue: SqliteCatalogue) -> None:
    def held() -> int:
        files = Path("/proc/self/fd").iterdir()
        return sum(one.exists() and one.readlink() == catalogue.path for one in files)

    before = held()
    for _ in range(30):
        thread = threading.Thread(target=catalogue.counts)
        thread.start()
        thread.join()
    assert held() <= before + 1


def test_a_list_goes_on_where_another_thread_began_it(catalogue: SqliteCatalogue) -> None:
    lists = []
    thread = threading.Thread(target=lambda: lists.append(iter(catalogue.scan(("PLACE",)))))
    thread.start()
    thread.join()
    first = next(lists[0])
    other = threading.Thread(target=catalogue.counts)
    other.start()
    other.join()
    assert [first.id, *(one.id for one in lists[0])] == [
        one.id for one in catalogue.scan(("PLACE",))
    ]


def test_long_pages_of_lists_are_kept_by_what_they_hold(catalogue: SqliteCatalogue) -> None:
    kept = catalogue._pages
    for year in range(400):
        page = catalogue.page(Filter(year_to=3000 + year), "label", 5_000, None, TODAY)
        assert len(page.ids) == page.total > 500
    things = sum(len(page.ids) for half in (kept._new, kept._old) for page in half.values())
    assert things <= 2 * (KEPT_LISTED + len(page.ids))


def test_what_was_asked_for_lately_is_kept_by_weight() -> None:
    memory: Memory[int, str] = Memory(10, len)
    for key in range(20):
        memory.put(key, "x" * 5)
        memory.get(0)
    assert memory.get(0) == "x" * 5, "asked for all the time"
    assert memory.get(19) is not None
    assert memory.get(5) is None
    assert sum(map(len, (*memory._new.values(), *memory._old.values()))) <= 30


@pytest.mark.parametrize(
    "endless",
    [
        Filter(text="cuvânt " * 1_500),
        Filter(text="a" * 60_000),
        Filter(legal_forms=tuple(f"form{n}" for n in range(1_000))),
        Filter(legal_forms=("x" * 5_000,)),
    ],
    ids=["many words", "a long word", "many values", "a long value"],
)
def test_a_filter_without_end_is_refused_with_what_to_do(
    catalogue: SqliteCatalogue, endless: Filter
) -> None:
    with pytest.raises(InputError) as told:
        catalogue.page(endless, "label", 10, None, TODAY)
    assert "at most" in told.value.message("en")
    assert "cel mult" in told.value.message("ro")
    assert not catalogue._pages._new


def test_a_word_said_again_and_again_counts_once(catalogue: SqliteCatalogue) -> None:
    once = catalogue.page(Filter(text="asociația"), "label", 50, None, TODAY)
    assert catalogue.page(Filter(text="asociația " * 90), "label", 50, None, TODAY).ids == once.ids


def test_calls_are_listed_by_the_state_that_is_counted(catalogue: SqliteCatalogue) -> None:
    counts = {one.name: one.values for one in catalogue.facets(Filter(kinds=("CALL",)), TODAY)}
    assert counts["state"]
    for state, count in counts["state"]:
        assert len(catalogue.matching(Filter(states=(state,)), TODAY)) == count
    long_ago = date(2000, 1, 1)
    assert not catalogue.matching(Filter(states=("CLOSED",)), long_ago)


MOMENTS = {
    "after midnight in Bucharest, before it in Greenwich": "2026-05-31T22:30:00+00:00",
    "before midnight in Bucharest, after it in Tokyo": "2026-06-01T05:30:00+09:00",
    "a moment without a zone": "2026-05-31T23:30:00",
    "a day": "2026-05-31",
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("field", ["opens", "closes"])
def test_a_call_is_open_by_the_day_in_bucharest_in_lists_and_in_facets(
    catalogue: SqliteCatalogue, tmp_path: Path, moment: str, field: str
) -> None:
    file = tmp_path / "catalogue.sqlite"
    shutil.copy(catalogue.path, file)
    call = catalogue.page(Filter(kinds=("CALL",)), "id", 1, None, TODAY).ids[0]
    said = {"opens": "2026-01-01", "closes": "2026-12-31", field: MOMENTS[moment]}
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("UPDATE record SET opens = :opens, closes = :closes WHERE id = :id",
                   {**said, "id": call})  # fmt: skip
    changed = SqliteCatalogue(file)
    for day in (date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)):
        is_open = state_of(said["opens"], said["closes"], None, day) == "OPEN"
        listed = {
            how: call in changed.matching(Filter(kinds=("CALL",), **narrowed), day)
            for how, narrowed in (
                ("open", {"open": True}),
                ("not open", {"open": False}),
                ("state", {"states": ("OPEN",)}),
            )
        }
        assert listed == {"open": is_open, "not open": not is_open, "state": is_open}, day
    changed.close()


def test_a_body_of_two_stated_forms_is_found_under_both(catalogue: SqliteCatalogue) -> None:
    (record,) = catalogue.records(["org/micile-comori"])
    assert record is not None
    assert sorted(record.stated("legalForm")) == ["association", "foundation"]
    assert record.stated("legalForm")[0] == record.values["legalForm"]
    assert "@also" not in record.values
    for form in record.stated("legalForm"):
        held = catalogue.matching(Filter(kinds=("ORGANISATION",), legal_forms=(form,)), TODAY)
        assert record.id in held
