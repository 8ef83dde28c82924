"""Where things are: quarters as points, and who sits, works or builds in each, told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from graph.catalogue.base import Catalogue, Record

_PLACED = (("place", "seat"), ("activeIn", "activity"), ("places", "activity"))
"""What each field says: the seat of a body and its area of activity are different things."""
_SOME = 500
"""Things whose places are looked up together."""


def features(catalogue: Catalogue, kinds: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """The features of a GeoJSON FeatureCollection (RFC 7946: longitude first, WGS 84), one by one.

    A place has its own point; another thing stands at the point of its place, and `role` says
    whether that is its seat, its area of activity or where the project takes place.
    """
    records = catalogue.scan(tuple(kinds))
    while some := list(islice(records, _SOME)):
        wanted = {place for one in some for name, _ in _PLACED for place in one.refs(name)}
        points = {
            place.id: place.values["location"]
            for place in catalogue.records(sorted(wanted))
            if place is not None and place.kind == "PLACE" and place.values.get("location")
        }
        for record in some:
            yield from _of(record, points)


def _of(record: Record, points: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Where a thing stands: at its own point, else at those of its places."""
    own = record.values.get("location")
    if own:
        role = "own" if record.kind != "PLACE" else "place"
        yield _feature(record.id, record.kind, record.values, own, role, None)
        return
    for name, role in _PLACED:
        for place in record.refs(name):
            if place in points:
                says = "project" if record.kind == "PROJECT" else role
                yield _feature(record.id, record.kind, record.values, points[place], says, place)


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
