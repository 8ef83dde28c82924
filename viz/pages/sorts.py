"""Which sort of organisation is looked for: civic groups, public bodies, schools, firms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Filter
from ontology.errors import NotFoundError, Said
from viz.asked import Asked


@dataclass(frozen=True)
class SortChoice:
    """One sort of organisations, by its word in the address; the first, without a word, is all."""

    label: str
    value: str
    chosen: bool


_SORTS: Mapping[str, tuple[Said, tuple[str, ...]]] = {
    "ngo": (
        Said("ONG-uri și grupuri civice", "NGOs and civic groups"),
        (
            "association",
            "foundation",
            "federation",
            "informal_group",
            "student_organisation",
            "sports_club",
        ),
    ),
    "public": (
        Said("instituții publice", "public bodies"),
        (
            "public_institution",
            "city_department",
            "county_body",
            "ministry",
            "cultural_institution",
        ),
    ),
    "education": (
        Said("școli și universități", "schools and universities"),
        ("school", "university"),
    ),
    "business": (Said("firme și clustere", "firms and clusters"), ("company", "cluster")),
}
"""By the word in the address: what a sort is called and the legal forms that belong to it."""


def sort_asked(asked: Asked) -> str:
    """The sort in the address; empty for all. NotFoundError for one that there is not."""
    given = asked.one("who")
    if given and given not in _SORTS:
        raise NotFoundError(
            Said(f"„{given[:40]}” nu există", f"there is no '{given[:40]}'"),
            Said(f"Se poate alege: {', '.join(_SORTS)}.", f"Choose of: {', '.join(_SORTS)}."),
        )
    return given


def filter_for(sort: str) -> Filter | None:
    """What narrows organisations to a sort; None for all."""
    return Filter(legal_forms=_SORTS[sort][1]) if sort else None


def sort_choices(asked: Asked) -> tuple[SortChoice, ...]:
    """All, then each sort."""
    now, lang = sort_asked(asked), asked.lang
    everyone = SortChoice(Said("toate", "all")(lang), "", not now)
    sorts = (SortChoice(label(lang), name, name == now) for name, (label, _) in _SORTS.items())
    return (everyone, *sorts)
