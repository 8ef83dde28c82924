"""How tables are written and read back here: everything is synthetic and made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.readers import BadRow, Row, Table, open_table


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file under a name and gives its path."""

    def write(name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def read() -> Callable[..., tuple[list[dict[str, str]], list[BadRow]]]:
    """Reads a table into (the values of its rows, its bad rows)."""

    def apart(path: Path, **how: object) -> tuple[list[dict[str, str]], list[BadRow]]:
        table: Table = open_table(path, **how)  # type: ignore[arg-type]
        found: Iterator[Row | BadRow] = iter(table)
        good: list[dict[str, str]] = []
        bad: list[BadRow] = []
        for row in found:
            if isinstance(row, BadRow):
                bad.append(row)
            else:
                assert tuple(row.values) == table.columns
                good.append(row.values)
        return good, bad

    return apart
