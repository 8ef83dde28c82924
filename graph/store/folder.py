"""The folder of an embedded Oxigraph: opened by one process, changed one thing at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

import pyoxigraph as ox

from graph import heap
from graph.store import faults
from graph.store.base import BATCH, Quad, Triple
from graph.store.convert import Writer, iri_out
from graph.store.nquads import parsed, utf8
from graph.store.owner import Owner
from graph.store.updates import replacement, transaction
from graph.store.versions import united_graph
from ontology.errors import StoreLockedError
from ontology.vocab import Base

SMALL = 1_000
"""Batches up to this size go in by one transaction; a bulk load writes new files each time."""

LINE = 150
"""Bytes that a line of N-Triples has, about."""

SMALL_TEXT = LINE * SMALL
"""As many bytes of N-Triples."""
COPIED = 8 << 20
"""Bytes of N-Triples that a copy of a graph writes at a time."""
MUCH = 512 << 20
"""Bytes of N-Triples written, or read for a dump, after which the engine is closed and opened again.

Each time it gives up the files that it was merging, and begins again: four times as often cost a
copy of 10^6 rows minutes."""

READ = 8
"""How often a byte of a dump counts.

Of what is written the engine keeps an index; what is read goes into its caches, until they are full:
128 MiB of texts and 32 MiB for each order of statements (its LOG says so; nothing here can set it)."""

PATIENCE = 10.0
"""Seconds that a store which opens its folder again waits for its own readers."""


class Folder:
    """An opened folder and everything that changes it; reading is `OxigraphStore`'s."""

    def __init__(self, folder: Path, base: Base, *, read_only: bool = False) -> None:
        self.folder = folder
        self._base = base
        self._read_only = read_only
        self._writing = threading.Lock()
        self._opening = threading.Lock()
        self._owner = None if read_only else Owner(folder)
        self._closed = False
        try:
            self._opened: ox.Store | None = _open(folder, read_only)
        except BaseException:
            self._disown()
            raise
        self._since = 0

    @property
    def base(self) -> Base:
        """The base whose graphs this store holds."""
        return self._base

    @property
    def _store(self) -> ox.Store:
        opened = self._opened
        if opened is None:
            with self._opening:  # a thread that comes while the store rests waits for it
                if self._closed:
                    raise faults.failed(str(self.folder), "closed")
                opened = self._opened = self._opened or self._again()
        return opened

    def _again(self) -> ox.Store:
        """Opens the folder when its readers have done; it is this store's own meanwhile."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return _open(self.folder, self._read_only)
            except StoreLockedError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:
            raise faults.failed(str(self.folder), str(error)) from error

    @contextmanager
    def _change(self) -> Iterator[None]:
        """One change at a time, on the disk when it ends.

        Two threads that flush a pyoxigraph 0.5.13 store at once can wait for each other for ever
        (seen within a hundred tries); reading meanwhile is safe.
        """
        with self._writing, self._faults():
            yield
            self._store.flush()

    def add(self, graph: str, triples: Iterable[Triple]) -> int:
        """Adds statements to a graph, `BATCH` at a time, each flushed to disk."""
        return self._write(map(Writer(graph), triples))

    def _write(self, quads: Iterator[ox.Quad]) -> int:
        total = 0
        while batch := list(islice(quads, BATCH)):
            with self._change():
                if len(batch) > SMALL:
                    self._store.bulk_extend(batch)
                else:
                    self._store.extend(batch)
            total += len(batch)
            self._since += LINE * len(batch)
        return total

    def fill(self, graph: str, ntriples: str) -> None:
        """Adds lines of N-Triples to a graph; other threads run meanwhile."""
        self._fill(graph, utf8(ntriples))

    def _fill(self, graph: str, ntriples: bytes) -> None:
        try:
            with self._change():
                load = self._store.load if len(ntriples) < SMALL_TEXT else self._store.bulk_load
                load(ntriples, ox.RdfFormat.N_TRIPLES, to_graph=iri_out(graph))
        except SyntaxError as error:
            raise faults.bad_term("N-Triples", str(error)) from error
        self._since += len(ntriples)

    def replace(self, graph: str, triples: Iterable[Triple]) -> int:
        """Gives a graph a new content in one transaction."""
        text, count = replacement(graph, triples)
        self._update(text)
        return count

    def transact(self, removals: Iterable[Quad], additions: Iterable[Quad]) -> None:
        """Removes and adds a few statements in one transaction."""
        text = transaction(removals, additions)
        if text:
            self._update(text)

    def _update(self, text: str) -> None:
        try:
            with self._change():
                self._store.update(text)
        except (SyntaxError, UnicodeEncodeError) as error:
            raise faults.bad_term("SPARQL UPDATE", str(error)) from error

    def drop(self, graph: str) -> None:
        """Removes a graph with all its statements."""
        with self._change():
            self._store.remove_graph(iri_out(graph))

    def unite(self, graphs: Sequence[str]) -> None:
        """Copies the statements of some graphs into the united graph; memory does not grow with them."""
        whole = united_graph(self._base)
        self.drop(whole)
        for graph in graphs:
            with self._dumped(graph) as file:
                while lines := file.read(COPIED) + file.readline():
                    self.rest()
                    self._fill(whole, lines)

    def load(self, nquads: Iterable[bytes]) -> int:
        """Adds the statements of N-Quads lines."""
        return self._write(parsed(nquads))

    @contextmanager
    def _dumped(self, graph: str) -> Iterator[IO[bytes]]:
        """A temporary file, nameless and beside the data, with the statements of a graph as N-Triples."""
        with TemporaryFile(dir=None if self._read_only else self.folder) as file:
            with self._faults():
                self._store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=iri_out(graph))
            self._since += READ * file.tell()
            file.seek(0)
            yield file

    def rest(self, *, wholly: bool = False) -> None:
        """Lets go of what the engine keeps in memory of what was written and read, if it is `MUCH`.

        It keeps caches and an index of every file until it is closed: so it is closed and opened
        again, which takes some hundredths of a second; `wholly` closes it in any case, until somebody
        asks. The engine closes when the last answer that is being read ends: waits for it. The folder
        stays this process's own meanwhile. Raises StoreLockedError if it is not free again after
        `PATIENCE`, StoreError if it cannot be opened; whoever asks next tries again.
        """
        if self._since < MUCH and not wholly:
            return
        with self._writing, self._opening, self._faults():
            if self._opened is not None and not self._read_only:
                self._opened.flush()
            self._opened = None
            self._since = 0
            heap.give_back()
            if not wholly:
                self._opened = self._again()

    def close(self) -> None:
        """Writes what is pending and gives the folder back."""
        if self._opened is not None and not self._read_only:
            with self._change():
                pass  # what another thread was writing is on the disk now
        self._closed = True
        self._opened = None
        self._disown()

    def _disown(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _open(folder: Path, read_only: bool) -> ox.Store:
    try:
        if read_only:
            return ox.Store.read_only(str(folder))
        return ox.Store(str(folder))
    except OSError as error:
        if "lock" in str(error).lower():
            raise faults.locked(str(folder)) from error
        raise faults.unusable(str(folder), str(error)) from error
    except RuntimeError as error:
        raise faults.broken(str(folder), str(error)) from error
