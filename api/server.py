"""Runs the web application: makes the map ready, says where it is, stops cleanly."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from api.cli.out import Out
from api.control import announce, withdraw
from api.web.app import create_app
from api.web.timely import TimelyProtocol
from api.wiring import Installation
from graph.catalogue.calls import today
from graph.store import Versions
from ontology.errors import InputError, Said


def _bind(host: str, port: int) -> socket.socket:
    """A socket that listens, so that a taken port is told before anything is read."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, since asyncio switches off Nagle's algorithm only for sockets that say
    # they are TCP; with it, each answer over a kept connection waited 40 ms for an acknowledgement.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise InputError(
            Said(
                f"adresa {host}:{port} nu poate fi folosită ({error.strerror})",
                f"the address {host}:{port} cannot be used ({error.strerror})",
            ),
            Said("Alegeți alt port cu --port.", "Choose another port with --port."),
        ) from None
    return made


def run_server(
    installation: Installation, host: str, port: int, out: Out, run: Callable[..., int]
) -> None:
    """Serves until stopped; `run` runs the commands that are handed to this process. Raises StoreLockedError when another process owns the home."""
    listening = _bind(host, port)
    try:
        store = installation.store
        assert store is not None
        with out.progress() as report:
            if installation.home.current_snapshot() is None and not Versions(store).list():
                outcomes = installation.ingest(
                    installation.chosen(()), today=today(), progress=report
                )
                rows = sum(one.counts.read for one in outcomes)
                out.say(
                    Said(f"Au fost citite {rows} de rânduri.", f"{rows} rows were read.")(
                        installation.settings.speech
                    )
                )
            else:
                installation.refresh(report)
        installation.serving = True
        at = listening.getsockname()[1]
        serving = announce(installation.home, host, at)
        app = create_app(installation, serving.word, run)
        config = uvicorn.Config(
            app,
            http=TimelyProtocol,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=5,
            proxy_headers=False,
        )
        _ = installation.snapshot  # opened ahead, beside the first requests
        out.say(
            Said(f"Resurse răspunde la {serving.url}", f"Resurse answers at {serving.url}")(
                installation.settings.speech
            )
        )
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        withdraw(installation.home)
        listening.close()
