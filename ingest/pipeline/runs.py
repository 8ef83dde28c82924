"""Runs over several sources: one that cannot be read stops itself only."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date

from graph import heap
from ingest.pipeline.above import Above
from ingest.pipeline.outcome import Outcome
from ingest.pipeline.place import Place, Progress
from ingest.pipeline.run import Run
from ingest.source import Source
from ontology.errors import InputError, SourceError


def ingest(
    sources: Iterable[Source],
    place: Place,
    *,
    today: date,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Brings the sources in, one after the other; things of one may refer to things of another.

    A publisher that does not answer, or a file that cannot be read, stops its own source only: what
    was held stays current. Raises the InputError of a source that came alone: nothing else was done.
    """
    place.registry.forget_rehearsal()
    with closing(Above(place.store, place.base, place.work)) as above:
        return _all(sources, place, above, today=today, dry_run=dry_run, progress=progress)


def _all(
    sources: Iterable[Source],
    place: Place,
    above: Above,
    *,
    today: date,
    dry_run: bool,
    progress: Progress | None,
) -> list[Outcome]:
    runs = [
        Run(source, place, above, today=today, dry_run=dry_run, progress=progress)
        for source in sources
    ]
    alone = len(runs) == 1
    stopped: dict[int, Outcome] = {}
    outcomes: list[Outcome] = []
    with heap.kept_small(), _settled():
        for number, run in enumerate(runs):
            try:
                run.mint()
            except InputError as error:
                if alone:
                    raise
                stopped[number] = run.stopped(error)
        for number, run in enumerate(runs):
            outcomes.append(stopped.get(number) or _outcome(run, alone=alone))
            heap.give_back()
    return outcomes


def _outcome(run: Run, *, alone: bool) -> Outcome:
    try:
        return run.execute()
    except SourceError as error:
        return run.stopped(error)
    except InputError as error:
        if alone:
            raise
        return run.stopped(error)


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
