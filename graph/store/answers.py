"""Answers to queries as files of the SPARQL and RDF standards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from graph.store.base import Blank, Iri, Rows, Store, Term, Triple
from graph.store.convert import triple_out
from graph.store.question import Question
from graph.store.terms import XSD_STRING
from ontology.vocab import PREFIXES

_ROWS: dict[str, tuple[str, ox.QueryResultsFormat]] = {
    "json": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    "xml": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    "csv": ("text/csv; charset=utf-8", ox.QueryResultsFormat.CSV),
    "tsv": ("text/tab-separated-values; charset=utf-8", ox.QueryResultsFormat.TSV),
}
_GRAPHS: dict[str, tuple[str, ox.RdfFormat]] = {
    "turtle": ("text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    "ntriples": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "rdfxml": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}
ROW_FORMATS = tuple(_ROWS)
GRAPH_FORMATS = tuple(_GRAPHS)
_OTHER_NAMES = {
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/plain": "ntriples",
}


@dataclass(frozen=True)
class Answer:
    """A query's answer, ready to send; `truncated` when there were more rows than allowed."""

    media_type: str
    body: bytes
    truncated: bool = False


def answer(
    store: Store,
    question: Question,
    wanted: Sequence[str] = (),
    *,
    timeout: float | None = None,
    limit: int | None = None,
) -> Answer:
    """Runs a checked question and writes its answer in the first wanted format that fits its form.

    `wanted` holds names (`json xml csv tsv`, `turtle ntriples jsonld rdfxml`) or media types; JSON
    and Turtle when none fits.
    """
    text, graphs = question.text, question.graphs
    if question.gives_graph:
        more = None if limit is None else limit + 1
        triples = store.construct(text, graphs=graphs, timeout=timeout, limit=more)
        return _graph_file(triples[:limit], wanted, len(triples) == more)
    if question.form == "ASK":
        truth = store.ask(text, graphs=graphs, timeout=timeout)
        return _rows_file({"head": {}, "boolean": truth}, wanted, False)
    rows = store.select(text, graphs=graphs, timeout=timeout, limit=limit)
    return _rows_file(_document(rows), wanted, rows.truncated)


def _rows_file(document: dict[str, object], wanted: Sequence[str], truncated: bool) -> Answer:
    media_type, form = _ROWS[_pick(wanted, {name: kind for name, (kind, _) in _ROWS.items()})]
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    if form != ox.QueryResultsFormat.JSON:
        body = (
            ox.parse_query_results(body, ox.QueryResultsFormat.JSON).serialize(format=form) or b""
        )
    return Answer(media_type, body, truncated)


def _graph_file(triples: Sequence[Triple], wanted: Sequence[str], truncated: bool) -> Answer:
    media_type, form = _GRAPHS[_pick(wanted, {name: kind for name, (kind, _) in _GRAPHS.items()})]
    made = map(triple_out, triples)
    return Answer(media_type, ox.serialize(made, format=form, prefixes=PREFIXES) or b"", truncated)


def _pick(wanted: Sequence[str], offered: dict[str, str]) -> str:
    by_type = {kind.partition(";")[0]: name for name, kind in offered.items()} | _OTHER_NAMES
    for one in wanted:
        name = by_type.get(one.partition(";")[0].strip().lower(), one)
        if name in offered:
            return name
    return next(iter(offered))


def _document(rows: Rows) -> dict[str, object]:
    """SPARQL 1.1 Query Results JSON Format, section 3."""
    bindings = [{name: _binding(term) for name, term in row.items()} for row in rows.dicts()]
    return {"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}}


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, Iri):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, Blank):
        return {"type": "bnode", "value": term[2:]}
    binding = {"type": "literal", "value": term.value}
    if term.lang is not None:
        binding["xml:lang"] = term.lang
    elif term.datatype != XSD_STRING:
        binding["datatype"] = term.datatype
    return binding
