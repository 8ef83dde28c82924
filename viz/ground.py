"""What a page stands on: one data version, today's date, and the few settings that pages show."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar, cast

from cachetools import LRUCache

from graph.catalogue.base import Catalogue
from graph.match.engine import Matcher
from graph.network import City, Survey
from graph.search.hybrid import Search
from graph.store import Version
from ontology.errors import Said
from ontology.vocab import Base

T = TypeVar("T")


class Data(Protocol):
    """One data version; its parts open when first needed."""

    @property
    def version(self) -> str:
        """Changes with every ingest."""

    @property
    def catalogue(self) -> Catalogue:
        """Records, lists, facets."""

    @property
    def search(self) -> Search:
        """The search index."""

    @property
    def network(self) -> City:
        """Who is linked to whom."""

    @property
    def survey(self) -> Survey:
        """The measures of the network."""

    @property
    def matcher(self) -> Matcher:
        """Partners, money, actions."""

    @property
    def versions(self) -> Sequence[Version]:
        """The versions of the sources it is made of."""


class SourceReport(Protocol):
    """One source as the sources page shows it; counts are rows of its last reading."""

    @property
    def slug(self) -> str: ...  # noqa: D102

    @property
    def title(self) -> Said: ...  # noqa: D102

    @property
    def publisher(self) -> str: ...  # noqa: D102

    @property
    def licence(self) -> str: ...  # noqa: D102

    @property
    def landing_page(self) -> str | None: ...  # noqa: D102

    @property
    def version(self) -> str | None: ...  # noqa: D102

    @property
    def retrieved(self) -> str | None: ...  # noqa: D102

    @property
    def last_run(self) -> str | None: ...  # noqa: D102

    @property
    def result(self) -> str | None: ...  # noqa: D102

    @property
    def read(self) -> int: ...  # noqa: D102

    @property
    def accepted(self) -> int: ...  # noqa: D102

    @property
    def rejected(self) -> int: ...  # noqa: D102

    @property
    def merged(self) -> int: ...  # noqa: D102

    @property
    def entities(self) -> int: ...  # noqa: D102

    @property
    def statements(self) -> int: ...  # noqa: D102

    @property
    def stale(self) -> bool: ...  # noqa: D102


MADE = 512
"""Results that a ground remembers; those longest not asked for go first."""


@dataclass(frozen=True)
class Ground:
    """Handed to every page for one request."""

    data: Data
    base: Base
    today: date
    edition: str
    """Another whenever pages would say something else: new data, a source read again, other settings."""
    sources: Sequence[SourceReport]
    rejects: dict[str, str]
    """By source, the CSV of its rejected rows, where there is one (path as text)."""
    contact: str | None = None
    tiles: str | None = None
    weights: tuple[tuple[str, float], ...] = ()
    _made: LRUCache[Hashable, Any] = field(
        default_factory=lambda: LRUCache(MADE), repr=False, compare=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """What depends on nothing but this edition, this day and the name: made when first asked for."""
        with self._lock:
            held = self._made.get(name, self)
        if held is self:
            held = make()
            with self._lock:
                self._made[name] = held
        return cast(T, held)
