"""Addresses for machines: GraphQL, SPARQL, ids with content negotiation, the ontology, exports, health."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.export import FORMATS, MEDIA, export
from api.graphql.run import execute
from api.linked_data import describe, wanted
from api.web.door import BadRequestError, variables_of
from api.web.problems import as_json, bad_request, problem_of
from api.wiring import Installation
from graph.store.public import PublicSparql
from ontology.errors import InputError, NotFoundError, RefusedError, ResurseError, Said
from viz.languages import preferred

router = APIRouter()


def _installation(request: Request) -> Installation:
    found = request.app.state.installation
    assert isinstance(found, Installation)
    return found


Ground = Annotated[Installation, Depends(_installation)]


def problem(error: ResurseError, lang: str = "en") -> Response:
    """An error of ours as JSON, with the status that fits it."""
    status, body = problem_of(error, lang)
    return Response(body, status, media_type="application/json")


# -- GraphQL; POST has its own door (door.py) -------------------------------------------------------


def _bad_request(message: str) -> Response:
    return Response(bad_request(message), 400, media_type="application/json")


@router.get("/graphql", include_in_schema=False)
async def graphql_get(request: Request, ground: Ground) -> Response:
    """Runs `?query=`; without one, GraphiQL for a browser."""
    query = request.query_params.get("query")
    if query is None:
        if "text/html" in request.headers.get("accept", ""):
            page = Path(__file__).parent / "graphiql.html"
            return Response(page.read_bytes(), media_type="text/html; charset=utf-8")
        return _bad_request("There is no query. Ask with ?query= or POST.")
    try:
        variables = variables_of(orjson.loads(request.query_params.get("variables") or "null"))
    except orjson.JSONDecodeError:
        return _bad_request("variables is no JSON.")
    except BadRequestError as error:
        return _bad_request(str(error))
    operation = request.query_params.get("operationName")
    answer = await run_in_threadpool(execute, ground, query, variables, operation)
    return Response(as_json(answer), media_type="application/json")


# -- SPARQL ----------------------------------------------------------------------------------------


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
        headers={**headers, "Access-Control-Allow-Origin": "*"},
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
    from urllib.parse import parse_qs

    return {name: values[0] for name, values in parse_qs(raw.decode("utf-8", "replace")).items()}


# -- linked data -----------------------------------------------------------------------------------


@router.get("/id/{id:path}")
async def thing(request: Request, id: str, ground: Ground) -> Response:
    """303 to the page, the Turtle or the JSON-LD of a thing, by Accept; `.ttl` and `.jsonld` answer directly."""
    catalogue = ground.snapshot.catalogue
    for suffix in ("ttl", "jsonld", "html"):
        if id.endswith("." + suffix) and (
            found := catalogue.resolve([id.removesuffix("." + suffix)])[0]
        ):
            if suffix == "html":
                return RedirectResponse(f"/ro/r/{quote(found)}", 303)
            body, media = await run_in_threadpool(describe, ground, found, suffix)
            return Response(
                body,
                media_type=media,
                headers={"Access-Control-Allow-Origin": "*", "Vary": "Accept"},
            )
    found = catalogue.resolve([id])[0]
    if found is None and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/{preferred(request.headers)}/r/{quote(id)}", 303)
    if found is None:
        near = ", ".join(catalogue.nearest(id))
        return problem(
            NotFoundError(
                Said(f"„{id[:80]}” nu există", f"'{id[:80]}' does not exist"),
                Said(f"Poate ați vrut: {near}.", f"Did you mean: {near}."),
            )
        )
    accept = request.headers.get("accept", "")
    if found != id:
        return RedirectResponse(f"/id/{quote(found)}", 301, headers={"Vary": "Accept"})
    kinds = wanted(accept)
    lang = preferred(request.headers)
    target = (
        f"/id/{quote(found)}.ttl"
        if "turtle" in kinds
        else f"/id/{quote(found)}.jsonld"
        if "jsonld" in kinds
        else f"/{lang}/r/{quote(found)}"
    )
    return RedirectResponse(target, 303, headers={"Vary": "Accept, Accept-Language"})


@router.get("/ns")
def ontology() -> Response:
    """The ontology as one Turtle document."""
    from ontology.generate import ns_ttl

    return Response(
        ns_ttl(),
        media_type="text/turtle; charset=utf-8",
        headers={"Access-Control-Allow-Origin": "*"},
    )


@router.get("/export/{name}.{format}")
def download(name: str, format: str, request: Request, ground: Ground) -> Response:
    """A file of the whole map, or of one kind (`/export/organisations.csv`)."""
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        return problem(
            NotFoundError(
                Said(f"formatul „{format}” nu există", f"there is no format '{format}'"),
                Said(f"Formatele sunt: {known}.", f"The formats are: {known}."),
            )
        )
    try:
        chunks: Iterator[bytes] = export(ground, format, name=name, query=_lists(request))
        first = next(chunks, b"")
    except ResurseError as error:
        return problem(error)

    def stream() -> Iterator[bytes]:
        yield first
        yield from chunks

    disposition = f'attachment; filename="{name}.{format}"'
    return StreamingResponse(
        stream(),
        media_type=MEDIA[format],
        headers={"Content-Disposition": disposition, "Access-Control-Allow-Origin": "*"},
    )


def _lists(request: Request) -> dict[str, list[str]]:
    """The parameters of an address, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        found.setdefault(name, []).append(value)
    return found


# -- health ----------------------------------------------------------------------------------------


@router.get("/healthz")
def alive() -> Response:
    """200 while the process runs."""
    return Response(b'{"status":"ok"}', media_type="application/json")


@router.get("/readyz")
def ready(ground: Ground) -> Response:
    """200 when there is a data version to serve, else 503."""
    try:
        version = ground.snapshot.version
    except ResurseError as error:
        return Response(
            orjson.dumps({"status": "empty", "error": error.message()}),
            503,
            media_type="application/json",
        )
    return Response(
        orjson.dumps({"status": "ready", "version": version}), media_type="application/json"
    )
