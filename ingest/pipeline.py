"""Reads a source, cleans, resolves, validates and compares it, and writes a new version of its graph."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from graph.entities import fingerprint, source_entity, triples_of
from graph.store import Iri, Store, Triple
from graph.store.filling import Filling
from graph.store.versions import Version, Versions
from ingest.context import Context
from ingest.identify import Identify
from ingest.mapping import Mapper, RowProblems
from ingest.readers import BadRow, Row, open_table
from ingest.registry import Registry
from ingest.rejects import Reject, RejectFile, as_row_error, unguarded
from ingest.source import Source
from ontology.entity import Entity
from ontology.errors import (
    FileError,
    InputError,
    MappingError,
    ResurseError,
    RowError,
    Said,
    SourceError,
)
from ontology.validate import check
from ontology.vocab import Base

BATCH = 1000
"""Rows mapped, validated and written together."""

OUTPUT_FORMAT = "2"
"""Changes when the same rows would give other triples: every source is then read again."""


@dataclass
class Counts:
    """What became of the rows (`read = accepted + rejected + merged + unchanged`) and the entities."""

    read: int = 0
    accepted: int = 0
    rejected: int = 0
    merged: int = 0
    unchanged: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Change:
    """What a dry run would do to one entity; `fields` holds `(field, before, after)`."""

    id: str
    what: str
    fields: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()


@dataclass
class Outcome:
    """How a run over one source ended: `updated`, `unchanged`, `stopped` or `dry-run`."""

    source: str
    result: str
    version: str | None
    counts: Counts
    rejects: Path | None = None
    problems: list[ResurseError] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain data for `--json`."""
        return {
            "source": self.source,
            "result": self.result,
            "version": self.version,
            **asdict(self.counts),
            "rejects": str(self.rejects) if self.rejects else None,
            "problems": [{"ro": p.message("ro"), "en": p.message("en")} for p in self.problems],
            "changes": [
                {
                    "id": c.id,
                    "what": c.what,
                    "fields": [
                        {"field": f, "before": list(b), "after": list(a)} for f, b, a in c.fields
                    ],
                }
                for c in self.changes
            ],
        }


@dataclass(frozen=True)
class Place:
    """Where a run reads and writes."""

    store: Store
    versions: Versions
    registry: Registry
    base: Base
    home: Path
    tool: str
    fetch: Any = None
    identify: Identify | None = None
    named: Callable[[str], str | None] | None = None
    """The id of the one held thing of a name."""
    rehearsed: dict[str, str] = field(default_factory=dict)
    """Keys that a dry run would mint."""


Progress = Callable[[str, int], None]


@dataclass
class _Item:
    """One row or crawled thing on its way: its entities, or what is wrong with it."""

    number: int
    place: str
    values: Mapping[str, str]
    key: str | None = None
    id: str | None = None
    entities: list[Entity] = field(default_factory=list)
    errors: tuple[ResurseError, ...] = ()
    again: bool = False
    """True when an earlier row of the same run was about the same thing."""


class Run:
    """One run over one source. `execute` is the whole story; the rest are its steps."""

    def __init__(
        self,
        source: Source,
        place: Place,
        *,
        today: date,
        dry_run: bool = False,
        path: Path | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.source = source
        self.place = place
        self.today = today
        self.dry_run = dry_run
        self.path = path or source.path
        self.progress = progress or (lambda _stage, _count: None)
        self.context = Context(source, self.resolve, today, place.fetch, self.named)
        self.mapper = Mapper(source, self.resolve)
        self.extend = source.function("extend")
        self.crawl = source.function("crawl")
        self.counts = Counts()
        self.known: dict[str, str] = place.rehearsed if dry_run else {}
        self.cells = self._cell_sources()

    def resolve(self, key: str) -> str | None:
        """The id of a key, or of an id that is already one."""
        return self.place.registry.id_of(key) or self.known.get(key) or self._own_id(key)

    def named(self, name: str) -> str | None:
        """The id of the one thing that other sources than this one call so."""
        found = self.place.named(name) if self.place.named is not None else None
        return found if found and self.place.registry.others(self.source.slug, [found]) else None

    def _own_id(self, key: str) -> str | None:
        return key if "/" in key and self.place.registry.taken(key) else None

    # -- the story ------------------------------------------------------------------------------

    def mint(self) -> None:
        """First pass: every row's key gets its id, so that rows may refer to each other."""
        if self.crawl is not None or not self.source.classes:
            return
        pairs: dict[str, str] = {}
        fresh: dict[str, Entity] = {}
        for row in self._rows():
            if isinstance(row, BadRow):
                continue
            try:
                key, id_ = self.mapper.key_of(row.values, row.place)
            except RowError:
                continue  # told in the second pass, where the row is counted
            id_ = self.source.same.get(key.split(":", 1)[1], id_)
            if self.place.identify is not None and self.resolve(key) is None:
                entity = self._unmet(id_, row)
                if entity is not None:
                    fresh[key] = entity
            pairs[key] = id_
            if len(pairs) >= BATCH:
                self._settle(pairs, fresh)
                pairs, fresh = {}, {}
        self._settle(pairs, fresh)

    def _unmet(self, id_: str, row: Row) -> Entity | None:
        """The organisation of a row that was never read before; None for other rows, and faulty ones."""
        if (
            not self.source.identity
            or self.mapper.class_of(row.values, row.place).name != "Organisation"
        ):
            return None
        try:
            return self.mapper.entity(id_, row.values, row.place, {})
        except (RowError, RowProblems):
            return None  # refused in the second pass

    def _settle(self, pairs: dict[str, str], fresh: Mapping[str, Entity]) -> None:
        """Mints a batch; rows about bodies that are held already get the id of those."""
        if fresh and self.place.identify is not None:
            joined = self.place.identify.same(fresh.values())
            pairs = {
                key: joined.get(id_, id_) if key in fresh else id_ for key, id_ in pairs.items()
            }
        self._mint(pairs)

    def outcome(self) -> Outcome:
        """`execute`, with a server that fails told as an outcome: nothing was made current."""
        try:
            return self.execute()
        except SourceError as error:
            self.place.registry.drop_prints(self.source.slug)
            held = self.place.versions.current(self.source.slug)
            version = held.version if held else None
            stopped = Outcome(self.source.slug, "stopped", version, Counts(), problems=[error])
            if not self.dry_run:
                self._log(stopped)
            return stopped

    def execute(self) -> Outcome:
        """Reads, checks, compares, writes; makes the new version current at the very end."""
        version = self._version()
        held = self.place.versions.current(self.source.slug)
        if held is not None and held.version == version and not self.dry_run:
            return self._unchanged(version)
        registry, slug = self.place.registry, self.source.slug
        graph = self.place.base.source_graph(slug, version)
        if not self.dry_run:
            self.place.store.drop(graph)
        before = held.version if held else None
        registry.begin(slug, before)
        rejects = RejectFile(self.place.home / "rejects" / f"{slug}.csv", self._columns())
        with Filling(self.place.store, graph) as filling:
            for batch in _batches(self._items()):
                self._take(batch, filling, before, rejects)
                self.progress(slug, self.counts.read)
            self._complete(filling)
        outcome = Outcome(
            slug,
            "dry-run" if self.dry_run else "updated",
            version,
            self.counts,
            rejects.path if rejects.count else None,
        )
        outcome.problems = [error for reject in rejects.first for error in reject.errors]
        added, changed, removed = registry.compare(slug, before)
        self.counts.added, self.counts.changed, self.counts.removed = (
            len(added),
            len(changed),
            len(removed),
        )
        stop = self._below_minimum()
        if self.dry_run:
            outcome.changes = self._changes(added, changed, removed, held)
            registry.drop_prints(slug)
        elif stop is not None:
            self.place.store.drop(graph)
            registry.drop_prints(slug)
            outcome.result, outcome.version = "stopped", held.version if held else None
            outcome.problems.insert(0, stop)
        else:
            self.place.versions.make_current(self._record(version))
            registry.keep_prints(slug, version)
        if not self.dry_run:
            self._log(outcome)
        return outcome

    # -- rows -----------------------------------------------------------------------------------

    def _rows(self) -> Iterator[Row | BadRow]:
        if self.path is None:
            raise MappingError(
                Said("nu spune ce fișier se citește", "does not say which file to read"),
                Said("Adăugați read: {path: …}.", "Add read: {path: …}."),
                f"{self.source.slug}/source.yml",
            )
        read = {k: v for k, v in self.source.read.items() if k != "path"}
        table = open_table(self.path, **read)
        missing = self.mapper.missing(table.columns)
        if missing:
            raise FileError(
                Said(
                    f"lipsește coloana {', '.join(missing)}",
                    f"column {', '.join(missing)} is missing",
                ),
                Said(
                    "Adăugați coloana, sau scoateți-o din source.yml.",
                    "Add the column, or take it out of source.yml.",
                ),
                self.path.name,
            )
        stray = [c for c in self.mapper.unmapped(table.columns) if not c.startswith("_")]
        if stray:
            raise MappingError(
                Said(
                    f"coloana {', '.join(stray)} nu are corespondent",
                    f"column {', '.join(stray)} is not mapped",
                ),
                Said(
                    "Legați-o de un câmp în columns:, sau treceți-o la ignore:.",
                    "Map it to a field under columns:, or list it under ignore:.",
                ),
                f"{self.source.slug}/source.yml",
            )
        fixes = self._corrections()
        for row in table:
            yield fixes.pop(row.number, row)
        yield from (fixes[number] for number in sorted(fixes))

    @property
    def corrections(self) -> Path:
        """Rejected rows that a clerk corrected and handed back: they stand in for the rows of the file."""
        return self.place.home / "corrections" / f"{self.source.slug}.csv"

    def _corrections(self) -> dict[int, Row]:
        """Corrected rows by the number of the row that each replaces."""
        if not self.corrections.exists():
            return {}
        found: dict[int, Row] = {}
        for row in open_table(self.corrections):
            if isinstance(row, Row) and row.values.get("_row", "").isdigit():
                number = int(row.values["_row"])
                values = {k: unguarded(v) for k, v in row.values.items() if not k.startswith("_")}
                found[number] = Row(number, values, f"{self.corrections.name}, row {row.number}")
        return found

    def _columns(self) -> tuple[str, ...]:
        return (
            tuple(self.source.columns)
            + tuple(self.source.page.values())
            + tuple(self.source.ignore)
        )

    def _items(self) -> Iterator[_Item]:
        if self.crawl is not None:
            yield from self._crawled()
            return
        seen = self.place.registry.seen()
        for row in self._rows():
            if isinstance(row, BadRow):
                yield _Item(row.number, row.place, {}, errors=(row.error,))
                continue
            item = _Item(row.number, row.place, row.values)
            try:
                item.key, minted = self.mapper.key_of(row.values, row.place)
                first = seen(item.key, row.number)
                if first is not None:
                    raise RowError(
                        Said(
                            f"id-ul „{item.key.split(':', 1)[1]}” apare deja la rândul {first}",
                            f"the id '{item.key.split(':', 1)[1]}' stands already in row {first}",
                        ),
                        Said(
                            "Dați rândului un id al lui, sau ștergeți dublura.",
                            "Give the row an id of its own, or remove the double.",
                        ),
                        row.place,
                        column=self.source.id_rule.column if self.source.id_rule else "",
                    )
                item.id = self.resolve(item.key) or self.source.same.get(
                    item.key.split(":", 1)[1], minted
                )
                item.again = seen(f"id {item.id}", row.number) is not None
                item.entities = self._entities(item)
            except RowProblems as problems:
                item.errors = problems.errors
            except ResurseError as error:
                item.errors = (as_row_error(error, row.place),)
            yield item

    def _entities(self, item: _Item) -> list[Entity]:
        assert item.id is not None
        assert item.key is not None
        cells = self.cells.get(item.key.split(":", 1)[1], {})
        main = self.mapper.entity(item.id, item.values, item.place, cells)
        more = list(self.extend(main, item.values, self.context)) if self.extend else []
        made = [main, *more]
        url = item.values.get(self.source.page.get("url", ""), "").strip()
        title = item.values.get(self.source.page.get("title", ""), "").strip() or None
        pages = (
            {url: title}
            if url
            else {self.source.landing_page or f"urn:resurse:{self.source.slug}": None}
        )
        for entity in made:
            entity.sources = list(pages)
            entity.origin = entity.origin or item.place
        pages.update({page: None for page in cells.values() if page not in pages})
        return made + [self._page(page, title) for page, title in pages.items()]

    def _page(self, url: str, title: str | None) -> Entity:
        return source_entity(
            url,
            title=title or (None if "://" in url else self.source.title.ro),
            publisher=self.source.publisher or None,
            licence=self.source.licence or None,
            retrieved=self._retrieved(),
        )

    def _crawled(self) -> Iterator[_Item]:
        assert self.crawl is not None
        fallback = self.source.landing_page or f"urn:resurse:{self.source.slug}"
        for number, made in enumerate(self.crawl(self.context), start=1):
            if isinstance(made, Reject):
                yield _Item(made.row, made.file, made.values, errors=made.errors)
                continue
            made.sources = made.sources or [fallback]
            item = _Item(number, made.origin or self.source.slug, {}, id=made.id)
            item.entities = [made, *(self._page(url, None) for url in made.sources)]
            item.key = next(
                (
                    f"{v.scheme}:{v.value}"
                    for v in made.values.get("identifiers", ())
                    if v.scheme == self.source.scheme
                ),
                None,
            )
            yield item

    # -- one batch ------------------------------------------------------------------------------

    def _take(
        self, batch: list[_Item], filling: Filling, before: str | None, rejects: RejectFile
    ) -> None:
        slug, registry = self.source.slug, self.place.registry
        good: list[_Item] = []
        for item in batch:
            self.counts.read += 1
            errors = item.errors or tuple(check(item.entities, origin=item.place))
            if errors:
                self.counts.rejected += 1
                rejects.add(
                    Reject(self.path.name if self.path else slug, item.number, errors, item.values)
                )
            else:
                good.append(item)
        stated = [self._stated(item.entities) for item in good]
        prints = [[(id_, fingerprint(triples)) for id_, triples in one] for one in stated]
        old = registry.prints_of(slug, before, [i.id for i in good if i.id])
        owners = registry.others(slug, [i.id for i in good if i.id])
        for item, printed in zip(good, prints, strict=True):
            if item.id and printed[0][1] in old.get(item.id, ()):
                self.counts.unchanged += 1
            elif item.id in owners or item.again:
                self.counts.merged += 1
            else:
                self.counts.accepted += 1
        registry.print_many(slug, [pair for printed in prints for pair in printed])
        if self.dry_run:
            return
        self._mint({item.key: item.id for item in good if item.key and item.id})
        self._mint_entities(good)
        filling.add(t for one in stated for _, triples in one for t in triples)

    def _stated(self, entities: Iterable[Entity]) -> list[tuple[str, list[Triple]]]:
        """What each entity states, made once for its fingerprint and for the graph."""
        return [(one.id, list(triples_of(one, self.place.base))) for one in entities]

    def _mint(self, pairs: Mapping[str, str]) -> None:
        if pairs and self.dry_run:
            self.known.update(pairs)
        elif pairs:
            self.place.registry.mint(pairs, self.source.slug)

    def _mint_entities(self, items: Iterable[_Item]) -> None:
        """Things made beside a row's own (programmes, grants) are known by their ids from now on.

        A crawled thing has no row: it is known by every identifier it states.
        """
        pairs = {}
        first = 0 if self.crawl is not None else 1
        for item in items:
            for entity in item.entities[first:]:
                for value in entity.values.get("identifiers", ()):
                    pairs[f"{value.scheme}:{value.value}"] = entity.id
        self._mint(pairs)

    def _complete(self, filling: Filling) -> None:
        """What the source states only once all rows are known."""
        complete = self.source.function("complete")
        if complete is None:
            return
        made = list(complete(self.context))
        fallback = self.source.landing_page or f"urn:resurse:{self.source.slug}"
        for entity in made:
            entity.sources = entity.sources or [fallback]
        made.append(self._page(fallback, None))
        stated = self._stated(made)
        self.place.registry.print_many(
            self.source.slug, [(id_, fingerprint(triples)) for id_, triples in stated]
        )
        if not self.dry_run:
            filling.add(t for _, triples in stated for t in triples)

    # -- versions -------------------------------------------------------------------------------

    def _version(self) -> str:
        digest = hashlib.sha256(OUTPUT_FORMAT.encode())
        digest.update(self.source.fingerprint().encode())
        digest.update(json.dumps(sorted(self.place.registry.retired().items())).encode())
        files = [self.path] if self.path else []
        files += [self.corrections] if self.corrections.exists() else []
        files += [self.context.path(str(p)) for p in _declared_files(self.source)]
        for path in files:
            if not path.exists():
                raise FileError(
                    Said("fișierul nu există", "the file does not exist"),
                    Said("Verificați calea.", "Check the path."),
                    str(path.name),
                )
            with path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        if self.crawl is not None and not files:
            digest.update(self._crawl_digest())
        return digest.hexdigest()[:12]

    def _crawl_digest(self) -> bytes:
        """What a crawled source states: the things themselves, since there is no file to sum."""
        digest = hashlib.sha256()
        for item in self._crawled():
            for entity in item.entities[:1]:
                digest.update(fingerprint(triples_of(entity, self.place.base)).encode())
        return digest.digest()

    def _unchanged(self, version: str) -> Outcome:
        last = self.place.registry.last_run(self.source.slug)
        counts = Counts(**json.loads(last[2])) if last else Counts()
        kept = counts.read - counts.rejected
        self.counts = Counts(read=counts.read, rejected=counts.rejected, unchanged=kept)
        rejects = self.place.home / "rejects" / f"{self.source.slug}.csv"
        outcome = Outcome(
            self.source.slug,
            "unchanged",
            version,
            self.counts,
            rejects if rejects.exists() else None,
        )
        self._log(outcome)
        return outcome

    def _below_minimum(self) -> InputError | None:
        wanted = self.source.minimum.get("rows")
        good = self.counts.read - self.counts.rejected
        if wanted is None or good >= wanted:
            return None
        return InputError(
            Said(
                f"numai {good} rânduri bune, sub minimul de {wanted} al sursei; nu s-a schimbat nimic",
                f"only {good} good rows, below the source's minimum of {wanted}; nothing was changed",
            ),
            Said(
                "Verificați fișierul; dacă e corect, scădeți minimum.rows în source.yml.",
                "Check the file; if it is right, lower minimum.rows in source.yml.",
            ),
            self.source.slug,
        )

    def _record(self, version: str) -> Version:
        return Version(
            source=self.source.slug,
            version=version,
            title=self.source.title.ro,
            publisher=self.source.publisher,
            licence=self.source.licence,
            landing_page=self.source.landing_page,
            retrieved=self._retrieved(),
            generated=_now(),
            tool=self.place.tool,
            priority=self.source.priority,
            entities=self.counts.read - self.counts.rejected,
        )

    def _retrieved(self) -> str:
        return self.source.retrieved or self.today.isoformat()

    def _log(self, outcome: Outcome) -> None:
        counts = asdict(self.counts)
        self.place.registry.log(self.source.slug, _now(), outcome.result, json.dumps(counts))

    def _cell_sources(self) -> dict[str, dict[str, str]]:
        """By row id and column, the page from which a single cell was read."""
        declared = self.source.cell_sources
        if not declared:
            return {}
        found: dict[str, dict[str, str]] = {}
        for row in open_table(self.context.path(declared["path"])):
            if isinstance(row, Row) and row.values["file"] == declared["file"]:
                found.setdefault(row.values["id"], {})[row.values["column"]] = row.values[
                    "source_url"
                ]
        return found

    def _changes(
        self, added: list[str], changed: list[str], removed: list[str], held: Version | None
    ) -> list[Change]:
        made = [Change(id_, "added") for id_ in added] + [Change(id_, "removed") for id_ in removed]
        if held is None or not changed:
            return made
        wanted = set(changed)
        after: dict[str, dict[str, set[str]]] = {}
        for item in self._items():
            for entity in item.entities if not item.errors else ():
                if entity.id in wanted:
                    _gather(after.setdefault(entity.id, {}), triples_of(entity, self.place.base))
        graph = self.place.base.source_graph(self.source.slug, held.version)
        for id_ in changed:
            before: dict[str, set[str]] = {}
            _gather(
                before,
                (
                    q.triple
                    for q in self.place.store.match(Iri(self.place.base.thing(id_)), graph=graph)
                ),
            )
            now = after.get(id_, {})
            fields = tuple(
                (path, tuple(sorted(before.get(path, ()))), tuple(sorted(now.get(path, ()))))
                for path in sorted(before.keys() | now.keys())
                if before.get(path) != now.get(path)
            )
            made.append(Change(id_, "changed", fields))
        return made


def _declared_files(source: Source) -> Iterator[str]:
    """Paths of further files that the output depends on: cell sources, and options that name files."""
    if source.cell_sources:
        yield source.cell_sources["path"]
    for value in source.options.values():
        if isinstance(value, str) and value.startswith(("./", "../")):
            yield value


def _gather(into: dict[str, set[str]], triples: Iterable[Any]) -> None:
    for triple in triples:
        into.setdefault(str(triple.predicate), set()).add(
            str(getattr(triple.object, "value", triple.object))
        )


def _batches(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    while batch := list(islice(items, BATCH)):
        yield batch


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def ingest(
    sources: Iterable[Source],
    place: Place,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Brings the sources in, one after the other; things of one may refer to things of another.

    A publisher that does not answer stops its own source only: what was held stays current.
    """
    runs = [
        Run(source, place, today=today, dry_run=dry_run, progress=progress) for source in sources
    ]
    for run in runs:
        run.mint()
    return [run.outcome() for run in runs]
