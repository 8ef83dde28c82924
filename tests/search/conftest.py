"""The bundled city, its documents and one index of them, shared by the tests of search."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from search_city import city_records, ids_of_rows

from graph.catalogue.base import Record
from graph.search.documents import Document
from graph.search.embed import Embedder
from graph.search.hybrid import Search
from graph.search.models import load_embedder
from graph.search.reading import documents_of


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def city_of_records() -> list[Record]:
    return city_records()


@pytest.fixture(scope="session")
def city_row_ids() -> dict[str, str]:
    return ids_of_rows()


@pytest.fixture(scope="session")
def city_documents(city_of_records: list[Record]) -> list[Document]:
    return documents_of(city_of_records)


@pytest.fixture(scope="session")
def city_index(
    city_documents: list[Document], bundled: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("search") / "index"
    Search.build(city_documents, folder, bundled)
    return folder


@pytest.fixture(scope="session")
def city_search(city_index: Path, bundled: Embedder) -> Search:
    return Search.open(city_index, bundled)
