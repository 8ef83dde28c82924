"""SPARQL in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from api.cli.out import Out
from api.wiring import Installation
from graph.store.public import Limits, PublicSparql
from ontology.errors import InputError, Said

_NAMES = {"ttl": "turtle", "nt": "ntriples"}
_FORMATS = ("table", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld")


def answer_for_terminal(installation: Installation, text: str, form: str, out: Out) -> None:
    """Runs a read-only query on what is served and shows the answer: a table for people, or a format."""
    if form not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise InputError(
            Said(f"formatul „{form}” nu există", f"there is no format '{form}'"),
            Said(f"Există: {known}.", f"There are: {known}."),
        )
    where = installation.sparql_place()
    if where is None:
        installation.snapshot  # raises the sentence about an empty map  # noqa: B018
        return
    public = PublicSparql(where, installation.base, Limits(seconds=60, rows=100_000))
    try:
        wanted: Sequence[str] = (
            ("json", "turtle") if form == "table" else (_NAMES.get(form, form), "json", "turtle")
        )
        found = public.run(text, wanted)
    finally:
        public.close()
    if form != "table" or "sparql-results+json" not in found.media_type:
        out.write(found.body if found.body.endswith(b"\n") else found.body + b"\n")
        return
    document = orjson.loads(found.body)
    if "boolean" in document:
        out.say("true" if document["boolean"] else "false")
        return
    names = document["head"]["vars"]
    rows = [
        [row.get(name, {}).get("value", "") for name in names]
        for row in document["results"]["bindings"]
    ]
    out.table("", names, rows)
    if found.truncated:
        out.warn("… 100000")
