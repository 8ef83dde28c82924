"""Commands that find: search, and how good the lists are."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.out import json_bytes
from api.cli.state import state
from graph.catalogue.calls import today
from ontology.errors import InputError, Said

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
First = Annotated[int, typer.Option("--first", min=1, max=500, help="How many.")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(search)
    app.command()(evaluate)


def kinds_of(words: list[str] | None) -> tuple[str, ...]:
    """GraphQL kinds from words as people type them: `organisation`, `calls`, `COUNCIL`."""
    from ontology.loading import load_model

    known = load_model().kinds
    found = []
    for word in words or ():
        name = word.strip().upper().replace("-", "_")
        single = name.removesuffix("S")
        kind = name if name in known else single if single in known else None
        if kind is None:
            raise InputError(
                Said(f"felul „{word}” nu există", f"there is no kind '{word}'"),
                Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
                "--want/--kind",
            )
        found.append(kind)
    return tuple(dict.fromkeys(found))


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only these kinds.")] = None,
    topic: Annotated[list[str] | None, typer.Option("--topic", help="Only these topics.")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="ro or en.")] = None,
    first: First = 10,
    json: Json = False,
) -> None:
    """Find things by words and by meaning, in Romanian or English.

    Example: `resurse search "bani pentru reparat biserici" --kind call`
    """
    from graph.catalogue.base import Filter
    from graph.search.finding import find

    held = state()
    snapshot = held.installation.snapshot
    narrowed = Filter(
        topics=tuple(t if t.startswith("topic/") else f"topic/{t}" for t in topic or ())
    )
    found = find(
        snapshot.search,
        snapshot.catalogue,
        text,
        kinds=kinds_of(kind),
        filter=narrowed,
        first=first,
        after=None,
        today=today(),
    )
    shown = lang or held.lang
    if json:
        held.out.write(json_bytes(found.as_json(snapshot.catalogue)))
        return
    if found.suggestion:
        held.out.say(
            Said(f"Poate ați vrut: {found.suggestion}", f"Did you mean: {found.suggestion}")(shown)
        )
    records = snapshot.catalogue.records([hit.id for hit in found.hits])
    rows = [
        [
            f"{hit.score:.2f}",
            record.kind,
            record.label(shown),
            hit.id,
            "; ".join(why(shown) for why in hit.why),
        ]
        for hit, record in zip(found.hits, records, strict=True)
        if record is not None
    ]
    said = Said(f"{found.total} rezultate", f"{found.total} results")
    held.out.table(said(shown), ["score", "kind", "name", "id", "why"], rows)


def evaluate(
    what: Annotated[str, typer.Argument(metavar="[search|match|grants]")] = "search",
    queries: Annotated[
        str | None, typer.Option("--set", help="A judged set; the project's own otherwise.")
    ] = None,
    json: Json = False,
) -> None:
    """How good the lists are, beside plain baselines, on judged sets.

    Example: `resurse evaluate search`
    """
    from api.evaluation import report

    held = state()
    columns, rows = report(
        held.installation.snapshot, what, held.path(queries) if queries else None
    )
    if json:
        held.out.write(json_bytes([dict(zip(columns, row, strict=True)) for row in rows]))
    else:
        held.out.table(what, columns, rows)
