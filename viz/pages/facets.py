"""How a list is narrowed: the filter that an address says, and facets as links that add to it or take away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Facet, Filter
from ontology.errors import InputError, NotFoundError, Said
from ontology.loading import load_model
from viz.asked import Asked
from viz.pages.cards import STATES


@dataclass(frozen=True)
class FacetLink:
    """One value of a facet: a link that adds or takes it away, and how many results have it."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """One way to narrow the list."""

    name: str
    label: str
    values: tuple[FacetLink, ...]


_FACETS: Mapping[str, tuple[str, Said]] = {
    "kind": ("kind", Said("Fel", "Kind")),
    "topics": ("topic", Said("Temă", "Topic")),
    "legalForm": ("form", Said("Formă juridică", "Legal form")),
    "place": ("place", Said("Loc", "Place")),
    "year": ("year", Said("An", "Year")),
    "state": ("state", Said("Starea apelului", "State of the call")),
}


def kinds_of(asked: Asked, name: str = "kind") -> tuple[str, ...]:
    """The kinds that a parameter names, one a value or several with commas.

    Raises NotFoundError for one that there is not.
    """
    known = load_model().kinds
    named = [kind for value in asked.many(name) for kind in value.split(",")]
    chosen = tuple(dict.fromkeys(kind.upper().replace("-", "_") for kind in named))
    unknown = [k for k in chosen if k not in known]
    if unknown:
        raise NotFoundError(
            Said(f"felul „{unknown[0][:40]}” nu există", f"there is no kind '{unknown[0][:40]}'"),
            Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
        )
    return chosen


def filter_of(asked: Asked, kinds: tuple[str, ...]) -> Filter:
    """The filter that the address says; a topic, place, form or state that nothing has narrows to nothing."""
    years = [int(year) for year in asked.many("year") if _year(year)]
    places = asked.many("place")
    return Filter(
        kinds=kinds_of(asked) or kinds,
        topics=tuple(t if t.startswith("topic/") else f"topic/{t}" for t in asked.many("topic")),
        legal_forms=asked.many("form"),
        place=places[0] if places else None,
        open=True if asked.one("open") == "1" else None,
        states=asked.many("state"),
        amount_min=asked.amount("min"),
        amount_max=asked.amount("max"),
        year_from=min(years) if years else None,
        year_to=max(years) if years else None,
    )


def _year(text: str) -> bool:
    """True for a year. Raises InputError for anything else."""
    if not re.fullmatch("[0-9]{4}", text):
        raise InputError(
            Said(f"„{text[:40]}” nu este un an", f"'{text[:40]}' is no year"),
            Said("Scrieți patru cifre, de exemplu 2024.", "Write four digits, for example 2024."),
            "year",
        )
    return True


def facet_label(asked: Asked, facet: str, value: str, places: Mapping[str, str]) -> str:
    """What a value of a facet is called."""
    model = load_model()
    if facet == "kind":
        kind = model.kinds.get(value.upper().replace("-", "_"))
        return kind.plural(asked.lang) if kind else value
    if facet == "topics":
        topic = model.topics.get(value.removeprefix("topic/"))
        return topic.label(asked.lang) if topic else value
    if facet == "legalForm":
        codes = model.codes["LegalForm"].codes
        return codes[value].label(asked.lang) if value in codes else value
    if facet == "state":
        return STATES[value](asked.lang) if value in STATES else value
    return places.get(value, value)


def boxes(
    asked: Asked, facets: tuple[Facet, ...] | list[Facet]
) -> tuple[tuple[FacetBox, ...], tuple[FacetLink, ...]]:
    """The facets as boxes of links, and the values that are chosen now."""
    ids = [v for f in facets if f.name == "place" for v, _ in f.values]
    found = asked.ground.data.catalogue.records([*ids, *asked.many("place")])
    places = {r.id: r.label(asked.lang) for r in found if r is not None}
    counts = {facet.name: facet.values for facet in facets}
    made, chosen = [], []
    for name, (parameter, label) in _FACETS.items():
        held = asked.many(parameter)
        links = []
        for value, count in counts.get(name, ())[:40]:
            short = value.removeprefix("topic/")
            rest = [one for one in held if one != short]
            on = len(rest) < len(held)
            url = asked.link(**{parameter: rest if on else [*held, short], "after": None})
            links.append(FacetLink(facet_label(asked, name, value, places), count, url, on))
        chosen += [one for one in links if one.chosen]
        # What is chosen can be taken away, also where nothing found has it.
        shown = {value.removeprefix("topic/") for value, _ in counts.get(name, ())[:40]}
        for value in held:
            if value not in shown:
                url = asked.link(**{parameter: [o for o in held if o != value], "after": None})
                told = facet_label(asked, name, value, places)
                chosen.append(FacetLink(told, 0, url, True))
        if len(links) > 1 or any(one.chosen for one in links):
            made.append(FacetBox(name, label(asked.lang), tuple(links)))
    return tuple(made), tuple(chosen)
