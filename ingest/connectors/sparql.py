"""Any SPARQL endpoint by a CONSTRUCT query whose result is in the words of our ontology.

Options: `url` (the endpoint), `query` (the text) or `query_file` (beside source.yml), `page_size`
(LIMIT and OFFSET are added when given; the query then needs an ORDER BY), `lang` of texts without
a language. Subjects get ids of their class; their IRI is kept as an identifier.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph

from ingest.answers import Answer, PageGuard
from ingest.connectors._constructed import Constructed
from ingest.crawl import Crawling, Made, count_option, fetcher, option
from ingest.given import Seen
from ingest.graph_answers import ACCEPT, graph_of
from ontology.errors import FileError, MappingError, Said

_LONGEST = 2000
"""The longest query that is part of an address: servers and proxies take some 4,000 characters."""


def crawl(context: Crawling) -> Iterator[Made]:
    """Every subject of a class of ours in the constructed graph; any other subject is refused."""
    seen, number = Seen(), 0
    for graph in _pages(context):
        constructed = Constructed(context, graph, seen)
        for subject in constructed.subjects():
            number += 1
            yield from constructed.record(subject, number).done(seen)


def _ask(context: Crawling, url: str, query: str) -> Answer:
    """By GET, which can be asked for conditionally; a query too long for an address goes by POST."""
    accept = {"accept": ACCEPT}
    if len(query) > _LONGEST:
        return fetcher(context).post_fields(url, {"query": query}, accept)
    return fetcher(context).get(url, {"query": query}, accept)


def _query(context: Crawling) -> str:
    if "query_file" in context.options:
        path = context.source.folder / option(context, "query_file")
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            raise FileError(
                Said("fișierul nu există", "there is no such file"),
                Said("Verificați options.query_file.", "Check options.query_file."),
                path.name,
            ) from None
    else:
        text = option(context, "query")
    if "construct" not in text.lower():
        raise MappingError(
            Said("interogarea nu este CONSTRUCT", "the query is not a CONSTRUCT"),
            Said("Scrieți CONSTRUCT { … } WHERE { … }.", "Write CONSTRUCT { … } WHERE { … }."),
            context.source.slug,
        )
    return text


def _pages(context: Crawling) -> Iterator[Graph]:
    url, query = option(context, "url"), _query(context)
    size = count_option(context, "page_size", 0)
    guard, offset = PageGuard(), 0
    while True:
        text = f"{query}\nLIMIT {size} OFFSET {offset}" if size else query
        answer = _ask(context, url, text)
        graph = graph_of(answer)
        if len(graph) == 0:
            return
        yield graph
        if not size:
            return
        guard.check(answer, sorted(graph.serialize(format="nt").splitlines()))
        offset += size
