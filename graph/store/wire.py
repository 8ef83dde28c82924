"""A SPARQL server's answers as terms, while they arrive, with one server's habits mended."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from graph.store import faults
from graph.store.base import Row, Term, Triple
from graph.store.convert import term_in, triple_in
from graph.store.sparql import JSON_RESULTS, N_TRIPLES, Answer
from graph.store.terms import Literal
from ontology.vocab import XSD

_BOOLEAN = XSD + "boolean"


def parsed_results(answer: Answer) -> ox.QuerySolutions | ox.QueryBoolean:
    """Rows or a truth, read as they arrive. Raises StoreDownError for a body that is neither."""
    if not answer.media_type.endswith("json"):
        raise answer.body.broken(f"{answer.media_type or '?'} ≠ {JSON_RESULTS}")
    try:
        return ox.parse_query_results(answer.body, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
    except (SyntaxError, ValueError) as error:
        raise answer.body.broken(str(error)) from error


def solutions(answer: Answer) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The variables and the rows of a SELECT. Raises InputError for an answer of another form."""
    found = parsed_results(answer)
    if not isinstance(found, ox.QuerySolutions):
        raise faults.wrong_form("SELECT")
    width = range(len(found.variables))

    def rows() -> Iterator[Row]:
        try:
            for one in found:
                yield tuple(None if (term := one[i]) is None else _mended(term) for i in width)
        except (SyntaxError, ValueError) as error:
            raise answer.body.broken(str(error)) from error

    return tuple(variable.value for variable in found.variables), rows()


def _mended(term: object) -> Term:
    """A term from the server; Virtuoso writes booleans as 1 and 0."""
    made = term_in(term)
    if isinstance(made, Literal) and made.datatype == _BOOLEAN and made.value in ("1", "0"):
        return Literal("true" if made.value == "1" else "false", _BOOLEAN)
    return made


def statements(answer: Answer) -> Iterator[Triple]:
    """The statements of a CONSTRUCT in any RDF format the engine's parser knows."""
    form = ox.RdfFormat.from_media_type(answer.media_type or "?")
    if answer.media_type == "text/plain":  # what N-Triples were called before 2013
        form = ox.RdfFormat.N_TRIPLES
    if form is None:
        raise answer.body.broken(f"{answer.media_type or '?'} ≠ {N_TRIPLES}")
    try:
        for quad in ox.parse(answer.body, form):  # type: ignore[arg-type]
            yield triple_in(quad)
    except (SyntaxError, ValueError) as error:
        raise answer.body.broken(str(error)) from error
