"""Reads an RDF file of somebody else's into one graph, without ever opening the network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rdflib import Dataset, Graph

from ontology.errors import FileError, Said

FORMATS = {
    ".ttl": "turtle",
    ".nt": "nt",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".rdf": "xml",
    ".owl": "xml",
}
"""The format of a file by its ending."""


def is_rdf(path: Path) -> bool:
    """True when the ending of the file names an RDF format."""
    return path.suffix.lower() in FORMATS


def _contexts(value: object) -> Iterator[str]:
    """Every `@context` that is an address."""
    if isinstance(value, list):
        for item in value:
            yield from _contexts(item)
    elif isinstance(value, dict):
        context = value.get("@context")
        for one in context if isinstance(context, list) else [context]:
            if isinstance(one, str):
                yield one
        for item in value.values():
            yield from _contexts(item)


def _refuse_remote(path: Path, text: str) -> None:
    remote = next(_contexts(json.loads(text)), None)
    if remote is not None:
        raise FileError(
            Said(
                f"contextul JSON-LD „{remote}” este o adresă",
                f"the JSON-LD context '{remote}' is an address",
            ),
            Said(
                "Puneți contextul în fișier: nimic nu se descarcă la citire.",
                "Put the context into the file: reading downloads nothing.",
            ),
            path.name,
        )


def read_rdf(path: Path) -> Graph:
    """All triples of the file, of every named graph.

    Raises FileError when the file is missing, of an unknown format, not well-formed, or a JSON-LD
    file whose context would have to be downloaded.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(FORMATS)
        raise FileError(
            Said("nu este un fișier RDF", "is no RDF file"),
            Said(f"Terminațiile cunoscute sunt: {known}.", f"The endings known are: {known}."),
            path.name,
        )
    data = Dataset()
    try:
        text = path.read_text(encoding="utf-8-sig")
        if kind == "json-ld":
            _refuse_remote(path, text)
        data.parse(data=text, format=kind)
    except FileError:
        raise
    except Exception as error:  # rdflib's parsers raise a dozen unrelated classes
        raise FileError(
            Said(f"nu poate fi citit ca {kind}: {error}", f"cannot be read as {kind}: {error}"),
            Said("Verificați fișierul într-un editor RDF.", "Check the file in an RDF editor."),
            path.name,
        ) from error
    graph = Graph()
    for subject, predicate, value, _ in data.quads():
        graph.add((subject, predicate, value))
    return graph
