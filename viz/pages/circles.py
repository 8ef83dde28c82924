"""Circles that hang together, and who joins them: for somebody who looks for a way from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from graph.network import brokers
from ontology.loading import load_model
from viz.asked import Asked, href
from viz.network import share

SHOWN = 12
"""Circles that are listed, the largest first; a circle has three members at the least."""

MOST = 10
"""Bridges that are listed."""


@dataclass(frozen=True)
class Circle:
    """A community of the whole city; `first` and `second` say that the form asks for it."""

    number: int
    name: str
    size: int
    url: str
    first: bool
    second: bool


@dataclass(frozen=True)
class Bridge:
    """A thing with ties into several circles, their names, and its betweenness as text."""

    name: str
    url: str
    kind_label: str
    circles: tuple[str, ...]
    value: str


def circles(asked: Asked) -> tuple[Circle, ...]:
    """The largest circles."""
    lang, chosen = asked.lang, _chosen(asked)
    return tuple(
        Circle(
            one.number,
            one.label(lang),
            len(one.members),
            f"/{lang}/network?{urlencode({'around': ','.join(one.members[:3]), 'depth': 1})}",
            first=one.number == chosen[0],
            second=one.number == chosen[1],
        )
        for one in asked.ground.data.survey.communities[:SHOWN]
        if len(one.members) > 2
    )


def bridges(asked: Asked) -> tuple[tuple[Bridge, ...], int]:
    """Who joins the two circles of the form (any two where it names none), and how many do."""
    data = asked.ground.data
    survey, kinds = data.survey, load_model().kinds
    wanted = {number for number in _chosen(asked) if number is not None}
    joining = asked.ground.once(
        "brokers", lambda: brokers(data.network, survey.betweenness, survey.community, None)
    )
    found = [one for one in joining if wanted <= set(one.communities)]
    made = []
    for one in found[:MOST]:
        node = data.network.node(one.id)
        made.append(
            Bridge(
                node.label(asked.lang),
                href(asked.lang, one.id),
                kinds[node.kind].label(asked.lang),
                tuple(survey.communities[n].label(asked.lang) for n in one.communities),
                share(one.betweenness, "betweenness", asked.lang),
            )
        )
    return tuple(made), len(found)


def _chosen(asked: Asked) -> tuple[int | None, int | None]:
    """The numbers of the two circles that the form names. InputError for text that is no number."""
    last = len(asked.ground.data.survey.communities) - 1

    def number(name: str) -> int | None:
        return asked.number(name, 0, 0, max(last, 0)) if asked.one(name) else None

    return number("circle"), number("other")
