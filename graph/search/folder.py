"""The folder of a built index: made beside the old one, switched in whole, checked when opened."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ontology.errors import ModelError, Said

FORMAT: Final = 4
"""Changes whenever an index of before could not be read, or would be read wrongly."""

_ABOUT: Final = "index.json"
_CHUNK: Final = 1 << 20


def _files(folder: Path) -> Iterator[Path]:
    """Every file of an index but its own description and the locks of its writer."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _ABOUT and path.suffix != ".lock":
            yield path


def _checksum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found


@contextmanager
def written(folder: Path) -> Iterator[Path]:
    """A new folder to write an index into; it takes the place of `folder` when all went well.

    Call `seal` on it before the end. After an error the old index stands as it was.
    """
    new, old = (folder.with_name(f".{folder.name}.{what}") for what in ("new", "old"))
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    finally:
        for left in (new, old):
            shutil.rmtree(left, ignore_errors=True)


def seal(folder: Path, about: Mapping[str, Any]) -> None:
    """Describes a finished index: `about`, the format, and each file's size and checksum."""
    files = {
        str(path.relative_to(folder)): [path.stat().st_size, _checksum(path)]
        for path in _files(folder)
    }
    described = {**about, "format": FORMAT, "files": files}
    (folder / _ABOUT).write_text(json.dumps(described, indent=1), encoding="utf-8")


def opened(folder: Path) -> dict[str, Any]:
    """The description of an index that is whole and of this format; else ModelError."""
    path = folder / _ABOUT
    try:
        about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        form, files = about["format"], dict(about["files"])
    except FileNotFoundError as error:
        raise unusable(
            folder, Said("indexul de căutare lipsește", "there is no search index")
        ) from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise unusable(folder, _damaged(_ABOUT)) from error
    if form != FORMAT:
        raise unusable(
            folder,
            Said(f"indexul de căutare are formatul {form}, nu {FORMAT}",
                 f"the search index has format {form}, not {FORMAT}"),
        )  # fmt: skip
    for name, (size, checksum) in files.items():
        one = folder / name
        if not one.is_file() or one.stat().st_size != size or _checksum(one) != checksum:
            raise unusable(folder, _damaged(name))
    return about


def _damaged(name: str) -> Said:
    return Said(
        f"indexul de căutare este stricat (fișierul {name})",
        f"the search index is damaged (file {name})",
    )


def unusable(folder: Path, what: Said) -> ModelError:
    """The error of an index that must be built again."""
    fix = Said("Refaceți-l cu: resurse ingest.", "Build it again with: resurse ingest.")
    return ModelError(what, fix, str(folder))
