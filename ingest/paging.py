"""When a numbered list has come whole: by the server's own counts, which may be missing or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ingest import failures
from ingest.answers import Answer, PageGuard


@dataclass(frozen=True)
class Page:
    """One page: its answer, what it holds, and how many pages and items there are, if told."""

    answer: Answer
    items: list[Any]
    pages: int | None
    total: int | None


def numbered(ask: Callable[[int], Page], size: int) -> Iterator[Any]:
    """The items of all pages from 1 on; `size` is how many were asked for at once.

    The count of the items decides: one of the pages that is too high is not believed once all items
    have come. A server that tells neither is asked on while its pages are full. Raises SourceError
    when a list ends before its own count, or repeats itself.
    """
    guard, number, came = PageGuard(), 1, 0
    while True:
        page = ask(number)
        yield from page.items
        came += len(page.items)
        if not _more(page, number, came, size):
            return
        guard.check(page.answer, page.items)
        number += 1


def _more(page: Page, number: int, came: int, size: int) -> bool:
    """Whether to ask for another page; SourceError when this should not have been the last."""
    url, total, pages = page.answer.url, page.total, page.pages
    missing = total is not None and came < total
    if not page.items:
        if missing:
            raise failures.incomplete(url, came, total or 0)
        if total is None and pages is not None and number < pages:
            raise failures.incomplete(url, number - 1, pages)
        return False
    if pages is not None and number < pages:
        return True
    if pages is not None and missing:
        raise failures.incomplete(url, came, total or 0)
    return missing if total is not None else pages is None and len(page.items) >= size
