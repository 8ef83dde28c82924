"""The vocabulary, explained in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(ref)


def ref(
    name: Annotated[
        str | None, typer.Argument(metavar="[CLASS]", help="A class, a code list or a kind.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The classes, their fields and the code lists, explained.

    Example: `resurse ref Call`
    """
    from api.cli.out import json_bytes
    from api.cli.state import state
    from ontology.reference import describe

    held = state()
    found = describe(name)
    if json:
        held.out.write(json_bytes(found.as_json()))
        return
    held.out.say(found.title(held.lang))
    held.out.say(found.definition(held.lang))
    for table in found.tables:
        held.out.table(
            table.title(held.lang),
            [column(held.lang) for column in table.columns],
            table.rows(held.lang),
        )
