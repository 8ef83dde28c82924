"""What somebody may go on to type: names on the map and codes of the plan, as JSON for the search fields."""

from __future__ import annotations

from dataclasses import dataclass

import orjson
from fastapi.responses import Response

from graph.catalogue.base import Record
from ontology.errors import NotFoundError
from ontology.loading import load_model
from viz.asked import Asked, PageDef, href
from viz.pages.facets import kinds_of
from viz.pages.named import ANY
from viz.pages.plan import newest_plan

MOST = 8
"""Suggestions for one beginning."""

LONGEST = 100
"""Letters of a beginning; nobody's name goes on from more."""

FRESH = "max-age=60"
"""For how long a browser need not ask again about the same beginning."""

FIELDS = {"go": (*ANY, "TOPIC"), "name": ANY}
"""What a field may mean: a search box leads to pages, of topics too; a field for a name is about things."""


@dataclass(frozen=True)
class Suggested:
    """One thing that may be meant: its id and name, what a field that asks for it should hold, the other name by which it was found, its kind, its page."""

    id: str
    name: str
    value: str
    also: str
    kind: str
    url: str


def _coded(asked: Asked, typed: str) -> list[Record]:
    """Actions and commitments of the newest plan whose code begins so, in the order of the codes."""
    if not typed or not typed[0].isalpha() or not typed[1:2].isdigit():
        return []

    def codes() -> list[tuple[str, Record]]:
        plan = newest_plan(asked).id
        held = asked.ground.data.catalogue.scan(("COMMITMENT", "ACTION"))
        mine = [r for r in held if r.id.startswith(f"{plan}/") and r.values.get("code")]
        return sorted(((str(r.values["code"]).lower(), r) for r in mine), key=lambda one: one[0])

    try:
        known = asked.ground.once("codes", codes)
    except NotFoundError:  # a map without a plan has no codes
        return []
    return [record for code, record in known if code.startswith(typed.lower())]


def _told(asked: Asked, record: Record, found: str) -> Suggested:
    lang, code = asked.lang, str(record.values.get("code") or "")
    name = value = record.label(lang)
    if code and record.kind in ("ACTION", "COMMITMENT"):
        name, value = f"{code} {name}", code
    url = href(lang, record.id)
    if record.kind == "ACTION" and code:
        url = f"/{lang}/actions/{code}"
    elif record.kind == "TOPIC":
        url = f"/{lang}/search?topic={record.id.removeprefix('topic/')}"
    kind = load_model().kinds[record.kind].label(lang) if record.kind else ""
    return Suggested(record.id, name, value, "" if found in name else found, kind, url)


def suggestions(asked: Asked, typed: str) -> list[Suggested]:
    """The things whose names or codes go on from what was typed, those that begin so first."""
    kinds = kinds_of(asked) or FIELDS.get(asked.one("field"), ANY)
    coded = [r for r in _coded(asked, typed) if r.kind in kinds]
    data = asked.ground.data
    named = {one.id: one.name for one in data.search.complete(typed, MOST, kinds)}
    held = {record.id for record in coded}
    records = [r for r in data.catalogue.records(list(named)) if r is not None]
    both = [*coded, *(r for r in records if r.id not in held)]
    return [_told(asked, record, named.get(record.id, "")) for record in both[:MOST]]


def build(asked: Asked) -> Response:
    """The suggestions as JSON, with a sentence for who hears the page."""
    typed = asked.one("q")[:LONGEST]
    found = suggestions(asked, typed)
    said = asked.speech.count("%(n)s suggestion", "%(n)s suggestions", len(found))
    body = orjson.dumps({"said": said, "items": found})
    return Response(body, media_type="application/json", headers={"Cache-Control": FRESH})


PAGES = (PageDef("suggest", "/suggest", build, "", Suggested),)
