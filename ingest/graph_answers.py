"""An answer in RDF as a graph: in the form its server names, or the one its first bytes show."""

from __future__ import annotations

from typing import Any
from xml.sax import SAXException

from rdflib import Graph
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.parsers.ntriples import ParseError  # type: ignore[attr-defined]

from ingest import failures
from ingest.answers import Answer

ACCEPT = (
    "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5, application/ld+json;q=0.4"
)
_FORMATS = {
    "application/n-triples": "nt",
    "text/turtle": "turtle",
    "application/turtle": "turtle",
    "application/x-turtle": "turtle",
    "text/n3": "n3",
    "text/rdf+n3": "n3",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
_RDF = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_VAGUE = frozenset(
    {
        "",
        "text/plain",
        "application/xml",
        "text/xml",
        "application/json",
        "application/octet-stream",
    }
)
"""Kinds under which servers send RDF of any form."""


def graph_of(answer: Answer) -> Graph:
    """The triples of an answer. SourceError for a web page, another form, or a part of the whole."""
    _whole(answer)
    if answer.text().lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype html", "<html")):
        raise failures.web_page(answer.url)
    form = _form(answer)
    if form == "xml" and (b"<!ENTITY" in answer.body or _RDF not in answer.body):
        raise failures.unexpected(answer.url, "RDF/XML")
    if form == "json-ld":
        _refuse_far_context(answer, answer.json())
    try:
        return Graph().parse(data=answer.body.removeprefix(b"\xef\xbb\xbf"), format=form)
    except (
        BadSyntax,
        ParseError,
        ParserError,
        SAXException,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RecursionError,
        AssertionError,
    ):
        raise failures.broken_graph(answer.url, len(answer.body)) from None


def _whole(answer: Answer) -> None:
    """Some engines stop at their own clock and tell so in a header only."""
    state = answer.headers.get("x-sql-state", "")
    if state.startswith("S1T"):
        said = answer.headers.get("x-sql-message") or state
        raise failures.says_error(answer.url, said)


def _form(answer: Answer) -> str:
    """The rdflib name of an answer's form."""
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind in _FORMATS:
        return _FORMATS[kind]
    if kind not in _VAGUE or (kind == "application/json" and b'"@' not in answer.body):
        raise failures.unexpected(answer.url, f"content-type {kind}")
    start = answer.body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if kind == "application/json" or start in (b"{", b"["):
        return "json-ld"
    if start == b"<" and kind in ("application/xml", "text/xml"):
        return "xml"
    return "xml" if answer.body.lstrip()[:5] in (b"<?xml", b"<rdf:") else "turtle"


def _refuse_far_context(answer: Answer, node: Any) -> None:
    """JSON-LD may name a context by its address: nothing else is fetched because an answer says so."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            context = one.get("@context")
            told = context if isinstance(context, list) else [context]
            if any(isinstance(c, str) for c in told) or "@import" in one:
                raise failures.unexpected(answer.url, "@context")
            waiting.extend(one.values())
