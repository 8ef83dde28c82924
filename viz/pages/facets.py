"""How a list is narrowed: the filter that an address says, and facets as links that add to it or take away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Facet, Filter
from ontology.errors import NotFoundError, Said
from ontology.model import load_model
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


def filter_of(asked: Asked, kinds: tuple[str, ...]) -> Filter:
    """The filter that the address says. Words that mean nothing narrow to nothing and are told by the chips."""
    known = load_model().kinds
    chosen = tuple(k.upper().replace("-", "_") for k in asked.many("kind"))
    unknown = [k for k in chosen if k not in known]
    if unknown:
        raise NotFoundError(
            Said(f"felul „{unknown[0]}” nu există", f"there is no kind '{unknown[0]}'"),
            Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
        )
    years = [int(y) for y in asked.many("year") if y.isdigit() and len(y) == 4]
    states = asked.many("state")
    places = asked.many("place")
    return Filter(
        kinds=chosen or kinds,
        topics=tuple(t if t.startswith("topic/") else f"topic/{t}" for t in asked.many("topic")),
        legal_forms=asked.many("form"),
        place=places[0] if places else None,
        open=True if "OPEN" in states or asked.one("open") == "1" else None,
        amount_min=asked.amount("min"),
        amount_max=asked.amount("max"),
        year_from=min(years) if years else None,
        year_to=max(years) if years else None,
    )


def facet_label(asked: Asked, facet: str, value: str, places: Mapping[str, str]) -> str:
    """What a value of a facet is called."""
    model = load_model()
    if facet == "kind":
        return model.kinds[value].plural(asked.lang)
    if facet == "topics":
        topic = model.topics.get(value.removeprefix("topic/"))
        return topic.label(asked.lang) if topic else value
    if facet == "legalForm":
        codes = model.codes["LegalForm"].codes
        return codes[value].label(asked.lang) if value in codes else value
    if facet == "state":
        return STATES[value](asked.lang)
    return places.get(value, value)


def boxes(
    asked: Asked, facets: tuple[Facet, ...] | list[Facet]
) -> tuple[tuple[FacetBox, ...], tuple[FacetLink, ...]]:
    """The facets as boxes of links, and the values that are chosen now."""
    ids = [v for f in facets if f.name == "place" for v, _ in f.values]
    places = {
        r.id: r.label(asked.lang) for r in asked.ground.data.catalogue.records(ids) if r is not None
    }
    made, chosen = [], []
    for facet in facets:
        if facet.name not in _FACETS or not facet.values:
            continue
        parameter, label = _FACETS[facet.name]
        held = asked.many(parameter)
        links = []
        for value, count in facet.values[:40]:
            short = value.removeprefix("topic/")
            on = short in held
            rest = [one for one in held if one != short]
            url = asked.link(**{parameter: rest if on else [*held, short], "after": None})
            link = FacetLink(facet_label(asked, facet.name, value, places), count, url, on)
            links.append(link)
            if on:
                chosen.append(link)
        if len(links) > 1 or any(one.chosen for one in links):
            made.append(FacetBox(facet.name, label(asked.lang), tuple(links)))
    return tuple(made), tuple(chosen)
