"""The weights of matching: one flat list, and how a score is made of them.

    score = Σ weight × value / Σ weight

over the features that can say something about the pair; a feature that cannot (no dates, no place,
nothing named) leaves both sums, unless it is one of `ALWAYS`, whose silence counts as zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from ontology.errors import InputError, Said, UnknownWordError

WEIGHTS: dict[str, dict[str, float]] = {
    "ORGANISATION": {
        "named_in_plan": 0.30,
        "semantic": 0.30,
        "topics": 0.45,
        "track_record": 0.20,
        "place": 0.05,
        "capacity": 0.05,
        "mandate": 0.15,
        "network": 0.10,
    },
    "MONEY": {
        "named_in_plan": 0.20,
        "semantic": 0.35,
        "topics": 0.45,
        "track_record": 0.10,
        "place": 0.05,
        "capacity": 0.05,
        "mandate": 0.0,
        "network": 0.10,
    },
    "BODY": {
        "named_in_plan": 0.30,
        "semantic": 0.30,
        "topics": 0.40,
        "track_record": 0.0,
        "place": 0.10,
        "capacity": 0.0,
        "mandate": 0.20,
        "network": 0.10,
    },
    "OTHER": {
        "named_in_plan": 0.20,
        "semantic": 0.45,
        "topics": 0.40,
        "track_record": 0.0,
        "place": 0.05,
        "capacity": 0.0,
        "mandate": 0.0,
        "network": 0.15,
    },
}
"""By what is wanted. Set by hand and by `resurse evaluate match`; see docs/ranking.md."""

GROUP = {
    "ORGANISATION": "ORGANISATION",
    "PROGRAMME": "MONEY",
    "CALL": "MONEY",
    "GRANT": "MONEY",
    "COUNCIL": "BODY",
    "WORKING_GROUP": "BODY",
}

FEATURES = tuple(WEIGHTS["ORGANISATION"])
"""The names of all features."""


def weights_for(kind: str, changed: Mapping[str, float]) -> dict[str, float]:
    """The weights used for candidates of a kind, with the caller's changes."""
    return {**WEIGHTS[GROUP.get(kind, "OTHER")], **changed}


def check_weights(given: Mapping[str, float]) -> dict[str, float]:
    """The weights as given. Raises UnknownWordError for a feature that does not exist, InputError for
    a weight that is negative, infinite or no number."""
    for name, weight in given.items():
        if name not in FEATURES:
            known = ", ".join(FEATURES)
            raise UnknownWordError(
                Said(f"trăsătura „{name}” nu există", f"there is no feature '{name}'"),
                Said(f"Trăsăturile sunt: {known}.", f"The features are: {known}."),
            )
        if not math.isfinite(weight) or weight < 0:
            raise InputError(
                Said(
                    f"ponderea {weight} pentru „{name}” nu se poate folosi",
                    f"the weight {weight} for '{name}' cannot be used",
                ),
                Said(
                    "Dați un număr de la 0 (oprită) în sus.", "Give a number from 0 (off) upwards."
                ),
            )
    return dict(given)


def parse_weights(text: str) -> dict[str, float]:
    """`topics=0.5,place=0` as weights. Raises InputError naming the part that is wrong."""
    found: dict[str, float] = {}
    for part in text.split(","):
        if not part.strip():
            continue
        name, equals, number = part.partition("=")
        try:
            value = float(number)
        except ValueError:
            value = math.nan
        if not equals or math.isnan(value):
            raise InputError(
                Said(f"„{part.strip()}” nu este o pondere", f"'{part.strip()}' is no weight"),
                Said("Scrieți topics=0.5.", "Write topics=0.5."),
            )
        found[name.strip()] = value
    return check_weights(found)
