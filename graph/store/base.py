"""What every triple store can do for us, whichever engine keeps the triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from graph.store.terms import Blank, Iri, Literal, Node, Quad, Term, Triple
from ontology.vocab import Base

__all__ = [
    "BATCH",
    "Blank",
    "Iri",
    "Literal",
    "Node",
    "Quad",
    "Row",
    "Rows",
    "Store",
    "Term",
    "Triple",
]

BATCH = 50_000
"""How many statements are written and flushed at a time."""

Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: its variables, and one tuple per solution in their order.

    `truncated` says that a `limit` cut the answer and more rows exist.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Term]]:
        """Each solution by variable name, without its unbound variables."""
        return [
            {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]

    def column(self, name: str) -> list[Term | None]:
        """The values of one variable. Raises ValueError for a variable the query has not."""
        at = self.variables.index(name)
        return [row[at] for row in self.rows]


class Store(Protocol):
    """Named graphs of statements, written in batches and read from a consistent state.

    Queries see as their default graph the union of `graphs`, which are the current graphs unless
    the caller names others; every named graph stays readable with `GRAPH`. Errors are
    `StoreError` and its kinds; a statement that is no RDF (a space in an IRI) is an `InputError`.
    """

    @property
    def base(self) -> Base:
        """The base whose graphs this store holds."""

    # -- writing ---------------------------------------------------------------------------

    def add(self, graph: str, triples: Iterable[Triple]) -> int:
        """Adds statements to a graph, in batches that survive a power cut once written.

        Gives the number of statements read. A failure between batches leaves the earlier ones:
        fill a graph first, and make it current afterwards.
        """

    def fill(self, graph: str, ntriples: str) -> None:
        """Adds lines of N-Triples to a graph, on the disk when it returns: the fastest way in."""

    def replace(self, graph: str, triples: Iterable[Triple]) -> int:
        """Gives a graph a new content in one transaction; for graphs of up to some 10^5."""

    def transact(self, removals: Iterable[Quad], additions: Iterable[Quad]) -> None:
        """Removes and adds a few statements in one transaction. No blank nodes."""

    def drop(self, graph: str) -> None:
        """Removes a graph with all its statements; one that is not there is no error."""

    def load(self, nquads: Iterable[bytes]) -> int:
        """Adds the statements of N-Quads lines, as `dump` gives them; gives their number."""

    def unite(self, graphs: Sequence[str]) -> None:
        """Copies the statements of some graphs, each once, into one graph that `read_only` readers see.

        It replaces the one before. `graphs`, `match` without a graph and `dump` leave it out.
        """

    # -- reading ---------------------------------------------------------------------------

    def graphs(self) -> list[str]:
        """The IRIs of all graphs of this base that hold a statement, sorted."""

    def current(self) -> tuple[str, ...]:
        """The IRIs of the graphs that are the truth of today, sorted; in a store opened `read_only`
        the one graph that unites them, where `unite` has made it."""

    def count(self, graph: str | None = None) -> int:
        """How many statements a graph holds; of all graphs when None."""

    def select(
        self,
        query: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The solutions of a SELECT query; at most `limit` of them, within `timeout` seconds.

        A statement that two of the graphs hold counts twice, on Oxigraph and on Virtuoso: write
        DISTINCT where that matters, or ask a store opened `read_only` after `unite`.
        """

    def ask(
        self, query: str, *, graphs: Sequence[str] | None = None, timeout: float | None = None
    ) -> bool:
        """The answer of an ASK query."""

    def construct(
        self,
        query: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Triple]:
        """The statements of a CONSTRUCT or DESCRIBE query, each once; at most `limit` of them."""

    def match(
        self,
        s: Node | None = None,
        p: Iri | None = None,
        o: Term | None = None,
        graph: str | None = None,
    ) -> Iterator[Quad]:
        """The statements that have these terms, in any graph unless one is named."""

    def describe(
        self, iris: Sequence[str], *, graphs: Sequence[str] | None = None
    ) -> dict[str, list[Quad]]:
        """The statements about each thing, from the current graphs unless others are named."""

    def neighbours(
        self,
        iris: Sequence[str],
        depth: int = 1,
        *,
        graphs: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Quad]:
        """The links between things met within `depth` steps in either direction, nearest first.

        Only things of this base count, so that a shared code or class is no neighbour. No new
        round starts once `limit` links are found.
        """

    # -- care ------------------------------------------------------------------------------

    def dump(self, graphs: Sequence[str] | None = None) -> Iterator[bytes]:
        """Canonical N-Quads of the named graphs (all, if None): sorted lines, each once."""

    def backup(self, folder: Path) -> None:
        """Writes a consistent copy to a folder that does not exist yet."""

    def rest(self, *, wholly: bool = False) -> None:
        """Lets go of what is kept in memory of what was written and read, if that was much.

        For between batches. `wholly` is for a long time without questions: however little it was.
        """

    def close(self) -> None:
        """Gives the store back; safe to call twice."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
