"""When a numbered list is whole: the count of its items decides, wherever the count of its pages errs."""

from __future__ import annotations

import pytest

from ingest.answers import Answer
from ingest.paging import Page, numbered
from ontology.errors import SourceError


def read(pages, *, counts=None, total=None, size=2):
    """What comes of pages that a server gives one after the other, empty ones after the last."""

    def ask(number):
        items = pages[number - 1] if number <= len(pages) else []
        answer = Answer(f"https://x.example.org/?page={number}", 200, {}, repr(items).encode())
        return Page(answer, items, counts, total)

    return list(numbered(ask, size))


@pytest.mark.parametrize(
    ("counts", "total"), [(2, 3), (2, None), (None, 3), (None, None), (5, 3), (0, 3)]
)
def test_all_items_come_whatever_the_server_tells(counts, total):
    if (counts, total) == (0, 3):
        with pytest.raises(SourceError, match="stops after 2 of 3"):
            read([["a", "b"], ["c"]], counts=counts, total=total)
    else:
        assert read([["a", "b"], ["c"]], counts=counts, total=total) == ["a", "b", "c"]


def test_a_server_that_gives_fewer_at_once_than_asked_is_asked_on():
    assert read([["a"], ["b"], ["c"]], total=3, size=100) == ["a", "b", "c"]


def test_an_empty_list_is_a_whole_list():
    assert read([[]], counts=0, total=0) == read([[]], counts=1, total=0) == read([[]]) == []


@pytest.mark.parametrize(("counts", "total"), [(1, 3), (None, 3), (2, 3), (3, None)])
def test_a_list_that_ends_before_its_count_is_no_whole_list(counts, total):
    with pytest.raises(SourceError, match="stops after"):
        read([["a", "b"]], counts=counts, total=total)


def test_a_list_that_repeats_itself_is_noticed():
    with pytest.raises(SourceError, match="same page again"):
        read([["a", "b"]] * 9, total=100)
