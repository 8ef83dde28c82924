"""Why a query of a stranger is not run, in sentences."""

from __future__ import annotations

from ontology.errors import InputError, RefusedError, Said


def no_service() -> RefusedError:
    """A query that would make the store call another server."""
    return RefusedError(
        Said(
            "SERVICE nu este permis: interogarea ar trimite depozitul la alt server",
            "SERVICE is not allowed: the query would send the store to another server",
        ),
        Said(
            "Întrebați celălalt server direct și uniți răspunsurile.",
            "Ask the other server yourself and join the answers.",
        ),
        "SPARQL",
    )


def no_update(word: str) -> RefusedError:
    """An update where only reading is allowed."""
    return RefusedError(
        Said(
            f"{word} ar schimba datele; aici se poate doar citi",
            f"{word} would change the data; this is read-only",
        ),
        Said(
            "Scrieți SELECT, ASK, CONSTRUCT sau DESCRIBE; datele se schimbă cu `resurse ingest`.",
            "Write SELECT, ASK, CONSTRUCT or DESCRIBE; data change with `resurse ingest`.",
        ),
        "SPARQL",
    )


def no_form(word: str) -> InputError:
    """A text that begins like no query."""
    shown = word or "∅"
    return InputError(
        Said(
            f"textul începe cu {shown}, deci nu este o interogare",
            f"the text begins with {shown}, so it is no query",
        ),
        Said(
            "Scrieți SELECT, ASK, CONSTRUCT sau DESCRIBE.",
            "Write SELECT, ASK, CONSTRUCT or DESCRIBE.",
        ),
        "SPARQL",
    )


def foreign_graph(name: str, prefix: str) -> InputError:
    """A FROM clause that names something that is not a graph of ours."""
    return InputError(
        Said(f"FROM {name} nu este un graf de aici", f"FROM {name} is no graph of this store"),
        Said(
            f"Scrieți adresa întreagă a unui graf, <{prefix}…>, sau lăsați FROM afară.",
            f"Write the whole address of a graph, <{prefix}…>, or leave FROM out.",
        ),
        "SPARQL",
    )


def too_long(length: int) -> RefusedError:
    """A query text that is longer than anybody needs."""
    return RefusedError(
        Said(
            f"interogarea are peste {length} de caractere",
            f"the query has over {length} characters",
        ),
        Said("Scurtați-o sau împărțiți-o.", "Shorten it or split it."),
        "SPARQL",
    )


def too_busy() -> RefusedError:
    """All places for queries are taken."""
    return RefusedError(
        Said("rulează deja prea multe interogări", "too many queries are running already"),
        Said("Încercați din nou peste câteva secunde.", "Try again in a few seconds."),
        "SPARQL",
    )


def too_hungry() -> RefusedError:
    """A query that needed more memory than it may have."""
    return RefusedError(
        Said(
            "interogarea a cerut mai multă memorie decât are voie",
            "the query needed more memory than it may have",
        ),
        Said(
            "Restrângeți-o: mai puține tipare libere, fără ORDER BY peste tot graful.",
            "Narrow it: fewer open patterns, no ORDER BY over the whole graph.",
        ),
        "SPARQL",
    )
