"""Fourth room: the ontology's rules. What breaks one goes to the rejects, with every reason."""

from __future__ import annotations

from ingest.pipeline.item import Item
from ingest.pipeline.outcome import Counts
from ingest.rejects import Reject, RejectFile
from ontology.errors import ResurseError, RowError
from ontology.validate import check


def judge(batch: list[Item], file: str, counts: Counts, rejects: RejectFile) -> list[Item]:
    """The items that may come in; the others are counted and written down."""
    good: list[Item] = []
    for item in batch:
        errors = wrong_with(item)
        if errors:
            rejects.add(Reject(file, item.number, errors, item.values))
        else:
            good.append(item)
    counts.read += len(batch)
    counts.rejected += len(batch) - len(good)
    return good


def wrong_with(item: Item) -> tuple[ResurseError, ...]:
    """What keeps an item out: what was wrong before, else what the rules say against its entities and pages."""
    if item.errors:
        return item.errors
    found: list[ResurseError] = list(check(item.entities, origin=item.place))
    for page in item.pages:
        found += (
            RowError(error.what, error.fix, item.place, column=error.column, value=error.value)
            for error in page.errors
        )
    return tuple(found)
