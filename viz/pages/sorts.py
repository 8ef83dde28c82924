"""Which sort of organisation is looked for: civic groups, public bodies, schools, firms; links that choose one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Filter
from ontology.errors import NotFoundError, Said
from viz.asked import Asked


@dataclass(frozen=True)
class SortLink:
    """One sort of organisations: a link that shows only these; the first shows all."""

    label: str
    url: str
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


def sort_links(asked: Asked) -> tuple[SortLink, ...]:
    """All, then each sort; choosing one keeps the rest of the address."""
    now = sort_asked(asked)
    everyone = SortLink(Said("toate", "all")(asked.lang), asked.link(who=None), not now)
    return (
        everyone,
        *(
            SortLink(label(asked.lang), asked.link(who=name), name == now)
            for name, (label, _) in _SORTS.items()
        ),
    )
