"""What came and what went between two years."""

from __future__ import annotations

from dataclasses import dataclass

from graph.network.city import City, Link, overlaps


@dataclass(frozen=True)
class Change:
    """Things (ids) and links that only one of two years has; undated links are in neither."""

    before: int
    after: int
    things_new: tuple[str, ...]
    things_gone: tuple[str, ...]
    links_new: tuple[Link, ...]
    links_gone: tuple[Link, ...]
    links_kept: int
    undated: int


def change(city: City, before: int, after: int) -> Change:
    """How the network of the year `after` differs from that of `before`.

    Only dated links are compared: one without a date neither came nor went. A thing is new when
    its first dated link or its own first year falls after `before`, and gone the same way.
    """
    dated = [link for link in city.links if link.dated]
    then = {link for link in dated if overlaps(link.year_from, link.year_to, before, before)}
    now = {link for link in dated if overlaps(link.year_from, link.year_to, after, after)}
    there, here = _things(city, then, before), _things(city, now, after)
    return Change(
        before,
        after,
        tuple(sorted(here - there)),
        tuple(sorted(there - here)),
        tuple(sorted(now - then, key=lambda li: li.key)),
        tuple(sorted(then - now, key=lambda li: li.key)),
        len(now & then),
        len(city.links) - len(dated),
    )


def _things(city: City, links: set[Link], year: int) -> set[str]:
    """What a dated link touches in the year, and what is itself dated and existed then."""
    linked = {end for link in links for end in (link.source, link.target)}
    dated = {n.id for n in city.nodes if n.years != (None, None) and overlaps(*n.years, year, year)}
    return linked | dated


def years(city: City) -> tuple[int, ...]:
    """Every year from the first to the last that a link or a thing names; empty when none does."""
    named = [
        year
        for start, end in [n.years for n in city.nodes]
        + [(li.year_from, li.year_to) for li in city.links]
        for year in (start, end)
        if year is not None
    ]
    return tuple(range(min(named), max(named) + 1)) if named else ()
