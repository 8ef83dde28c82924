"""The name of a version: twelve hex digits over everything that the source's graph depends on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ingest.source import Source
from ontology.errors import FileError, Said

OUTPUT_FORMAT = "4"
"""Changes when the same rows would give other triples: every source is then read again."""


def digest_of(
    source: Source, decided: Mapping[str, str], files: Iterable[Path], stated: bytes
) -> str:
    """The version's name; `stated` is the digest of a crawl that has no file, else empty.

    Raises FileError when a file is not there.
    """
    digest = hashlib.sha256(OUTPUT_FORMAT.encode())
    digest.update(source.fingerprint().encode())
    digest.update(json.dumps(sorted(decided.items())).encode())
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
    digest.update(stated)
    return digest.hexdigest()[:12]


def declared_files(source: Source) -> Iterator[str]:
    """Paths of further files that the output depends on: cell sources, and options that name files."""
    if source.cell_sources:
        yield source.cell_sources["path"]
    for value in source.options.values():
        if isinstance(value, str) and value.startswith(("./", "../")):
            yield value
