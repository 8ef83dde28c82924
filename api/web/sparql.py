"""The address of public SPARQL: GET and POST by the protocol, answered beside everything else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.linked_data import wanted
from api.web.answering import OPEN, problem
from graph.store.public import PublicSparql
from ontology.errors import InputError, NotFoundError, RefusedError, ResurseError, Said
from viz.languages import preferred

router = APIRouter()


def _public(request: Request) -> PublicSparql:
    """The public endpoint over the data version in use; it follows each switch."""
    state, place = request.app.state, request.app.state.installation.sparql_place()
    if place is None:
        raise NotFoundError(
            Said("harta este goală", "the map is empty"),
            Said("Rulați întâi `resurse ingest`.", "Run `resurse ingest` first."),
        )
    if state.sparql is None:
        state.sparql = PublicSparql(place, state.installation.base)
    elif isinstance(place, Path) and place != state.sparql_place:
        state.sparql.switch(place)
    state.sparql_place = place
    return state.sparql  # type: ignore[no-any-return]


async def _sparql(request: Request, query: str, format: str = "") -> Response:
    public = _public(request)
    named = [format] if format else request.query_params.getlist("format")
    formats = named or wanted(request.headers.get("accept", ""))
    try:
        found = await run_in_threadpool(public.run, query, formats)
    except ResurseError as error:
        return problem(error)
    headers = {"X-Truncated": "true"} if found.truncated else {}
    if format:  # the button of the page, which promises a file: a browser would show JSON and XML
        headers["Content-Disposition"] = "attachment"
    return Response(
        found.body,
        media_type=found.media_type,
        headers={**headers, **OPEN},
    )


@router.get("/sparql")
async def sparql_get(request: Request) -> Response:
    """SPARQL 1.1 protocol, read-only, bounded in time and size; a browser without a query gets a page to write one."""
    query = request.query_params.get("query")
    if query is None and "text/html" in request.headers.get("accept", ""):
        where, varies = f"/{preferred(request.headers)}/query", {"Vary": "Accept, Accept-Language"}
        return RedirectResponse(where, 303, headers=varies)
    if query is None:
        return problem(
            InputError(
                Said("lipsește query", "there is no query"),
                Said("Cereți cu ?query=.", "Ask with ?query=."),
            )
        )
    return await _sparql(request, query)


@router.post("/sparql")
async def sparql_post(request: Request) -> Response:
    """The same by POST: a form with `query` and, if one likes, `format`; or application/sparql-query."""
    raw = await request.body()
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if kind == "application/sparql-query":
        return await _sparql(request, raw.decode("utf-8", "replace"))
    form = _form(raw)
    if "update" in form or kind == "application/sparql-update":
        return problem(
            RefusedError(
                Said("aici se poate numai citi", "this endpoint only reads"),
                Said("Trimiteți query.", "Send query."),
            )
        )
    return await _sparql(request, form.get("query", ""), form.get("format", ""))


def _form(raw: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(raw.decode("utf-8", "replace")).items()}
