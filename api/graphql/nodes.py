"""A record as GraphQL sees it, and how much of a list one may ask for."""

from __future__ import annotations

from collections.abc import Mapping

from api.graphql.loaders import Cohort, Reading
from graph.catalogue.base import Record
from ontology.errors import RefusedError, Said

MAX_FIRST = 500
"""The largest page and the longest list inside an object."""


class PageTooLargeError(RefusedError):
    """A page beyond what one answer may hold."""

    code = "PAGE_TOO_LARGE"


def checked(first: int | None) -> int | None:
    """`first` within 0 and 500. Raises PageTooLargeError."""
    if first is not None and not 0 <= first <= MAX_FIRST:
        raise PageTooLargeError(
            Said(
                f"first este {first}; trebuie să fie între 0 și {MAX_FIRST}",
                f"first is {first}; it must lie between 0 and {MAX_FIRST}",
            ),
            Said(
                "Cereți pagini mai mici și continuați cu after.",
                "Ask for smaller pages and go on with after.",
            ),
        )
    return first


class Node:
    """A record as GraphQL sees it, with the cohort it was fetched in."""

    __slots__ = ("cohort", "record")

    def __init__(self, record: Record, cohort: Cohort) -> None:
        self.record = record
        self.cohort = cohort

    @property
    def reading(self) -> Reading:
        """The request it belongs to."""
        return self.cohort.reading


def in_lang(text: Mapping[str, str] | None, lang: str) -> str | None:
    """A text in a language, else in the other one."""
    if not text:
        return None
    return text.get(lang) or next(iter(text.values()), None)
