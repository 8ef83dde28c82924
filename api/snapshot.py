"""One data version, ready to answer: catalogue, search, network and matching, opened when needed."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from api.home import building
from graph.catalogue.calls import today
from graph.catalogue.sqlite import SqliteCatalogue
from graph.store import Version
from ontology.errors import ModelError

# Search, network and matching are imported where they are first asked for: not every command does.
if TYPE_CHECKING:
    from graph.match.engine import Matcher
    from graph.network import City, Survey
    from graph.search.embed import Embedder
    from graph.search.hybrid import Search

Progress = Callable[[str, int], None]


log = logging.getLogger(__name__)

_PARTS = ("search", "network", "survey", "shared", "matcher")


class Snapshot:
    """What is served. Its parts are opened once, by whichever thread needs them first."""

    def __init__(
        self, folder: Path, embedder: Callable[[], Embedder], weights: Mapping[str, float]
    ) -> None:
        self.folder = folder
        self.catalogue = SqliteCatalogue(folder / "catalogue.sqlite")
        self.version = self.catalogue.version
        self._embedder = embedder
        self._weights = weights
        # A lock for each part, since one that takes seconds must not hold up the others.
        self._locks = {name: threading.Lock() for name in _PARTS}
        self._closed = False
        self._shared: dict[tuple[str, str], tuple[City, Survey]] = {}

    @cached_property
    def _search(self) -> Search:
        """The index; built again from the catalogue when it is missing, damaged or of another format."""
        from graph.search.hybrid import Search
        from graph.search.reading import documents

        folder, embedder = self.folder / "search", self._embedder()
        try:
            return Search.open(folder, embedder)
        except ModelError:
            with building(self.folder.parent) as draft:
                Search.write(documents(self.catalogue, draft), draft / "search", embedder)
                shutil.rmtree(folder, ignore_errors=True)
                os.replace(draft / "search", folder)
            return Search.open(folder, embedder)

    @property
    def search(self) -> Search:
        """The search index of this version."""
        with self._locks["search"]:
            return self._search

    @cached_property
    def _network(self) -> City:
        from graph.network import project

        return project(self.catalogue)

    @property
    def network(self) -> City:
        """Who is linked to whom in this version."""
        with self._locks["network"]:
            return self._network

    @cached_property
    def _survey(self) -> Survey:
        from graph.network import survey

        return survey(self.network)

    @property
    def survey(self) -> Survey:
        """The measures of the whole network, taken once."""
        with self._locks["survey"]:
            return self._survey

    def shared(self, sharing: str, onto: str) -> tuple[City, Survey]:
        """The things of a kind, tied where they share something, with its measures; made once.

        Things that share nothing with any other are left out. Raises UnknownWordError.
        """
        from graph.network import city, projection, survey

        with self._locks["shared"]:
            if (sharing, onto) not in self._shared:
                whole = projection(self.network, sharing, onto)
                tied = city((n for n in whole.nodes if whole.degree[n.id]), whole.links)
                self._shared[sharing, onto] = (tied, survey(tied))
            return self._shared[sharing, onto]

    @property
    def triples(self) -> Path | None:
        """A read-only copy of the store for this version; None when the store is an endpoint."""
        folder = self.folder / "triples"
        return folder if folder.is_dir() else None

    @cached_property
    def versions(self) -> list[Version]:
        """The versions of the sources that this snapshot is made of."""
        return [
            Version(**one) for one in orjson.loads((self.folder / "versions.json").read_bytes())
        ]

    @cached_property
    def _matcher(self) -> Matcher:
        from graph.match.engine import Matcher

        return Matcher(self.catalogue, self.search, self.network, weights=self._weights)

    @property
    def matcher(self) -> Matcher:
        """Partners, money and actions, with reasons."""
        with self._locks["matcher"]:
            return self._matcher

    def open_ahead(self) -> threading.Thread:
        """Opens in the background what the first visitors would wait for: search with the columns its
        facets are counted over, the network, matching.
        """
        made = threading.Thread(target=self._open_parts, name="open-ahead", daemon=True)
        made.start()
        return made

    def _open_parts(self) -> None:
        try:
            order = self.search
            self.catalogue.facets_at(self.catalogue.numbered(order)[:0], today())
            _ = self.matcher, self.network
        except Exception:  # who needs a part that cannot be opened is told so when asking for it
            if not self._closed:
                log.warning("a part of the data version could not be opened ahead", exc_info=True)

    def close(self) -> None:
        """Lets go of the files."""
        self._closed = True
        self.catalogue.close()
