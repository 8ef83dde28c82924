"""Why a list is empty: never nothing without a word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graph.match.gates import closed
from graph.match.subject.profile import Profile
from ontology.errors import Said


def why_empty(
    profile: Profile,
    scored: int,
    weights: Mapping[str, Mapping[str, float]],
    first: int,
    day: date,
) -> Said:
    """One sentence on why nothing is listed, and what to do."""
    if first < 1:
        return Said("S-au cerut 0 rezultate.", "0 results were asked for.")
    if profile.record is not None and closed(profile.record, day):
        return Said(
            "Apelul este închis: nimeni nu mai poate depune. Cereți candidații cu includeIneligible, "
            "pentru ediția următoare.",
            "The call is closed: nobody can apply any more. Ask for candidates with "
            "includeIneligible, for its next edition.",
        )
    if not any(weight > 0 for mine in weights.values() for weight in mine.values()):
        return Said(
            "Toate ponderile sunt 0: nu se cântărește nimic. Dați măcar uneia un număr mai mare.",
            "All weights are 0: nothing is weighed. Give at least one a greater number.",
        )
    if scored:
        count = scored
        return Said(
            "O condiție l-a exclus pe singurul candidat; cereți-l cu includeIneligible."
            if count == 1
            else f"O condiție a exclus toți cei {count} candidați; cereți-i cu includeIneligible.",
            "A rule excluded the only candidate; ask for it with includeIneligible."
            if count == 1
            else f"A rule excluded all {count} candidates; ask for them with includeIneligible.",
        )
    if not profile.topics and not profile.text.strip():
        return Said(
            "Subiectul nu are nici teme, nici text: nu este nimic de comparat. Adăugați o temă sau o "
            "descriere.",
            "The subject has neither topics nor text: there is nothing to compare. Add a topic or a "
            "description.",
        )
    names = ", ".join(weights)
    return Said(
        f"Nimic de pe hartă nu seamănă destul cu subiectul ({names}). Încercați alte cuvinte.",
        f"Nothing on the map is close enough to the subject ({names}). Try other words.",
    )
