"""What is made from the Turtle files: names for mypy, the reference page, what others read.

`make gen` writes them (`api/generate.py` lists the files); nothing here touches a file.
"""

from __future__ import annotations

from ontology.loading import load_model
from ontology.publish import jsonld_context, ns_ttl
from ontology.vocabulary import vocabulary_md

__all__ = ["jsonld_context", "names_py", "ns_ttl", "vocabulary_md"]

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
