"""The map: quarters, and who sits, works or builds in each; with a list that says the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ontology.errors import Said
from ontology.loading import load_model
from viz.asked import Asked, PageDef, href
from viz.map import features
from viz.pages.cards import Card, cards

MOST = 60
"""Things listed under one quarter; the pages of quarters have them all."""

ROLES: Mapping[str, Said] = {
    "place": Said("cartier", "quarter"),
    "seat": Said("sediul este aici", "its seat is here"),
    "activity": Said("lucrează aici", "it works here"),
    "project": Said("proiectul are loc aici", "the project takes place here"),
    "own": Said("se află aici", "it stands here"),
}


@dataclass(frozen=True)
class PlaceLine:
    """One quarter with the things tied to it, each with its roles; `located` when its point is known."""

    anchor: str
    card: Card
    located: bool
    tied: tuple[tuple[Card, str], ...]


@dataclass(frozen=True)
class MapPage:
    """`data` is what the drawing reads; `bare` the quarters that nothing names; `places` its twin in words; `tiled` when there is a ground under it."""

    places: tuple[PlaceLine, ...]
    bare: tuple[PlaceLine, ...]
    data: Markup
    drawn: int
    without: int
    tiled: bool


def anchor(place: str) -> str:
    """Where the list tells of a place."""
    return place.replace("/", "-")


def _script(value: Any) -> Markup:
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - JSON with < and & escaped


def _points(asked: Asked) -> list[dict[str, Any]]:
    kinds = load_model().kinds
    made = []
    for feature in features(asked.ground.data.catalogue):
        props, (lon, lat) = feature["properties"], feature["geometry"]["coordinates"]
        cls = kinds[props["kind"]]
        says = f"{cls.label(asked.lang)}, {ROLES[props['role']](asked.lang)}"
        made.append(
            {
                "lat": lat,
                "lon": lon,
                "name": props[f"name_{asked.lang}"],
                "url": href(asked.lang, props["id"]),
                "type": cls.name,
                "role": props["role"],
                "says": says,
            }
        )
    return made


def build(asked: Asked) -> MapPage:
    """The map page; nothing of its address but the language changes it."""
    return asked.ground.once(("map", asked.lang), lambda: _whole(asked))


def _whole(asked: Asked) -> MapPage:
    catalogue, lang = asked.ground.data.catalogue, asked.lang
    tied: dict[str, dict[str, dict[str, None]]] = {}
    for record in catalogue.scan():
        if record.kind == "PLACE":
            continue
        for name, role in (
            ("place", "project" if record.kind == "PROJECT" else "seat"),
            ("activeIn", "activity"),
            ("places", "activity"),
        ):
            for place in record.refs(name):
                tied.setdefault(place, {}).setdefault(record.id, {})[role] = None
    records = sorted(
        catalogue.scan(("PLACE",)), key=lambda r: (-len(tied.get(r.id, {})), r.label(lang))
    )
    places = []
    for record in records:
        roles = tied.get(record.id, {})
        shown = cards(asked, list(roles)[:MOST])
        places.append(
            PlaceLine(
                anchor(record.id),
                cards(asked, [record.id])[0],
                bool(record.values.get("location")),
                tuple((c, ", ".join(ROLES[role](lang) for role in roles[c.id])) for c in shown),
            )
        )
    points = _points(asked)
    tiles = asked.ground.tiles
    data = {
        "points": points,
        "tiles": tiles,
        "credit": "© OpenStreetMap" if tiles and "openstreetmap" in tiles else "",
        "north": Said("N", "N")(lang),
        "zoomIn": asked.speech.say("Zoom in"),
        "zoomOut": asked.speech.say("Zoom out"),
    }
    without = sum(not p.located for p in places)
    tied_ones = tuple(p for p in places if p.tied)
    bare = tuple(p for p in places if not p.tied)
    return MapPage(tied_ones, bare, _script(data), len(points), without, bool(tiles))


PAGES = (PageDef("map", "/map", build, "map.html", MapPage),)
