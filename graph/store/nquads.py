"""Sorted N-Quads of any size in bounded memory: chunks sorted in memory, then merged from disk."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

CHUNK = 200_000
"""Lines sorted in memory at a time; about 40 MB of typical statements."""


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
