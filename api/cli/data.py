"""Commands that give the graph away: query, sparql, export, backup, restore."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.out import json_bytes
from api.cli.state import state
from ontology.errors import FileError, Said

Output = Annotated[
    str | None, typer.Option("-o", help="Where to write; standard output otherwise.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(query)
    app.command()(sparql)
    app.command()(export)
    app.command()(backup)
    app.command()(restore)


def query(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A GraphQL document.")] = "-",
    variables: Annotated[
        str | None, typer.Option("--variables", help="Its variables, as JSON.")
    ] = None,
) -> None:
    """Run a GraphQL document on the local map; prints {"data": …}.

    Example: `echo '{ statistics { counts { kind count } } }' | resurse query`
    """
    import orjson

    from api.graphql.run import execute

    held = state()
    given = orjson.loads(variables) if variables else None
    answer = execute(held.installation, held.read(file).decode("utf-8", "replace"), given)
    held.out.write(json_bytes(answer))
    if answer.get("errors"):
        raise typer.Exit(1)


def sparql(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="A SPARQL query.")] = "-",
    format: Annotated[
        str,
        typer.Option("--format", help="table, json, xml, csv, tsv; ttl, nt or jsonld for graphs."),
    ] = "table",
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Ask the graph a read-only SPARQL question.

    Example: `echo 'SELECT (count(*) AS ?n) { ?s a org:Organization }' | resurse sparql`
    """
    from api.sparql import answer_for_terminal

    held = state()
    text = held.read(file).decode("utf-8", "replace")
    answer_for_terminal(held.installation, text, "json" if json else format, held.out)


def export(
    format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="trig nq ttl jsonld csv xlsx gexf graphml geojson"),
    ],
    output: Output = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only these kinds (csv, xlsx).")
    ] = None,
) -> None:
    """Write the whole map in one of the formats.

    Example: `resurse export gexf -o city.gexf`
    """
    from api.export import FORMATS
    from api.export import export as write

    held = state()
    if format not in FORMATS:
        raise FileError(
            Said(f"formatul „{format}” nu există", f"there is no format '{format}'"),
            Said(
                f"Formatele sunt: {', '.join(FORMATS)}.", f"The formats are: {', '.join(FORMATS)}."
            ),
        )
    held.deliver(
        write(held.installation, format, kinds=tuple(k.upper() for k in kind or ())), output
    )


def backup(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder that does not exist yet.")],
) -> None:
    """Write a consistent copy of everything, and check it.

    Example: `resurse backup backups/monday`
    """
    from api.backup import make_backup

    held = state()
    made = make_backup(held.installation, held.path(folder))
    said = Said(f"Copie verificată: {made} triplete.", f"Backup verified: {made} statements.")
    held.out.say(said(held.lang))


def restore(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A folder that `resurse backup` wrote.")
    ],
) -> None:
    """Bring a backup into an empty home, and check it.

    Example: `RESURSE_HOME=new resurse restore backups/monday`
    """
    from api.backup import restore_backup

    held = state()
    made = restore_backup(held.installation, held.path(folder))
    said = Said(
        f"Copie restaurată și verificată: {made} triplete.",
        f"Backup restored and verified: {made} statements.",
    )
    held.out.say(said(held.lang))
