"""Plain FastAPI routes: what the same answers cost without GraphQL and without our pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from fastapi import FastAPI, Response

from api.settings import Settings
from api.wiring import Installation
from graph.catalogue.base import Filter, Record

app = FastAPI()
CATALOGUE = Installation(Settings(home=Path(os.environ["RESURSE_HOME"]))).snapshot.catalogue
ORGANISATIONS = Filter(kinds=("ORGANISATION",))
PAGE = os.environ.get("BENCH_PAGE", "")
"""A file whose bytes are the page that `/page` answers with."""


def _page(after: str | None = None) -> tuple[list[Record], dict[str, Any]]:
    page = CATALOGUE.page(ORGANISATIONS, "label", 50, after, date.today())
    records = [one for one in CATALOGUE.records(page.ids) if one is not None]
    return records, {"pageInfo": {"hasNextPage": page.has_next}, "totalCount": page.total}


def _found(ids: Sequence[str]) -> dict[str, Record]:
    unique = list(dict.fromkeys(ids))
    found = zip(unique, CATALOGUE.records(unique), strict=True)
    return {id_: record for id_, record in found if record is not None}


def _answer(nodes: list[dict[str, Any]], more: dict[str, Any]) -> Response:
    body = {"data": {"organisations": {**more, "edges": [{"node": one} for one in nodes]}}}
    return Response(orjson.dumps(body), media_type="application/json")


@app.get("/selection")
def selection() -> Response:
    """A page of 50 organisations, plain fields."""
    records, more = _page()
    nodes = [
        {"id": r.id, "label": r.label(), "legalForm": r.values.get("legalForm"),
         "city": r.values.get("city"), "homepage": r.values.get("homepage")}
        for r in records
    ]  # fmt: skip
    return _answer(nodes, more)


@app.get("/general")
def general(after: str | None = None) -> Response:
    """A page of 50 organisations with their projects and the projects' calls."""
    records, more = _page(after)
    led = CATALOGUE.links([r.id for r in records], "projects")
    projects = _found([id_ for ids in led.values() for id_ in ids])
    calls = _found([id_ for project in projects.values() for id_ in project.refs("calls")])
    nodes = [
        {
            "id": r.id,
            "label": r.label(),
            "projects": [
                {
                    "id": id_,
                    "label": projects[id_].label(),
                    "year": projects[id_].values.get("year"),
                    "calls": [
                        {
                            "id": c,
                            "label": calls[c].label(),
                            "closes": calls[c].values.get("closes"),
                        }
                        for c in projects[id_].refs("calls")
                        if c in calls
                    ],
                }
                for id_ in led.get(r.id, ())
                if id_ in projects
            ],
        }
        for r in records
    ]
    return _answer(nodes, more)


@app.get("/page")
def page() -> Response:
    """A page that is ready: the cost of serving so many bytes."""
    return Response(Path(PAGE).read_bytes(), media_type="text/html; charset=utf-8")
