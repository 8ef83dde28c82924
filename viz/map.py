"""Where things are: quarters as points, and who sits, works or builds in each, told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.catalogue.base import Catalogue

_PLACED = (("place", "seat"), ("activeIn", "activity"), ("places", "activity"))
"""What each field says: the seat of a body and its area of activity are different things."""


def features(catalogue: Catalogue, kinds: Sequence[str] = ()) -> dict[str, Any]:
    """A GeoJSON FeatureCollection (RFC 7946: longitude first, WGS 84).

    A place has its own point; another thing stands at the point of its place, and `role` says
    whether that is its seat, its area of activity or where the project takes place.
    """
    places = {r.id: r for r in catalogue.scan(("PLACE",)) if r.values.get("location")}
    made = []
    for record in catalogue.scan(tuple(kinds)):
        own = record.values.get("location")
        if own:
            made.append(
                _feature(
                    record.id,
                    record.kind,
                    record.values,
                    own,
                    "own" if record.kind != "PLACE" else "place",
                    None,
                )
            )
            continue
        for name, role in _PLACED:
            for place in record.refs(name):
                if place in places:
                    says = "project" if record.kind == "PROJECT" else role
                    point = places[place].values["location"]
                    made.append(_feature(record.id, record.kind, record.values, point, says, place))
    return {"type": "FeatureCollection", "features": made}


def _feature(
    id_: str, kind: str | None, values: Any, point: Sequence[float], role: str, place: str | None
) -> dict[str, Any]:
    label = values.get("label") or {}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]},
        "properties": {
            "id": id_,
            "kind": kind,
            "name_ro": label.get("ro") or label.get("en"),
            "name_en": label.get("en") or label.get("ro"),
            "role": role,
            "place": place,
        },
    }
