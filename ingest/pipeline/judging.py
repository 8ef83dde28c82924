"""Fourth room: the ontology's rules. What breaks one goes to the rejects, with every reason."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.pipeline.above import Above
from ingest.pipeline.item import Item
from ingest.pipeline.outcome import Counts
from ingest.rejects import Reject, RejectFile
from ontology.errors import ResurseError, RowError, Said
from ontology.validate import check


def judge(
    batch: list[Item], file: str, counts: Counts, rejects: RejectFile, above: Above
) -> list[Item]:
    """The items that may come in; the others are counted and written down."""
    good: list[Item] = []
    for item in batch:
        errors = wrong_with(item) or above.take(item)
        if errors:
            rejects.add(Reject(file, item.number, errors, item.values, item.mark))
        else:
            good.append(item)
    counts.read += len(batch)
    counts.rejected += len(batch) - len(good)
    return good


def wrong_with(item: Item) -> tuple[ResurseError, ...]:
    """What keeps an item out: what was wrong before, else what the rules say against its entities and pages.

    The rules speak of fields; a clerk knows the columns that fill them.
    """
    if item.errors:
        return item.errors
    found: list[ResurseError] = [
        _of_column(error, item.columns) for error in check(item.entities, origin=item.place)
    ]
    for page in item.pages:
        found += (
            RowError(error.what, error.fix, item.place, column=error.column, value=error.value)
            for error in page.errors
        )
    return tuple(found)


def _of_column(error: RowError, columns: Mapping[str, str]) -> RowError:
    """The same, naming the column that fills the field."""
    column = columns.get(error.column)
    if column is None:
        return error
    said = Said(f"coloana „{column}”: {error.what.ro}", f"column '{column}': {error.what.en}")
    name = error.column
    fix = Said(
        error.fix.ro.replace(f"câmpul {name}", f"coloana „{column}”"),
        error.fix.en.replace(f"the field {name}", f"column '{column}'"),
    )
    return RowError(said, fix, error.where, column=column, value=error.value)
