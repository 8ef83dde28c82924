"""The local control address: runs a command of the same user's terminal inside the serving process."""

from __future__ import annotations

import hmac
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from api.control import PATH
from ontology.errors import ResurseError

router = APIRouter()


@router.post(PATH, include_in_schema=False)
async def run_here(request: Request) -> Response:
    """Streams the command's events as JSON lines; only for who knows the word in serve.json."""
    word = request.app.state.word
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    client = (request.client.host if request.client else "") or ""
    if (
        not word
        or not hmac.compare_digest(given.encode(), word.encode())
        or client not in ("127.0.0.1", "::1")
    ):
        return Response(status_code=404)
    asked = orjson.loads(await request.body())
    return StreamingResponse(
        _events(request.app.state.installation, request.app.state.run, asked),
        media_type="application/x-ndjson",
    )


def _events(installation: Any, run: Any, asked: dict[str, Any]) -> Iterator[bytes]:
    from api.cli.out import Stream
    from api.cli.state import State

    events: queue.Queue[dict[str, Any] | None] = queue.Queue(maxsize=10_000)
    stdin = (asked.get("stdin") or "").encode("latin-1")

    def work() -> None:
        code = 1
        try:
            state = State(
                installation.settings,
                lambda: installation,
                Stream(events.put),
                Path(asked["folder"]),
                run,
                lambda: stdin,
            )
            code = run(list(asked["argv"]), state)
        except ResurseError as error:
            events.put({"warn": error.message(installation.settings.speech)})
        except Exception as error:  # told to the client and raised again for the server's log
            events.put({"warn": f"{type(error).__name__}: {error}"})
            raise
        finally:
            events.put({"exit": code})
            events.put(None)

    threading.Thread(target=work, name="command", daemon=True).start()
    while (event := events.get()) is not None:
        yield orjson.dumps(event) + b"\n"
