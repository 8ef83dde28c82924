"""Commands that draw: the network page."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.state import state
from ontology.errors import Said


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(network)


def network(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID…]", help="Around these things; the whole city if none."),
    ] = None,
    output: Annotated[str, typer.Option("-o", help="The page to write.")] = "network.html",
    depth: Annotated[int, typer.Option("--depth", min=0, max=4, help="How many steps around.")] = 1,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=20000, help="How many things at the most.")
    ] = 300,
    lang: Annotated[str | None, typer.Option("--lang", help="ro or en.")] = None,
) -> None:
    """Write a self-contained page with the network around some things.

    Example: `resurse network org/fitt --depth 2 -o fitt.html`
    """
    from api.networks import page_of

    held = state()
    html, shown, truncated = page_of(
        held.installation.snapshot, ids or [], depth=depth, limit=limit, lang=lang or held.lang
    )
    held.deliver(html.encode(), output)
    if output != "-":
        said = Said(
            f"{output}: {shown} lucruri{', listă tăiată' if truncated else ''}",
            f"{output}: {shown} things{', cut short' if truncated else ''}",
        )
        held.out.say(said(held.lang))
