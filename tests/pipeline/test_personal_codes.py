"""A personal numeric code that stands in a table leaves no trace in the home, nor in what is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from stdnum.ro import cnp

from ontology.cleaning import MASK

Desk = Any

_BIRTH = "180010122114"
CODE = _BIRTH + cnp.calc_check_digit(_BIRTH)
"""Made up; only its check digit fits."""


def _traces(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if CODE.encode() in path.read_bytes()]


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    "rows",
    [
        (f"{CODE},Cineva,association,,,Timișoara,youth,,\n",) * 2,
        (f"p-{CODE},Cineva,association,,,Timișoara,youth,,\n",),
        (f"a1,Cineva {CODE},association,,,Timișoara,youth,,\n",),
        (f"a1,Cineva,{CODE},,,Timișoara,youth,,\n",),
        (f"a1,Cineva,association,{CODE},,Timișoara,youth,,\n",),
        (f"a1,Cineva,association,,{CODE},Timișoara,youth,,\n",),
        (f"a1,Cineva,association,,,Timișoara,youth,{CODE},\n",),
    ],
    ids=["its id, twice", "part of its id", "name", "form", "fiscal code", "date", "reference"],
)
def test_a_code_in_any_cell(desk: Desk, rows: tuple[str, ...], dry_run: bool) -> None:
    desk.write(*rows)
    outcome = desk.run(dry_run=dry_run)
    assert outcome.counts.rejected == len(rows)
    assert CODE not in json.dumps(outcome.as_json())
    assert MASK in outcome.rejects.read_text(encoding="utf-8")
    home = desk.installation.home.folder
    desk.installation.close()
    assert _traces(home) == []


CRAWL = """from ontology.entity import Entity


def crawl(context):
    made = Entity.of("Organisation", "org/x")
    made.add("label", "Cineva, CNP {code}", lang="ro")
    yield made
    {end}
"""


@pytest.mark.parametrize("end", ["return", "raise KeyError('{code}')"])
def test_a_code_that_a_sources_own_function_gives(desk: Desk, end: str) -> None:
    (desk.folder / "source.yml").write_text(
        "slug: own\ntitle: {ro: Proprie, en: Own}\npublisher: Test\nlicence: CC0-1.0\nscheme: own\n",
        encoding="utf-8",
    )
    made = CRAWL.format(code=CODE, end=end.format(code=CODE))
    (desk.folder / "source.py").write_text(made, encoding="utf-8")
    outcome = desk.run()
    assert outcome.result == "stopped" or outcome.counts.rejected == 1
    assert CODE not in json.dumps(outcome.as_json())
    home = desk.installation.home.folder
    desk.installation.close()
    assert _traces(home) == []
