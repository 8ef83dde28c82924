"""What a stranger's SPARQL text asks for, known before it runs: form, graphs, dangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.store import refusals
from ontology.vocab import Base

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
)
# The tokens of SPARQL that may hide a keyword (section 19.8 of the recommendation), then the rest.
_TOKEN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"
        |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<prefixed>[\w.-]*:(?:[\w.:%-]|\\.)*)
    | (?P<tag>@[A-Za-z-]+)
    | (?P<word>[A-Za-z_]+)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True)
class Question:
    """A query that may run: its form, and the graphs of its FROM clauses (None without any)."""

    text: str
    form: str
    graphs: tuple[str, ...] | None

    @property
    def gives_graph(self) -> bool:
        """True when the answer is statements, not rows."""
        return self.form in ("CONSTRUCT", "DESCRIBE")


def read_question(text: str, base: Base) -> Question:
    """Checks a query of a stranger.

    Raises RefusedError for an update or a SERVICE clause (Oxigraph would open the network), and
    InputError for a text of no query form or a FROM clause with a graph that is not of this base.
    """
    for spelling in {text, _ESCAPE.sub(_unescape, text)}:
        if "SERVICE" in _words(spelling):
            raise refusals.no_service()
    tokens = list(_tokens(text))
    form = _form(tokens)
    return Question(text, form, _from(tokens, base))


def _unescape(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else ""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind not in ("comment", "string"):
            yield kind, found[0]


def _words(text: str) -> set[str]:
    return {token.upper() for kind, token in _tokens(text) if kind == "word"}


def _form(tokens: list[tuple[str, str]]) -> str:
    words = [token.upper() for kind, token in tokens if kind == "word"]
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if first in _UPDATES:
        raise refusals.no_update(first)
    if first not in FORMS:
        raise refusals.no_form(first)
    return first


def _from(tokens: list[tuple[str, str]], base: Base) -> tuple[str, ...] | None:
    graphs: list[str] = []
    ahead = iter(tokens)
    for kind, token in ahead:
        if kind != "word" or token.upper() != "FROM":
            continue
        kind, name = next(ahead, ("", ""))
        named = name.upper() == "NAMED"
        if named:
            kind, name = next(ahead, ("", ""))
        if kind != "iri" or not name.startswith(f"<{base.graphs}"):
            raise refusals.foreign_graph(name, base.graphs)
        if not named:
            graphs.append(name[1:-1])
    return tuple(graphs) if graphs else None
