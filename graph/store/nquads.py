"""N-Quads of any size in bounded memory: sorted by runs on disk, read back by graph."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from tempfile import TemporaryFile
from typing import IO

import pyoxigraph as ox

from graph.store import faults
from graph.store.convert import QuadReader, triple_in
from graph.store.terms import Triple

CHUNK = 200_000
"""Lines sorted or parsed at a time; about 40 MB of typical statements."""

FILE = "store.nq"
"""The file of a backup that is not an engine's own folder."""


def with_graph(line: bytes, graph: str) -> bytes:
    """A line of N-Triples (`s p o .`) as a line of N-Quads."""
    return line.rstrip()[:-1] + f"<{graph}> .\n".encode()


def sorted_lines(lines: Iterable[bytes], chunk: int = CHUNK) -> Iterator[bytes]:
    """The lines in order of their bytes, each once; every line ends with a line feed."""
    source = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while part := sorted(islice(source, chunk)):
            full = len(part) == chunk
            runs.append(_spill(part, stack.enter_context(TemporaryFile())) if full else part)
        last = b""
        for line in heapq.merge(*runs):
            if line != last:
                yield line
            last = line


def _spill(lines: list[bytes], file: IO[bytes]) -> IO[bytes]:
    file.writelines(lines)
    file.seek(0)
    return file


def parsed(lines: Iterable[bytes], chunk: int = CHUNK) -> Iterator[ox.Quad]:
    """The statements of N-Quads lines. Raises InputError at the first line that is none."""
    source = iter(lines)
    while part := list(islice(source, chunk)):
        try:
            for quad in ox.parse(b"\n".join(part), ox.RdfFormat.N_QUADS):
                if not isinstance(quad.graph_name, ox.NamedNode):
                    raise faults.bad_nquads(f"no graph: {quad}")
                yield quad
        except (SyntaxError, UnicodeDecodeError) as error:
            raise faults.bad_nquads(str(error)) from error


def utf8(text: str) -> bytes:
    """The bytes of a text. Raises InputError for halves of surrogate pairs, which are no Unicode."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise faults.bad_term(error.object[error.start : error.end], "Unicode") from error


def triples_in(ntriples: str) -> Iterator[Triple]:
    """The statements in lines of N-Triples."""
    return map(triple_in, ox.parse(ntriples.encode(), ox.RdfFormat.N_TRIPLES))


def grouped(lines: Iterable[bytes]) -> Iterator[tuple[str, Iterator[Triple]]]:
    """The statements of N-Quads lines by graph, as the graphs follow one another."""
    quads = map(QuadReader(), parsed(lines))
    for graph, members in groupby(quads, key=lambda quad: quad.graph):
        yield graph, (quad.triple for quad in members)
