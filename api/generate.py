"""Writes the generated files, or says which of them are stale (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ontology.compiled import COMPILED, compiled_json
from ontology.generate import names_py, vocabulary_md
from ontology.reading import read_model

ROOT = Path(__file__).parents[1]


def _schema() -> str:
    from api.graphql.schema import schema

    return schema.as_str() + "\n"


FILES: Mapping[Path, Callable[[], str]] = {
    COMPILED: lambda: compiled_json(read_model()),
    ROOT / "ontology" / "names.py": names_py,
    ROOT / "docs" / "vocabulary.md": vocabulary_md,
    ROOT / "api" / "graphql" / "schema.graphql": _schema,
}
"""Every generated file, in the order in which they depend on each other."""


def stale() -> list[Path]:
    """The generated files that differ from what would be written now."""
    return [
        path
        for path, make in FILES.items()
        if not path.exists() or path.read_text(encoding="utf-8") != make()
    ]


def main() -> int:
    """0 when all is fresh or was written; 1 when `--check` finds a stale file."""
    if "--check" in sys.argv[1:]:
        found = stale()
        for path in found:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale: run `make gen` and commit it.\n")
        return 1 if found else 0
    for path, make in FILES.items():
        path.write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
