"""Second room: which id each row's own key stands for; ids are minted once and kept for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.identify import Identify
from ingest.joins import Join
from ingest.mapping import Mapper, RowProblems
from ingest.pipeline.item import batches
from ingest.pipeline.reading import Reading
from ingest.readers import BadRow, Row
from ingest.registry import Registry
from ingest.source import Source
from ontology.entity import Entity
from ontology.errors import RowError


class Keys:
    """The ids of keys as one run sees them: those that were minted, and in a dry run those that would be."""

    def __init__(self, registry: Registry, source: str, *, dry_run: bool) -> None:
        self._registry = registry
        self._source = source
        self._dry_run = dry_run
        self._ahead: dict[str, str] = {}

    def resolve(self, key: str) -> str | None:
        """The id of a key, or of an id that is already one."""
        found = self._ahead.get(key) or self._registry.ids_of([key], rehearsed=self._dry_run).get(
            key
        )
        if found is not None:
            return found
        return key if "/" in key and self._registry.taken(key) else None

    def look_up(self, keys: Iterable[str]) -> Mapping[str, str]:
        """The ids of the keys of one batch; `resolve` knows them until the next batch."""
        self._ahead = self._registry.ids_of(keys, rehearsed=self._dry_run)
        return self._ahead

    def mint(self, pairs: Mapping[str, str], joins: Mapping[str, Join] | None = None) -> None:
        """Remembers the ids of keys; a key that has one keeps it. `joins` are ids held under another."""
        joins = joins or {}
        if pairs and self._dry_run:
            self._registry.rehearse(
                {key: joins[id_].to if id_ in joins else id_ for key, id_ in pairs.items()}
            )
        elif pairs:
            self._registry.mint(pairs, self._source, joins)

    def spoken_of(self, id_: str) -> bool:
        """True when a row of this source stands for an id already."""
        return self._registry.speaks_of(self._source, id_)


def mint_rows(
    source: Source, reading: Reading, mapper: Mapper, keys: Keys, identify: Identify | None
) -> None:
    """A first pass over the file: every row's key gets its id, so that rows may refer to each other.

    Rows about bodies that are held already join those: their own ids answer as the held ones.
    """
    looks = identify is not None and source.identity
    for rows in batches(reading):
        wanted: dict[str, tuple[str, Row]] = {}
        for row in rows:
            if isinstance(row, BadRow):
                continue
            try:
                key, id_ = mapper.key_of(row.values, row.place)
            except RowError:
                continue  # told in the second pass, where the row is counted
            wanted.setdefault(key, (source.same.get(key.split(":", 1)[1], id_), row))
        known = keys.look_up(wanted)
        fresh = {key: pair for key, pair in wanted.items() if key not in known}
        pairs = {key: id_ for key, (id_, _) in fresh.items()}
        joins: Mapping[str, Join] = {}
        if looks and identify is not None:
            unmet = {key: _organisation(mapper, id_, row) for key, (id_, row) in fresh.items()}
            bodies = {key: entity for key, entity in unmet.items() if entity is not None}
            joins = identify.same(bodies.values(), keys.spoken_of) if bodies else {}
        keys.mint(pairs, joins)


def _organisation(mapper: Mapper, id_: str, row: Row) -> Entity | None:
    """The organisation of a row that was never read before; None for other rows, and faulty ones."""
    if mapper.class_of(row.values, row.place).name != "Organisation":
        return None
    try:
        return mapper.entity(id_, row.values, row.place, {})
    except (RowError, RowProblems):
        return None  # refused in the second pass
