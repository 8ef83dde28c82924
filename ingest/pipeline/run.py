"""One run over one source, from its file to the version that counts, or to the reason why not."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime

from graph.spelling import Speller, Stated
from graph.store.filling import Filling
from graph.store.versions import Version
from ingest.context import Context
from ingest.mapping import Mapper
from ingest.pipeline.changes import changes
from ingest.pipeline.crawling import Crawling
from ingest.pipeline.digest import declared_files, digest_of
from ingest.pipeline.judging import judge
from ingest.pipeline.making import Making
from ingest.pipeline.naming import Keys, mint_rows
from ingest.pipeline.outcome import Counts, Outcome
from ingest.pipeline.pages import Pages
from ingest.pipeline.place import Place, Progress
from ingest.pipeline.reading import Reading
from ingest.pipeline.writing import Writing, mint_stated
from ingest.rejects import RejectFile
from ingest.source import Source
from ontology.errors import InputError, Said, SourceError


class Run:
    """One run over one source: `execute` is the story, the rooms are its steps."""

    def __init__(
        self,
        source: Source,
        place: Place,
        *,
        today: date,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.source = source
        self.place = place
        self.dry_run = dry_run
        self.progress = progress or (lambda _stage, _count: None)
        self.counts = Counts()
        self.spell = Speller(place.base)
        self.retrieved = source.retrieved or today.isoformat()
        self.keys = Keys(place.registry, source.slug, dry_run=dry_run)
        self.context = Context(
            source, self.keys.resolve, today, place.fetch, self.named, place.identify
        )
        self.mapper = Mapper(source, self.keys.resolve)
        self.pages = Pages(source, self.retrieved, self.spell)
        self.reading = Reading(
            source, self.mapper, source.path, place.home / "corrections" / f"{source.slug}.csv"
        )
        self.rejects = place.home / "rejects" / f"{source.slug}.csv"
        crawl = source.function("crawl")
        self.crawling = Crawling(source, crawl, self.context, self.pages) if crawl else None
        self.items = self.crawling or Making(
            source, self.reading, self.mapper, self.keys, self.context, self.pages
        )

    def named(self, name: str) -> str | None:
        """The id of the one thing that other sources than this one call so."""
        found = self.place.named(name) if self.place.named is not None else None
        prints = self.place.registry.prints
        return found if found and prints.said_by_others(self.source.slug, found) else None

    def mint(self) -> None:
        """The first pass over a table: every row's key gets its id."""
        if self.crawling is None and self.source.classes:
            mint_rows(self.source, self.reading, self.mapper, self.keys, self.place.identify)

    def outcome(self) -> Outcome:
        """`execute`, with a server that fails told as an outcome: nothing was made current."""
        try:
            return self.execute()
        except SourceError as error:
            self.counts = Counts()
            return self._told(
                Outcome(self.source.slug, "stopped", self._held(), self.counts, problems=[error])
            )

    def execute(self) -> Outcome:
        """Reads, checks, compares, writes; makes the new version current at the very end."""
        slug, prints = self.source.slug, self.place.registry.prints
        version, held = self._version(), self._held()
        if held == version and not self.dry_run:
            return self._unchanged(version)
        graph = self.place.base.source_graph(slug, version)
        if not self.dry_run:
            self.place.store.drop(graph)
        prints.begin(slug, held)
        with ExitStack() as stack:
            rejects = stack.enter_context(RejectFile(self.rejects, self.reading.columns()))
            filling = (
                None if self.dry_run else stack.enter_context(Filling(self.place.store, graph))
            )
            writing = Writing(slug, held, prints, self.spell, filling)
            for batch in self.items:
                good = judge(
                    batch,
                    self.reading.path.name if self.reading.path else slug,
                    self.counts,
                    rejects,
                )
                mint_stated(good, self.keys, crawled=self.crawling is not None)
                writing.take(good, self.counts)
                self.progress(slug, self.counts.read)
            completing = self._completing()
            writing.write(completing)
        prints.end()
        counts = self.counts
        counts.added, counts.changed, counts.removed = prints.count_changes(slug, held)
        outcome = Outcome(slug, "updated", version, counts, rejects.path if rejects.count else None)
        outcome.problems = [error for reject in rejects.first for error in reject.errors]
        if self.dry_run:
            outcome.result = "dry-run"
            outcome.changes = changes(slug, held, self.items, completing, self.place, self.spell)
        elif (stop := self._below_minimum()) is not None:
            self.place.store.drop(graph)
            outcome.result, outcome.version = "stopped", held
            outcome.problems.insert(0, stop)
        else:
            prints.keep(slug, version)
            self.place.versions.make_current(self._record(version))
            prints.forget_others(slug, version)
        return self._told(outcome)

    def _completing(self) -> list[Stated]:
        """What the source states only once all rows are known, and its page."""
        complete = self.source.function("complete")
        if complete is None:
            return []
        made = list(complete(self.context))
        for entity in made:
            entity.sources = entity.sources or [self.pages.fallback]
        return [*map(self.spell, made), self.pages.of(self.pages.fallback).stated]

    # -- versions -------------------------------------------------------------------------------

    def _held(self) -> str | None:
        """The version of the source that counts now."""
        held = self.place.versions.current(self.source.slug)
        return held.version if held is not None else None

    def _version(self) -> str:
        reading = self.reading
        files = [path for path in (reading.path,) if path is not None]
        files += [path for path in (reading.corrections,) if path.exists()]
        files += [self.context.path(str(one)) for one in declared_files(self.source)]
        crawled = self.crawling is not None and not files
        stated = self.crawling.digest(self.spell) if self.crawling and crawled else b""
        return digest_of(self.source, self.place.registry.decided(), files, stated)

    def _unchanged(self, version: str) -> Outcome:
        """The version held is that of the file: its counts are those of the run that read it."""
        last = self.place.registry.last_run(self.source.slug, but=("stopped",))
        counts = Counts(**json.loads(last[2])) if last else Counts()
        self.counts = Counts(read=counts.read, rejected=counts.rejected, unchanged=counts.good)
        rejects = self.rejects if counts.rejected and self.rejects.exists() else None
        return self._told(Outcome(self.source.slug, "unchanged", version, self.counts, rejects))

    def _below_minimum(self) -> InputError | None:
        wanted, good = self.source.minimum.get("rows"), self.counts.good
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
            retrieved=self.retrieved,
            generated=_now(),
            tool=self.place.tool,
            priority=self.source.priority,
            entities=self.counts.good,
        )

    def _told(self, outcome: Outcome) -> Outcome:
        """The outcome, logged unless it is a dry run."""
        if not self.dry_run:
            counts = json.dumps(asdict(self.counts))
            self.place.registry.log(self.source.slug, _now(), outcome.result, counts)
        return outcome


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
    place.registry.forget_rehearsal()
    runs = [
        Run(source, place, today=today, dry_run=dry_run, progress=progress) for source in sources
    ]
    with _settled():
        for run in runs:
            run.mint()
        return [run.outcome() for run in runs]


@contextmanager
def _settled() -> Iterator[None]:
    """Leaves what the process holds already out of the search for cyclic garbage while rows come in.

    Looking at the vocabulary and the modules again and again took a seventh of a run's time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
