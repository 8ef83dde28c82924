"""The map: quarters, and who sits, works or builds in each; with a list that says the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ontology.errors import Said
from ontology.model import load_model
from viz.map import features
from viz.pages.cards import Card, cards
from viz.site import Asked, PageDef, href

ROLES: Mapping[str, Said] = {
    "place": Said("cartier", "quarter"),
    "seat": Said("sediul este aici", "its seat is here"),
    "activity": Said("lucrează aici", "it works here"),
    "project": Said("proiectul are loc aici", "the project takes place here"),
    "own": Said("se află aici", "it stands here"),
}


@dataclass(frozen=True)
class PlaceLine:
    """One quarter with what is tied to it, by role; `located` when its point is known."""

    card: Card
    located: bool
    tied: tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True)
class MapPage:
    """`data` is what the drawing reads; `places` its twin in words."""

    places: tuple[PlaceLine, ...]
    data: Markup
    drawn: int
    without: int


def _script(value: Any) -> Markup:
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - JSON with < and & escaped


def _points(asked: Asked) -> list[dict[str, Any]]:
    kinds = load_model().kinds
    made = []
    for feature in features(asked.ground.data.catalogue)["features"]:
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
    """The map page."""
    catalogue, lang = asked.ground.data.catalogue, asked.lang
    tied: dict[str, dict[str, list[str]]] = {}
    for record in catalogue.scan():
        if record.kind == "PLACE":
            continue
        for name, role in (
            ("place", "project" if record.kind == "PROJECT" else "seat"),
            ("activeIn", "activity"),
            ("places", "activity"),
        ):
            for place in record.refs(name):
                tied.setdefault(place, {}).setdefault(role, []).append(record.id)
    records = sorted(
        catalogue.scan(("PLACE",)), key=lambda r: (-len(tied.get(r.id, {})), r.label(lang))
    )
    places = []
    for record in records:
        groups = tuple(
            (ROLES[role](lang), cards(asked, list(dict.fromkeys(ids))[:40]))
            for role, ids in sorted(tied.get(record.id, {}).items())
        )
        places.append(
            PlaceLine(cards(asked, [record.id])[0], bool(record.values.get("location")), groups)
        )
    points = _points(asked)
    tiles = asked.ground.tiles
    data = {
        "points": points,
        "tiles": tiles,
        "credit": "© OpenStreetMap" if tiles and "openstreetmap" in tiles else "",
    }
    return MapPage(tuple(places), _script(data), len(points), sum(not p.located for p in places))


PAGES = (PageDef("map", "/map", build, "map.html", MapPage),)
