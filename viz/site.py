"""Turns page definitions into routes: one language, one context, one template each; errors become pages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from urllib.parse import quote

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ontology.errors import InputError, NotFoundError, RefusedError, ResurseError, Said
from viz.asked import Asked, PageDef, href
from viz.ground import Ground
from viz.languages import SPEECH, preferred
from viz.palette import kind_css
from viz.render import HERE, context_dict, render
from viz.shelf import Finished, Shelf

STATIC = HERE / "static"
HTML = "text/html; charset=utf-8"
MISSING = Said("Pagina nu există.", "There is no such page.")
UNSERVED = Said("Cererea nu poate fi servită.", "The request cannot be served.")
BROKEN = Said(
    "O greșeală a programului a oprit această pagină; a fost notată. Încercați altă căutare.",
    "A fault of the program stopped this page; it has been noted. Try another search.",
)

LOG = logging.getLogger("uvicorn.error")

MAKERS = 4
"""Pages made at once: more threads than processors only take turns."""


def _asked(request: Request, ground: Ground, lang: str) -> Asked:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return Asked(ground, lang, query, dict(request.path_params), quote(request.url.path))


def _status(error: ResurseError) -> int:
    return (
        404
        if isinstance(error, NotFoundError)
        else 400
        if isinstance(error, (InputError, RefusedError))
        else 503
    )


def _problem(
    asked: Asked, status: int, sentence: str, suggestions: Sequence[tuple[str, str]] = ()
) -> Response:
    html = render(
        "problem.html", asked, {"status": status, "sentence": sentence, "suggestions": suggestions}
    )
    return Response(html, status, media_type=HTML)


def _suggestions(asked: Asked) -> list[tuple[str, str]]:
    """Pages of things that look like what the address names."""
    wanted = asked.path.get("id") or asked.path.get("code") or ""
    ids = asked.ground.data.catalogue.nearest(wanted[:200]) if wanted else []
    records = asked.ground.data.catalogue.records(ids)
    return [(href(asked.lang, r.id), r.label(asked.lang)) for r in records if r is not None]


def _answer(page: PageDef, asked: Asked) -> Response | Finished:
    try:
        made = page.build(asked)
        if isinstance(made, Response):
            return made
        html = render(page.template, asked, context_dict(made))
        return Finished(html.encode(), asked.lang)
    except ResurseError as error:
        suggestions = _suggestions(asked) if isinstance(error, NotFoundError) else []
        return _problem(asked, _status(error), error.message(asked.lang), suggestions)
    except Exception:  # a fault of ours: the visitor gets a page, the log the whole story
        LOG.exception("the page %s could not be made", asked.link())
        return _problem(asked, 500, BROKEN(asked.lang))


def _served(
    page: PageDef, request: Request, ground: Callable[[], Ground], shelf: Shelf, lang: str
) -> Response:
    """Makes a page, keeps it where it may be asked for again, and sends it."""
    held = ground()
    made = _answer(page, _asked(request, held, lang))
    if isinstance(made, Response):
        return made
    scope = request.scope
    shelf.put(held.edition, held.today, scope["raw_path"], scope["query_string"], made)
    body, headers = made.sent(scope["headers"])
    answer = Response(body)
    answer.raw_headers = headers
    return answer


_DOORS = APIRouter(include_in_schema=False)


@_DOORS.get("/")
def _door(request: Request) -> Response:
    headers = {"Vary": "Accept-Language"}
    return RedirectResponse(f"/{preferred(request.headers)}", 302, headers=headers)


@_DOORS.get("/kinds.css")
def _kinds() -> Response:
    headers = {"Cache-Control": "max-age=86400"}
    return Response(kind_css(), media_type="text/css", headers=headers)


def _told(request: Request, status: int, said: Said, ground: Callable[[], Ground]) -> Response:
    """A page for people, a line of JSON for programs."""
    first = request.url.path.split("/")[1]
    if first in SPEECH:
        return _problem(_asked(request, ground(), first), status, said(first))
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": said("en"), "ro": said.ro, "en": said.en}, status)
    lang = preferred(request.headers)
    return _problem(Asked(ground(), lang, {}, {}, f"/{lang}"), status, said(lang))


def mount(
    app: FastAPI, pages: Sequence[PageDef], ground: Callable[[], Ground], shelf: Shelf
) -> None:
    """Adds every page in both languages, the door `/`, the palette, and the page for addresses that mean nothing."""
    makers = CapacityLimiter(MAKERS)

    def route(page: PageDef, lang: str) -> None:
        async def answer(request: Request) -> Response:
            return await run_sync(_served, page, request, ground, shelf, lang, limiter=makers)

        app.add_route(
            f"/{lang}{page.path}",
            answer,
            methods=["GET", "HEAD"],
            include_in_schema=False,
            name=f"{page.name}:{lang}",
        )

    for page in pages:
        for lang in SPEECH:
            route(page, lang)
    app.include_router(_DOORS)

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        path = request.url.path
        if error.status_code == 404 and path != "/" and path.endswith("/") and path[1:3] in SPEECH:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(quote(path.rstrip("/")) + query, 308)
        said = MISSING if error.status_code == 404 else UNSERVED
        answer = await run_in_threadpool(_told, request, error.status_code, said, ground)
        answer.headers.update(error.headers or {})
        return answer
