"""How a command reaches the process that serves the same home: one local, secret-guarded address."""

from __future__ import annotations

import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import orjson

from api.cli.out import Out, replay
from api.home import Home, write_atomically
from ontology.errors import Said, StoreLockedError

PATH = "/-/control"
"""Answers only to the word in serve.json, which only this user can read."""


@dataclass(frozen=True)
class Serving:
    """The serving process: its address, the word that opens its control, its process id."""

    url: str
    word: str
    pid: int


def announce(home: Home, host: str, port: int) -> Serving:
    """Writes serve.json for the clients of this home."""
    at = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared, not bound
    serving = Serving(f"http://{at}:{port}", secrets.token_urlsafe(32), os.getpid())
    write_atomically(home.serving, orjson.dumps(asdict(serving)).decode(), mode=0o600)
    return serving


def withdraw(home: Home) -> None:
    """Removes serve.json when the server stops."""
    home.serving.unlink(missing_ok=True)


def serving(home: Home) -> Serving | None:
    """The process that says it serves this home; None when none says so."""
    try:
        return Serving(**orjson.loads(home.serving.read_bytes()))
    except (FileNotFoundError, orjson.JSONDecodeError, TypeError):
        return None


def forward(
    home: Home,
    argv: list[str],
    folder: Path,
    stdin: bytes | None,
    out: Out,
    locked: StoreLockedError,
) -> int:
    """Has the serving process run a command; shows its answer here and gives its exit code.

    Raises `locked` again when nobody answers: then another program holds the folder.
    """
    held = serving(home)
    if held is None:
        raise locked
    body = {
        "argv": argv,
        "folder": str(folder),
        "stdin": stdin.decode("latin-1") if stdin is not None else None,
    }
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(10, read=None), trust_env=False) as client,
            client.stream(
                "POST",
                held.url + PATH,
                json=body,
                headers={"Authorization": f"Bearer {held.word}", "Accept-Encoding": "identity"},
            ) as answer,
            out.progress() as report,
        ):
            if answer.status_code != 200:
                raise StoreLockedError(
                    Said(
                        "procesul care servește nu primește comanda",
                        "the serving process does not take the command",
                    ),
                    Said("Opriți-l și porniți-l din nou.", "Stop it and start it again."),
                    held.url,
                )
            for line in answer.iter_lines():
                event = orjson.loads(line)
                if "exit" in event:
                    return int(event["exit"])
                replay(event, out, report)
    except httpx.TransportError:
        raise locked from None
    raise StoreLockedError(
        Said(
            "procesul care servește s-a oprit în timpul comenzii",
            "the serving process stopped during the command",
        ),
        Said("Porniți-l din nou și repetați comanda.", "Start it again and repeat the command."),
        held.url,
    )
