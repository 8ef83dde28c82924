"""Serving everything: pages, GraphQL, linked data."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.state import state


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(serve)


def serve(
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="The port to listen on.")
    ] = None,
) -> None:
    """Serve the pages, GraphQL and linked data; brings the bundled facts in first, if the map is empty.

    Example: `resurse serve --port 8080`
    """
    from api.server import run_server

    held = state()
    settings = held.installation.settings
    run_server(
        held.installation,
        host or settings.host,
        settings.port if port is None else port,
        held.out,
        held.run,
    )
