"""What is made from the Turtle files and committed: names for mypy, compiled form, reference page.

`python -m ontology.generate` writes the files, `--check` tells which are stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ontology.compiled import compiled_json
from ontology.model import load_model
from ontology.publish import jsonld_context, ns_ttl
from ontology.reading import read_model
from ontology.turtle import HERE
from ontology.vocabulary import vocabulary_md

__all__ = ["generated", "jsonld_context", "names_py", "ns_ttl", "stale", "vocabulary_md", "write"]

_NAMES_HEAD = '''"""The nouns of the ontology for mypy; made by `make gen`, never edited by hand."""

from typing import Literal

'''


def _literal(name: str, values: list[str]) -> str:
    lines = "".join(f'    "{value}",\n' for value in values)
    return f"{name} = Literal[\n{lines}]\n"


def names_py() -> str:
    """`ontology/names.py`: the nouns as Literal types, so that mypy catches a misspelt one."""
    model = load_model()
    blocks = [
        _literal("ClassName", list(model.classes)),
        _literal("Kind", list(model.kinds)),
        _literal("CodeListName", list(model.codes)),
        *(_literal(f"{c.name}Field", list(c.properties)) for c in model.classes.values()),
    ]
    return _NAMES_HEAD + "\n".join(blocks)


def generated() -> dict[str, str]:
    """Every committed file that follows from the Turtle files, by its path in the repository."""
    return {
        "ontology/names.py": names_py(),
        "ontology/compiled.json": compiled_json(read_model()),
        "docs/vocabulary.md": vocabulary_md(),
    }


def stale(root: Path = HERE.parent) -> list[str]:
    """The generated files that are missing or differ from what would be written."""
    return [
        name
        for name, text in generated().items()
        if not (root / name).exists() or (root / name).read_text(encoding="utf-8") != text
    ]


def write(root: Path = HERE.parent) -> list[str]:
    """Writes the stale files; gives back their names."""
    changed = stale(root)
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(generated()[name], encoding="utf-8")
    return changed


if __name__ == "__main__":
    checking = "--check" in sys.argv[1:]
    found = stale() if checking else write()
    sys.stdout.writelines(f"{'stale' if checking else 'written'}: {name}\n" for name in found)
    sys.exit(1 if checking and found else 0)
