"""One run over one source, from its file to the version that counts, or to the reason why not."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from graph.spelling import Speller, Stated
from graph.store.filling import Filling
from graph.store.versions import Version
from ingest.context import Context
from ingest.mapping import Mapper
from ingest.pipeline.above import Above
from ingest.pipeline.changes import Changes, changes
from ingest.pipeline.crawling import Crawling
from ingest.pipeline.digest import declared_files, digest_of
from ingest.pipeline.judging import judge
from ingest.pipeline.making import Making
from ingest.pipeline.naming import Keys, mint_rows
from ingest.pipeline.outcome import Counts, Outcome
from ingest.pipeline.own_code import given, unkeepable
from ingest.pipeline.pages import Pages
from ingest.pipeline.place import Place, Progress
from ingest.pipeline.reading import Reading
from ingest.pipeline.stops import below_minimum, outdated
from ingest.pipeline.writing import Writing, mint_stated
from ingest.rejects import RejectFile
from ingest.source import Source
from ontology.errors import ResurseError, Said, SourceError


class Run:
    """One run over one source: `execute` is the story, the rooms are its steps."""

    def __init__(
        self,
        source: Source,
        place: Place,
        above: Above,
        *,
        today: date,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.source = source
        self.place = place
        self.above = above
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
            source,
            self.mapper,
            source.path,
            place.home / "corrections" / f"{source.slug}.csv",
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

    def stopped(self, error: ResurseError) -> Outcome:
        """The outcome of a source that cannot be read: nothing was made current."""
        self.counts = Counts()
        self.above.forget(self.source.slug)
        return self._told(
            Outcome(self.source.slug, "stopped", self._held(), self.counts, problems=[error])
        )

    def execute(self) -> Outcome:
        """Reads, checks, compares, writes; makes the new version current at the very end."""
        version, held = self._version(), self._held()
        if held == version and not self.dry_run:
            return self._unchanged(version)
        graph = self.place.base.source_graph(self.source.slug, version)
        if not self.dry_run:
            self.place.store.drop(graph)
        with RejectFile(self.rejects, self.reading.columns()) as rejects:
            completing, writing = self._write(held, graph, rejects)
            return self._judged(version, held, completing, rejects, writing)

    def _write(
        self, held: str | None, graph: str, rejects: RejectFile
    ) -> tuple[list[Stated], Writing]:
        """Every item through its rooms, into the graph unless it is a dry run.

        Gives what follows from all of them, and what saw them pass.
        """
        slug, prints = self.source.slug, self.place.registry.prints
        prints.begin(slug, held)
        self.above.begin(slug)
        file = self.reading.path.name if self.reading.path else slug
        with ExitStack() as stack:
            filling = (
                None if self.dry_run else stack.enter_context(Filling(self.place.store, graph))
            )
            writing = Writing(slug, held, prints, self.spell, filling)
            for batch in self.items:
                good = judge(batch, file, self.counts, rejects, self.above)
                mint_stated(good, self.keys, crawled=self.crawling is not None)
                writing.take(good, self.counts)
                self.progress(slug, self.counts.read)
            completing = self._completing()
            writing.write(completing)
        prints.end()
        return completing, writing

    def _judged(
        self,
        version: str,
        held: str | None,
        completing: list[Stated],
        rejects: RejectFile,
        writing: Writing,
    ) -> Outcome:
        """What comes of what was read: current from now on, or only told, or stopped.

        The file of refused rows that lies in the home is that of the version held; what a dry run or
        a run that was stopped refused stands in a folder of its own.
        """
        slug, counts = self.source.slug, self.counts
        counts.added, counts.changed, counts.removed = self.place.registry.prints.count_changes(
            slug, held
        )
        outcome = Outcome(slug, "updated", version, counts)
        outcome.problems = [error for reject in rejects.first for error in reject.errors]
        if self.reading.outdated:
            outcome.problems.insert(0, outdated(self.reading.outdated, self.reading.corrections))
        if (unread := self.context.unread.told(slug)) is not None:
            outcome.problems.insert(0, unread)
        stop = below_minimum(self.source, counts.good)
        if stop is not None:
            outcome.problems.insert(0, stop)
        if self.dry_run:
            outcome.result = "dry-run"
            outcome.changes = self._changes(held, completing, writing)
        elif stop is not None:
            self._take_back(version)
            outcome.result, outcome.version = "stopped", held
        else:
            self._make_current(version, outcome, rejects)
            return outcome
        outcome.rejects = rejects.keep(self._beside(outcome.result))
        return self._told(outcome)

    def _beside(self, result: str) -> Path:
        """Where the refused rows of a run lie that changed nothing."""
        return self.rejects.parent / result / self.rejects.name

    def _changes(self, held: str | None, completing: list[Stated], writing: Writing) -> Changes:
        """What a dry run would change."""
        told = changes(
            self.source.slug,
            held,
            self.items,
            writing.first,
            completing,
            self.place,
            self.spell,
            self.above,
        )
        for one in writing.merged:
            told.tell(one.id, "merged", where=one.where)
        return told

    def _take_back(self, version: str) -> None:
        """Removes what was written of a version that must not count."""
        slug, counts = self.source.slug, self.counts
        self.place.store.drop(self.place.base.source_graph(slug, version))
        self.above.forget(slug)
        counts.added = counts.changed = counts.removed = 0

    def _make_current(self, version: str, outcome: Outcome, rejects: RejectFile) -> None:
        """The version counts from now on.

        All that is told of it stands before: a run that is killed in between is done again, one that
        is killed afterwards has left nothing out.
        """
        slug, prints = self.source.slug, self.place.registry.prints
        outcome.rejects = rejects.keep(self.rejects)
        prints.keep(slug, version)
        self._log(outcome)
        self.place.versions.make_current(self._record(version))
        prints.forget_others(slug, version)
        for result in ("stopped", "dry-run"):
            self._beside(result).unlink(missing_ok=True)

    def _completing(self) -> list[Stated]:
        """What the source states only once all rows are known, and its page."""
        complete = self.source.function("complete")
        if complete is None:
            return []
        made = list(given(lambda: complete(self.context), self._failed))
        for entity in made:
            if (wrong := unkeepable(entity, self.source.slug)) is not None:
                raise SourceError(wrong.what, wrong.fix, wrong.where)
            entity.sources = entity.sources or [self.pages.fallback]
        return [*map(self.spell, made), self.pages.of(self.pages.fallback).stated]

    def _failed(self, what: Said, fix: Said) -> SourceError:
        return SourceError(what, fix, self.source.slug)

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
        last = self.place.registry.readings.last(self.source.slug, but=("stopped",))
        counts = Counts(**json.loads(last[2])) if last else Counts()
        self.counts = Counts(read=counts.read, rejected=counts.rejected, unchanged=counts.good)
        rejects = self.rejects if counts.rejected and self.rejects.exists() else None
        return self._told(Outcome(self.source.slug, "unchanged", version, self.counts, rejects))

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
            self._log(outcome)
        return outcome

    def _log(self, outcome: Outcome) -> None:
        counts = json.dumps(asdict(self.counts))
        self.place.registry.readings.log(self.source.slug, _now(), outcome.result, counts)


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
