"""One thing that was done, as the features of the past weigh it."""

from __future__ import annotations

from dataclasses import dataclass

from graph.catalogue.base import Record


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
    field: str
    """`field` names the statement that ties it to the organisation or call."""
    project: str | None = None
    """What a grant paid for; a project itself."""

    @classmethod
    def of(cls, record: Record, name: str) -> Deed:
        """A project or grant as something that was done; `name` is the field that ties it."""
        values = record.values
        year = values.get("year") or values.get("awarded") or values.get("start")
        itself = record.id if record.type == "Project" else None
        return cls(
            id=record.id,
            topics=frozenset(map(slug, record.refs("topics"))),
            year=int(str(year)[:4]) if year else None,
            amount=values.get("amount"),
            currency=values.get("currency"),
            field=name,
            project=itself or next(iter(record.refs("project")), None),
        )
