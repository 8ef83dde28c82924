"""The sources that are declared: those that come with the program, and those an installation added."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from ingest.declaration import bundled, load_source
from ingest.source import Source
from ontology.errors import NotFoundError, Said


def declared(home: Path) -> dict[str, Source]:
    """The bundled sources, then those that the installation added under its home, by slug."""
    own = sorted((home / "sources").glob("*/source.yml"))
    sources = [*bundled(), *(load_source(path.parent) for path in own)]
    return {source.slug: source for source in sources}


def chosen(known: Mapping[str, Source], names: Sequence[str]) -> list[Source]:
    """The sources of these names, in reading order; when none is named, all but those read only by name.

    Raises NotFoundError for a name that is none.
    """
    if not names:
        return [source for source in known.values() if not source.by_name]
    missing = [name for name in names if name not in known]
    if missing:
        raise NotFoundError(
            Said(f"sursa „{missing[0]}” nu există", f"there is no source '{missing[0]}'"),
            Said(f"Sursele sunt: {', '.join(known)}.", f"The sources are: {', '.join(known)}."),
        )
    return [source for source in known.values() if source.slug in names]


def adopt(home: Path, mapping: Path, file: Path) -> Source:
    """A table of the user's own becomes a source of this home, so that it can be read again by name."""
    given = load_source(mapping)
    own = home / "sources" / given.slug
    own.mkdir(parents=True, exist_ok=True)
    for path, name in ((file, file.name), (mapping, "source.yml")):
        if path.resolve() != (own / name).resolve():
            shutil.copyfile(path, own / name)
    raw = yaml.safe_load((own / "source.yml").read_text(encoding="utf-8"))
    raw["slug"] = given.slug
    raw["read"] = {**(raw.get("read") or {}), "path": f"./{file.name}"}
    text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
    (own / "source.yml").write_text(text, encoding="utf-8")
    return load_source(own)
