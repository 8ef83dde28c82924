"""The small facts that the world is made of: what was done, and the things of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.match.topicspace import Values


def slug(topic: str) -> str:
    """The slug in a topic's id."""
    return topic.removeprefix("topic/")


@dataclass(frozen=True)
class Deed:
    """One thing an organisation did: a project it led or partnered in, a grant it received."""

    id: str
    topics: frozenset[str]
    year: int | None
    amount: float | None
    currency: str | None
    calls: tuple[str, ...]
    field: str
    subject: str
    project: str | None = None
    """`field` and `subject` name the statement that ties it to the organisation; `project` is what a
    grant paid for."""


@dataclass(frozen=True)
class Table:
    """The things of one kind: ids, the row of each, their topics (things, topics of the scheme) and
    the lengths of those rows."""

    ids: tuple[str, ...]
    rows: Mapping[str, int]
    topics: Values
    lengths: Values
