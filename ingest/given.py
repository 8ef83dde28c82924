"""What a run has given already: each statement once, and one id for each key."""

from __future__ import annotations

from hashlib import sha256

from ingest.crawl import Crawling
from ingest.mapping import slug
from ingest.tables import Seen as Met
from ontology.entity import Entity


class Seen:
    """The entities already given in this run: the same statement twice is given once.

    On disk, so that they may be millions.
    """

    def __init__(self) -> None:
        self._prints = Met()
        self._ids = Met()
        self._told = Met()
        self._numbers = Met()

    def news(self, entity: Entity) -> bool:
        """Whether this very entity, with these values, comes for the first time."""
        print_ = sha256(f"{entity.id}{entity.values}".encode()).hexdigest()
        return self._prints.before([(print_, 0)]) == [None]

    def other(self, entity: Entity, number: int) -> int | None:
        """The earlier record that told of the same thing with other values; else this one is kept."""
        print_ = int(sha256(f"{entity.values}".encode()).hexdigest()[:15], 16)
        (before,) = self._told.before([(entity.id, print_)])
        (first,) = self._numbers.before([(entity.id, number)])
        return first if before not in (None, print_) else None

    def mint(self, context: Crawling, key: str, wanted: str) -> str:
        """The id of the thing known as `key`: the one it has, else `wanted`, or the next free."""
        known = context.resolve(key)
        if known is not None:
            return known
        made, number, mark = wanted, 1, int(sha256(key.encode()).hexdigest()[:15], 16)
        while self._taken(made, mark) or context.resolve(made) is not None:
            number += 1
            made = f"{wanted}-{number}"
        return made

    def _taken(self, made: str, mark: int) -> bool:
        """Whether an id was wanted before for another key than that of the mark."""
        (before,) = self._ids.before([(made, mark)])
        return before not in (None, mark)


def organisation_id(
    context: Crawling, name: str, *, cui: str | None = None, keys: tuple[str, ...] = ()
) -> str:
    """The id of an organisation: by its CUI, by other keys, else by its name.

    Two organisations that write their name the same way get one id; telling them apart, and
    joining different spellings, is the work of identity resolution.
    """
    known = (f"ro-cui:{cui}",) if cui else ()
    for key in (*known, *keys):
        if (found := context.resolve(key)) is not None:
            return found
    return f"org/ro-cui-{cui}" if cui else f"org/{slug(name)}"
