"""A source: how its table or server is read, and what its columns mean (see `declaration`)."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from ontology.errors import MappingError, Said

CONNECTORS = Path(__file__).parent / "connectors"


@dataclass(frozen=True)
class Column:
    """How one column becomes values of one field, or of two: `to` is the field of the upper end.

    `split` cuts the cell into several values; `codes` rewrites words to codes (null drops one);
    `refer` lists the schemes whose keys the cell holds, and `names` the field that takes an item
    which is no such key; `only` names the classes that have the field, when the rows of a file are
    of several. A column without a field (`use: true`) is read by the source's own function.
    """

    name: str
    target: str | None = None
    to: str | None = None
    lang: str | None = None
    split: str | None = None
    codes: Mapping[str, str | None] = field(default_factory=dict)
    refer: tuple[str, ...] = ()
    names: str | None = None
    scheme: str | None = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class IdRule:
    """How the id of a row's thing is made: `prefix` and a column (less what `strip` names), or a slug of it.

    The prefix is the class's own unless given.
    """

    column: str
    strip: tuple[str, ...] = ()
    prefix: str | None = None
    slug: bool = False


@dataclass(frozen=True)
class Source:
    """One source as its folder declares it."""

    slug: str
    folder: Path
    title: Said
    publisher: str
    licence: str
    landing_page: str | None
    scheme: str
    priority: int
    retrieved: str | None
    every: str | None
    read: Mapping[str, Any]
    page: Mapping[str, str]
    cell_sources: Mapping[str, str] | None
    classes: Mapping[str, str]
    class_by: str | None
    id_rule: IdRule | None
    columns: Mapping[str, Column]
    ignore: Mapping[str, str]
    minimum: Mapping[str, int]
    options: Mapping[str, Any]
    identity: bool
    same: Mapping[str, str]
    """Row ids that stand for a thing which another source names: `pla-ogp-2022-2023: plan/pla-2022-2023`."""
    connector: str | None
    month_first: bool
    """True when the dates of the file have the month before the day: `03/15/2024`."""
    by_name: bool
    """True for a source that is read only when it is named: one that asks another server."""

    @property
    def path(self) -> Path | None:
        """The file it reads; None for a source that is fetched."""
        given = self.read.get("path")
        return (self.folder / str(given)).resolve() if given else None

    def reading(self, path: Path) -> Source:
        """The same source over another file (its format found anew)."""
        kept = {
            k: v
            for k, v in self.read.items()
            if k not in ("path", "format", "encoding", "delimiter")
        }
        return replace(self, read={**kept, "path": str(path.resolve())})

    def module(self) -> ModuleType | None:
        """The source's own source.py, if it has one."""
        path = self.folder / "source.py"
        if not path.exists():
            return None
        spec = importlib.util.spec_from_file_location(
            f"ingest_source_{self.slug.replace('-', '_')}", path
        )
        if spec is None or spec.loader is None:
            raise MappingError(
                Said("nu se poate încărca", "cannot be loaded"),
                Said("Verificați fișierul.", "Check the file."),
                str(path),
            )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def function(self, name: str) -> Callable[..., Any] | None:
        """A function of source.py by name, or `crawl` of the connector that source.yml names."""
        if name == "crawl" and self.connector is not None:
            if importlib.util.find_spec(f"ingest.connectors.{self.connector}") is None:
                known = ", ".join(sorted(p.stem for p in CONNECTORS.glob("[a-z]*.py")))
                raise MappingError(
                    Said(
                        f"conectorul „{self.connector}” nu există",
                        f"there is no connector '{self.connector}'",
                    ),
                    Said(f"Conectorii sunt: {known}.", f"The connectors are: {known}."),
                    f"{self.slug}/source.yml, connector",
                )
            return importlib.import_module(f"ingest.connectors.{self.connector}").crawl  # type: ignore[no-any-return]
        module = self.module()
        found = getattr(module, name, None) if module else None
        return found if callable(found) else None

    def fingerprint(self) -> str:
        """Twelve hex digits over everything the source's output depends on, the data file apart."""
        digest = hashlib.sha256()
        for path in sorted(self.folder.glob("source.*")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]
