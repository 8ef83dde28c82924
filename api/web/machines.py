"""Addresses for machines: GraphQL, ids with content negotiation, the ontology, exports, health; see `sparql`, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.export import FORMATS, MEDIA, export
from api.graphql.run import execute
from api.linked_data import describe, wanted
from api.web.answering import OPEN, Here, problem
from api.web.door import BadRequestError, variables_of
from api.web.problems import as_json, bad_request
from ontology.errors import NotFoundError, ResurseError, Said
from viz.languages import preferred

router = APIRouter()

_ENDINGS = {"turtle": "ttl", "jsonld": "jsonld"}
"""How the address of a file about a thing ends, by format; the first one wanted is given."""


# -- GraphQL; POST has its own door (door.py) -------------------------------------------------------


def _bad_request(message: str) -> Response:
    return Response(bad_request(message), 400, media_type="application/json")


@router.get("/graphql", include_in_schema=False)
async def graphql_get(request: Request, here: Here) -> Response:
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
    answer = await run_in_threadpool(execute, here, query, variables, operation)
    return Response(as_json(answer), media_type="application/json")


# -- linked data -----------------------------------------------------------------------------------


@router.get("/id/{id:path}")
async def thing(request: Request, id: str, here: Here) -> Response:
    """303 to the page, the Turtle or the JSON-LD of a thing, by Accept; `.ttl` and `.jsonld` answer directly."""
    catalogue = here.snapshot.catalogue
    stem, _, suffix = id.rpartition(".")
    if suffix in ("ttl", "jsonld", "html") and (found := catalogue.resolve([stem])[0]):
        if suffix == "html":
            return RedirectResponse(f"/ro/r/{quote(found)}", 303)
        body, media = await run_in_threadpool(describe, here, found, suffix)
        return Response(body, media_type=media, headers={**OPEN, "Vary": "Accept"})
    found = catalogue.resolve([id])[0]
    if found is None and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/{preferred(request.headers)}/r/{quote(id)}", 303)
    if found is None:
        near = ", ".join(catalogue.nearest(id))
        return problem(
            NotFoundError(
                Said(f"„{id[:80]}” nu există", f"'{id[:80]}' does not exist"),
                Said(
                    f"Poate ați vrut: {near}." if near else "Verificați adresa.",
                    f"Did you mean: {near}." if near else "Check the address.",
                ),
            )
        )
    if found != id:
        return RedirectResponse(f"/id/{quote(found)}", 301, headers={"Vary": "Accept"})
    kinds = wanted(request.headers.get("accept", ""))
    ending = next((_ENDINGS[kind] for kind in _ENDINGS if kind in kinds), None)
    page = f"/{preferred(request.headers)}/r/{quote(found)}"
    target = page if ending is None else f"/id/{quote(found)}.{ending}"
    return RedirectResponse(target, 303, headers={"Vary": "Accept, Accept-Language"})


@router.get("/ns")
def ontology() -> Response:
    """The ontology as one Turtle document."""
    from ontology.generate import ns_ttl

    return Response(
        ns_ttl(),
        media_type="text/turtle; charset=utf-8",
        headers=OPEN,
    )


@router.get("/export/{name}.{format}")
def download(name: str, format: str, request: Request, here: Here) -> Response:
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
        chunks: Iterator[bytes] = export(here, format, name=name, query=_lists(request))
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
        headers={"Content-Disposition": disposition, **OPEN},
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
def ready(here: Here) -> Response:
    """200 when there is a data version to serve, else 503."""
    try:
        version = here.snapshot.version
    except ResurseError as error:
        return Response(
            orjson.dumps({"status": "empty", "error": error.message()}),
            503,
            media_type="application/json",
        )
    return Response(
        orjson.dumps({"status": "ready", "version": version}), media_type="application/json"
    )
