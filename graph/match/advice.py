"""What would raise the score of a pair: the features that gave least, and what could be done about each."""

from __future__ import annotations

from collections.abc import Mapping

from graph.match.base import Advice
from graph.match.features import ALL
from graph.match.pair import Pair
from graph.match.words import topics_text
from ontology.errors import Said


def _what(name: str, pair: Pair) -> Said:
    missing = [t for t in pair.profile.topics if t not in pair.world.topics_of(pair.candidate.id)]
    if name == "topics" and missing:
        return Said(
            f"Declarați, dacă este adevărat, temele: {topics_text(missing, 'ro')}.",
            f"Declare, if it is true, the topics: {topics_text(missing, 'en')}.",
        )
    return {
        "named_in_plan": Said(
            "Planul l-ar putea numi la următoarea actualizare.",
            "The plan could name it at its next update.",
        ),
        "semantic": Said(
            "O descriere mai amănunțită a activităților, în română și engleză.",
            "A fuller description of its activities, in Romanian and English.",
        ),
        "words": Said(
            "O descriere care numește ce face și pentru cine.",
            "A description that names what it does and for whom.",
        ),
        "topics": Said("Teme mai precise.", "More precise topics."),
        "track_record": Said(
            "Proiecte pe aceste teme, cu an, sumă și sursă.",
            "Projects on these topics, with year, sum and source.",
        ),
        "place": Said(
            "Sediul sau zona de activitate, dacă lipsesc.",
            "Its seat or area of activity, where missing.",
        ),
        "capacity": Said(
            "Sumele proiectelor duse, cu sursă.", "The sums of projects it carried, with a source."
        ),
        "mandate": Said(
            "Participarea la un consiliu sau grup pe aceste teme.",
            "Taking part in a council or group on these topics.",
        ),
        "network": Said(
            "Proiecte comune cu cei implicați deja.", "Projects shared with those involved already."
        ),
    }[name]


def advise(pair: Pair, weights: Mapping[str, float]) -> list[Advice]:
    """The possible gain of each feature (its weight times what is left of it, over all weights), most first."""
    findings = {name: function(pair) for name, function in ALL.items() if weights.get(name, 0) > 0}
    whole = sum(weights[name] for name, finding in findings.items() if finding is not None) or 1.0
    made = [
        Advice(
            name,
            round(
                weights[name]
                * (1 - (finding.value if finding else 0.0))
                / (whole if finding else whole + weights[name]),
                4,
            ),
            _what(name, pair),
        )
        for name, finding in findings.items()
        if finding is None or finding.value < 0.95
    ]
    return sorted(made, key=lambda one: (-one.gain, one.kind))
