"""The part of the network that an address asks for, as the page draws it and as a download holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.network import City, Part, Survey, cite, neighbourhood
from graph.network import city as city_of
from graph.network import survey as measure
from ontology.errors import NotFoundError, Said
from ontology.loading import load_model
from viz.ground import Data

LIMIT = 300
MOST = 5_000


def part_of(
    data: Data,
    query: Mapping[str, Sequence[str]],
    around: Sequence[str],
    kinds: Sequence[str] = (),
) -> Part:
    """The part of the city that an address asks for, around some things.

    Raises NotFoundError for a kind or a topic that there is not: less than asked for would be another network.
    """

    def values(name: str) -> list[str]:
        held = query.get(name, [])
        return [v for v in ([held] if isinstance(held, str) else held) if v]

    def whole(name: str, default: int, most: int) -> int:
        text = (values(name) or [""])[-1]
        return min(most, int(text)) if re.fullmatch("[0-9]{1,6}", text) else default

    years = [int(y) for y in values("year") if re.fullmatch("[0-9]{4}", y)]
    topics = [t.removeprefix("topic/") for t in values("topic")]
    chosen = [*kinds, *values("kind")]
    for given, known in ((topics, load_model().topics), (chosen, load_model().kinds)):
        for one in given:
            if one not in known:
                raise NotFoundError(
                    Said(f"„{one[:40]}” nu există", f"there is no '{one[:40]}'"),
                    Said(f"Se poate alege: {', '.join(known)}.", f"Choose of: {', '.join(known)}."),
                )
    return neighbourhood(
        data.network,
        around,
        whole("depth", 1, 4),
        kinds=tuple(chosen),
        topics=[f"topic/{slug}" for slug in topics],
        year_from=min(years) if years else None,
        year_to=max(years) if years else None,
        limit=max(1, whole("limit", LIMIT, MOST)),
    )


def chosen_part(
    data: Data, query: Mapping[str, Sequence[str]], kinds: Sequence[str] = ()
) -> tuple[City, Survey]:
    """What a download holds: the whole city without filters, else the part that the address asks for, with its measures."""
    names = {"around", "kind", "topic", "year", "depth", "limit"}
    if not kinds and not any(name in query for name in names):
        whole = data.network
        return city_of(whole.nodes, cite(data.catalogue, whole.links)), data.survey
    given = query.get("around", [])
    written = ",".join([given] if isinstance(given, str) else given).split(",")
    around = _resolved(data, [word.strip() for word in written if word.strip()])
    part = part_of(data, query, around, kinds)
    links = cite(data.catalogue, part.links)
    made = city_of(part.nodes, links)
    return made, measure(made)


def _resolved(data: Data, given: Sequence[str]) -> list[str]:
    """Canonical ids. Raises NotFoundError with what looks like the one that means nothing."""
    found = data.catalogue.resolve(list(given))
    for one, id_ in zip(given, found, strict=True):
        if id_ is None:
            near = ", ".join(data.catalogue.nearest(one[:200]))
            raise NotFoundError(
                Said(f"„{one[:80]}” nu este pe hartă", f"'{one[:80]}' is not on the map"),
                Said(f"Poate ați vrut: {near}.", f"Did you mean: {near}.")
                if near
                else Said("Scrieți un id de pe hartă.", "Write an id that is on the map."),
            )
    return [id_ for id_ in found if id_ is not None]
