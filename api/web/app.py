"""The web application: pages and machine addresses over one installation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect

from api.web import control, crawlers, machines, sparql
from api.web.answering import problem
from api.web.door import Door
from api.web.guard import Guard
from api.web.kept import Kept
from api.web.problems import problem_of
from api.wiring import Installation
from ontology.errors import RefusedError, ResurseError, Said
from viz.pages import STATIC, register
from viz.shelf import Shelf

UNFINISHED = RefusedError(
    Said(
        "corpul cererii trece de 1 MB, a venit prea încet sau s-a oprit înainte de sfârșit",
        "the body of the request is longer than 1 MB, came too slowly, or ended too early",
    ),
    Said("Trimiteți mai puțin deodată.", "Send less at a time."),
)


def create_app(
    installation: Installation, word: str | None = None, run: Callable[..., int] | None = None
) -> FastAPI:
    """The application; `word` opens the local control address, where `run` runs commands of the terminal."""
    app = FastAPI(
        title="Resurse",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    app.state.installation = installation
    app.state.word = word if run is not None else None
    app.state.run = run
    app.state.sparql = None
    app.state.sparql_place = None
    app.include_router(machines.router)
    app.include_router(sparql.router)
    app.include_router(control.router)
    app.include_router(crawlers.router)
    app.mount("/static", StaticFiles(directory=Path(STATIC)), name="static")
    shelf = Shelf()
    register(app, installation.ground, shelf)

    @app.exception_handler(ResurseError)
    async def told(_request: Request, error: ResurseError) -> Response:
        return problem(error)

    @app.exception_handler(ClientDisconnect)
    async def unfinished(_request: Request, _error: ClientDisconnect) -> Response:
        """A body that the guard stopped; who really went away reads no answer."""
        return Response(problem_of(UNFINISHED)[1], 413, media_type="application/json")

    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(Kept, shelf=shelf)
    app.add_middleware(Door, installation=installation)
    app.add_middleware(
        Guard,
        rate=installation.settings.rate,
        tiles=installation.settings.tiles,
        edition=installation.edition,
    )
    return app
