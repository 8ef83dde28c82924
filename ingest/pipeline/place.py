"""Where a run reads and writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.store import Store
from graph.store.versions import Versions
from ingest.identify import Identify
from ingest.registry import Registry
from ontology.vocab import Base

Progress = Callable[[str, int], None]
"""Called with a source's slug, or the name of a stage, and how much of it is done."""


@dataclass(frozen=True)
class Place:
    """The store, the ids that were minted, what is known of identity, and the home's folder."""

    store: Store
    versions: Versions
    registry: Registry
    base: Base
    home: Path
    tool: str
    fetch: Any = None
    identify: Identify | None = None
    named: Callable[[str], str | None] | None = None
    """The id of the one held thing of a name."""
    work: Path | None = None
    """The folder for large work, emptied when it is done and after a kill; None for the system's own."""
