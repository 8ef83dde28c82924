"""The weights of matching: one flat list, and how a score is made of them.

    score = Σ weight × value / Σ weight

over the features that can say something for the subject; one that cannot (no sum is known, nobody is
named, there is no place) leaves both sums for all candidates alike.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, get_args

from ontology.errors import InputError, Said, UnknownWordError
from ontology.names import Kind

WEIGHTS: Final[Mapping[str, Mapping[str, float]]] = {
    "ORGANISATION": {
        "named_in_plan": 0.2,
        "semantic": 0.6,
        "words": 0.3,
        "topics": 0.5,
        "track_record": 0.1,
        "place": 0.1,
        "capacity": 0.1,
        "mandate": 0.2,
        "network": 0.1,
    },
    "MONEY": {
        "named_in_plan": 0.1,
        "semantic": 0.5,
        "words": 0.0,
        "topics": 0.5,
        "track_record": 0.1,
        "place": 0.1,
        "capacity": 0.15,
        "mandate": 0.0,
        "network": 0.05,
    },
    "BODY": {
        "named_in_plan": 0.2,
        "semantic": 0.5,
        "words": 0.0,
        "topics": 0.4,
        "track_record": 0,
        "place": 0.2,
        "capacity": 0,
        "mandate": 0.2,
        "network": 0.1,
    },
    "OTHER": {
        "named_in_plan": 0.2,
        "semantic": 0.5,
        "words": 0.0,
        "topics": 0.5,
        "track_record": 0.05,
        "place": 0.05,
        "capacity": 0,
        "mandate": 0,
        "network": 0.1,
    },
}
"""By what is wanted. Fitted on the judged set and rounded: docs/ranking.md says how."""

GROUP: Final[Mapping[str, str]] = {
    "ORGANISATION": "ORGANISATION",
    "PROGRAMME": "MONEY",
    "CALL": "MONEY",
    "GRANT": "MONEY",
    "COUNCIL": "BODY",
    "WORKING_GROUP": "BODY",
}

MOST: Final = 1e6
"""The greatest weight: with endless ones the sums have no end, and nothing is above anything."""

FEATURES: Final = tuple(WEIGHTS["ORGANISATION"])
"""The names of all features."""


def weights_for(kind: str, changed: Mapping[str, float]) -> dict[str, float]:
    """The weights used for candidates of a kind, with the caller's changes."""
    return {**WEIGHTS[GROUP.get(kind, "OTHER")], **changed}


def check_kinds(given: Sequence[str]) -> tuple[str, ...]:
    """The kinds, each once. Raises UnknownWordError for a kind that does not exist, InputError for none."""
    known = [str(kind) for kind in get_args(Kind)]
    for kind in given:
        if kind not in known:
            raise UnknownWordError(
                Said(f"felul „{kind}” nu există", f"there is no kind '{kind}'"),
                Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
            )
    if not given:
        raise InputError(
            Said("nu s-a spus ce se caută", "what is wanted was not said"),
            Said("Scrieți, de exemplu, ORGANISATION.", "Write, for example, ORGANISATION."),
            "want",
        )
    return tuple(dict.fromkeys(given))


def check_weights(given: Mapping[str, float]) -> dict[str, float]:
    """The weights as given. Raises UnknownWordError for a feature that does not exist, InputError for
    a weight below 0, above MOST or no number."""
    for name, weight in given.items():
        if name not in FEATURES:
            known = ", ".join(FEATURES)
            raise UnknownWordError(
                Said(f"trăsătura „{name}” nu există", f"there is no feature '{name}'"),
                Said(f"Trăsăturile sunt: {known}.", f"The features are: {known}."),
            )
        if not 0 <= weight <= MOST:
            raise InputError(
                Said(
                    f"ponderea {weight} pentru „{name}” nu se poate folosi",
                    f"the weight {weight} for '{name}' cannot be used",
                ),
                Said(
                    f"Dați un număr de la 0 (oprită) la {MOST:.0f}.",
                    f"Give a number from 0 (off) to {MOST:.0f}.",
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
