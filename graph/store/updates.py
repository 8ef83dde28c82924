"""SPARQL updates that every engine runs as one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.store.terms import Quad, Triple, spell_triple


def replacement(graph: str, triples: Iterable[Triple]) -> tuple[str, int]:
    """An update that gives `graph` exactly these statements, and their number."""
    lines = [spell_triple(triple) for triple in triples]
    drop = f"DROP SILENT GRAPH <{graph}>"
    if not lines:
        return drop, 0
    body = "\n".join(lines)
    return f"{drop} ;\nINSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}", len(lines)


def insertion(graph: str, lines: Iterable[str]) -> str:
    """An update that adds the statements of these lines of N-Triples to `graph`."""
    body = "\n".join(lines)
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}"


def transaction(removals: Iterable[Quad], additions: Iterable[Quad]) -> str:
    """An update that removes, then adds; empty when there is nothing to do."""
    parts = []
    if gone := _data(removals):
        parts.append(f"DELETE DATA {{ {gone} }}")
    if made := _data(additions):
        parts.append(f"INSERT DATA {{ {made} }}")
    return " ;\n".join(parts)


def _data(quads: Iterable[Quad]) -> str:
    by_graph: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        by_graph[quad.graph].append(spell_triple(quad.triple))
    return "\n".join(
        f"GRAPH <{graph}> {{\n" + "\n".join(lines) + "\n}" for graph, lines in by_graph.items()
    )
