"""Lists as CSV that a spreadsheet opens as text, whatever the cells hold."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from fastapi.responses import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """A CSV file of this name; it begins with a byte order mark, by which Excel knows UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return Response(
        "\ufeff" + out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers=attached(f"{name}.csv"),
    )


def attached(name: str) -> dict[str, str]:
    """The header of a file to keep: its name in the letters that every browser and disk takes."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub("[^A-Za-z0-9.-]+", "-", letters)
    return {"Content-Disposition": f'attachment; filename="{plain}"'}
