"""The most that each feature can say of a candidate: exact where columns tell, never too little.

What is bounded this way need not be looked at once enough others are known to score more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from graph.match.deeds import ABOUT, ENOUGH
from graph.match.measuring.measures import Measures, Sheet
from graph.match.places import STEPS
from graph.match.rules.territory import distance

Values = NDArray[np.float64]


def uneven(sheet: Sheet) -> frozenset[str]:
    """Features that may speak of some candidates of the kind and not of others: where a quarter is asked
    for, the place of projects, which few state."""
    return frozenset({"place"} if sheet.kind == "PROJECT" and sheet.measures.profile.places else ())


def bounds(sheet: Sheet) -> Mapping[str, Values]:
    """By feature, the most it can say of each candidate (n,), from 0 to 1."""
    kind = sheet.kind
    return {
        "named_in_plan": _named(sheet),
        "semantic": sheet.meaning,
        "words": sheet.said,
        "topics": np.maximum(sheet.fit, 0.0),
        "track_record": _record(sheet) if kind == "ORGANISATION" else np.ones(len(sheet.ids)),
        "place": _place(sheet) if kind == "ORGANISATION" else np.ones(len(sheet.ids)),
        "capacity": np.ones(len(sheet.ids)),
        "mandate": _seats(sheet) if kind == "ORGANISATION" else np.maximum(sheet.fit, 0.0),
        "network": sheet.near,
    }


def _named(sheet: Sheet) -> Values:
    """By name as strongly as the plan says it; else at most as far as the topics fit."""
    profile = sheet.measures.profile
    loosely = max((one.strength for one in profile.generic.values()), default=0.0)
    if sheet.kind in ("CALL", "PROGRAMME") and profile.named:
        loosely = 1.0
    most = loosely * np.maximum(sheet.fit, 0.0)
    for at, id_ in enumerate(sheet.ids):
        if id_ in profile.named:
            most[at] = profile.named[id_].strength
    return np.asarray(most)


def _record(sheet: Sheet) -> Values:
    """What the deeds about the subject would say if all were recent and large."""
    doers = sheet.measures.world.facts.doers
    about: dict[str, float] = defaultdict(float)
    for deed, share in sheet.measures.around.deeds.items():
        for body in doers.get(deed, ()) if share >= ABOUT else ():
            about[body] += share
    return np.asarray(1 - np.exp(-ENOUGH * np.array([about.get(id_, 0.0) for id_ in sheet.ids])))


def _place(sheet: Sheet) -> Values:
    """Where the seat is; anything, where a quarter is asked for."""
    profile, columns = sheet.measures.profile, sheet.measures.world.columns
    if profile.places or not profile.town:
        return np.ones(len(sheet.ids))
    wanted = profile.town
    steps = [distance(town, wanted) for town in columns.town_names]
    worth = np.array([STEPS.get(step, 0.0) if step is not None else 0.0 for step in steps])
    rows = np.array([columns.rows[id_] for id_ in sheet.ids], dtype=np.int64)
    return np.asarray(worth[columns.towns[rows]])


def _seats(sheet: Sheet) -> Values:
    """The best of the bodies that an organisation sits in."""
    measures: Measures = sheet.measures
    bodies = measures.world.facts.bodies
    return np.array(
        [
            max((measures.close.fit(body) for body, _ in bodies.get(id_, ())), default=0.0)
            for id_ in sheet.ids
        ]
    )
