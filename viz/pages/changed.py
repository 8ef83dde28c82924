"""What came and what went in the network between two years."""

from __future__ import annotations

from dataclasses import dataclass

from graph.network import Link, change, relation
from ontology.errors import InputError, Said
from viz.asked import Asked, href

MOST = 15
"""Lines of each list; the counts are of the whole."""


@dataclass(frozen=True)
class Line:
    """A thing or a link, with the page it leads to."""

    text: str
    url: str


@dataclass(frozen=True)
class Turn:
    """What only one of the two years has: things and links, with how many there are in all."""

    year: int
    things: tuple[Line, ...]
    thing_count: int
    links: tuple[Line, ...]
    link_count: int


@dataclass(frozen=True)
class Changed:
    """`came` is what the later year has new, `went` what only the earlier had; undated links are in neither."""

    came: Turn
    went: Turn
    kept: int
    undated: int


def changed(asked: Asked) -> Changed | None:
    """The answer to the form; None while it names no two years. InputError for one year alone."""
    given = [asked.one("before"), asked.one("after")]
    if not any(given):
        return None
    if not all(given):
        raise InputError(
            Said("lipsește unul din cei doi ani", "one of the two years is missing"),
            Said("Scrieți amândoi anii.", "Write both years."),
        )
    before, after = sorted(asked.number(name, 0, 1, 9999) for name in ("before", "after"))
    found = change(asked.ground.data.network, before, after)
    return Changed(
        _turn(asked, after, found.things_new, found.links_new),
        _turn(asked, before, found.things_gone, found.links_gone),
        found.links_kept,
        found.undated,
    )


def _turn(asked: Asked, year: int, things: tuple[str, ...], links: tuple[Link, ...]) -> Turn:
    city, lang = asked.ground.data.network, asked.lang

    def name(thing: str) -> str:
        return city.node(thing).label(lang)

    return Turn(
        year,
        tuple(Line(name(one), href(lang, one)) for one in things[:MOST]),
        len(things),
        tuple(
            Line(
                relation(one.relation).text(name(one.source), name(one.target), lang),
                href(lang, one.source),
            )
            for one in links[:MOST]
        ),
        len(links),
    )
