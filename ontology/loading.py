"""The vocabulary of this process: the compiled form while it is fresh, else the Turtle files."""

from __future__ import annotations

from functools import cache

from ontology.compiled import load_compiled
from ontology.model import Model


@cache
def load_model() -> Model:
    """The vocabulary, read once per process.

    Takes the compiled form when it was made from these very Turtle files (a checksum says so),
    else reads the files. Raises VocabularyError naming the term and what to add.
    """
    made = load_compiled()
    if made is not None:
        return made
    from ontology.reading import read_model  # rdflib is slow to load, and seldom needed

    return read_model()
