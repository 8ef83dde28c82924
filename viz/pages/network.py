"""The network: a picture of the chosen part, its twin in words, the most central, communities, downloads, paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from graph.network import City, Part, Survey, central, cite, neighbourhood, paths
from graph.network import city as city_of
from graph.network import survey as measure
from ontology.errors import NotFoundError, Said
from ontology.model import load_model
from viz.ground import Data
from viz.network import SCRIPTS, Picture, picture
from viz.pages.cards import Card, cards
from viz.pages.search import filter_of
from viz.site import Asked, PageDef, href

LIMIT = 300
MOST = 5_000


@dataclass(frozen=True)
class Choice:
    """One option of the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Ranked:
    """A thing among the most central, with its value as text."""

    name: str
    url: str
    kind_label: str
    value: str


@dataclass(frozen=True)
class Circle:
    """A community of the whole city."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Step:
    """One statement of a path, with the page it was read from."""

    text: str
    source_title: str | None
    source_url: str | None


@dataclass(frozen=True)
class NetworkPage:
    """`picture` draws what the form says; `gexf_url` and `graphml_url` download exactly that."""

    picture: Picture
    scripts: tuple[str, ...]
    around: tuple[Card, ...]
    around_given: str
    depth: int
    limit: int
    kinds: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    year: str
    truncated: bool
    gexf_url: str
    graphml_url: str
    central: tuple[Ranked, ...]
    bridges: tuple[Ranked, ...]
    circles: tuple[Circle, ...]
    path_from: str
    path_to: str
    paths: tuple[tuple[Step, ...], ...]
    path_note: str


def _ids(data: Data, given: Sequence[str]) -> list[str]:
    """Canonical ids of ids or names. Raises NotFoundError for one that means nothing."""
    made = []
    for one in given:
        found = data.catalogue.resolve([one])[0]
        if found is None:
            near = data.catalogue.nearest(one[:200], 1)
            if not near:
                raise NotFoundError(
                    Said(f"„{one[:80]}” nu este pe hartă", f"'{one[:80]}' is not on the map"),
                    Said("Scrieți un nume de pe hartă.", "Write a name that is on the map."),
                )
            found = near[0]
        made.append(found)
    return made


def _part(data: Data, query: Mapping[str, Sequence[str]], kinds: Sequence[str] = ()) -> Part:
    """The part of the city that an address asks for."""

    def values(name: str) -> list[str]:
        held = query.get(name, [])
        return [v for v in ([held] if isinstance(held, str) else held) if v]

    def whole(name: str, default: int, most: int) -> int:
        text = (values(name) or [""])[-1]
        return min(most, int(text)) if text.isdigit() and len(text) < 7 else default

    known = load_model().kinds
    around = _ids(data, [w for text in values("around") for w in text.split(",") if w.strip()])
    years = [int(y) for y in values("year") if y.isdigit() and len(y) == 4]
    topics = [
        t if t.startswith("topic/") else f"topic/{t}"
        for t in values("topic")
        if t.removeprefix("topic/") in load_model().topics
    ]
    return neighbourhood(
        data.network,
        around,
        whole("depth", 1, 4),
        kinds=tuple(k for k in (*kinds, *values("kind")) if k in known),
        topics=topics,
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
    part = _part(data, query, kinds)
    links = cite(data.catalogue, part.links)
    made = city_of(part.nodes, links)
    return made, measure(made)


def _paths(asked: Asked, start: str, end: str) -> tuple[tuple[tuple[Step, ...], ...], str]:
    if not start or not end:
        return (), ""
    data, lang = asked.ground.data, asked.lang
    one, other = _ids(data, [start, end])
    found = paths(data.network, one, other)
    if not found:
        return (), asked.speech.say("No path of at most six steps ties them.")
    made = []
    for path in found:
        links = cite(data.catalogue, [step.link for step in path.steps])
        pages = data.catalogue.source([link.sources[0] if link.sources else "" for link in links])
        made.append(
            tuple(
                Step(
                    step.text(data.network, lang),
                    page.title if page else None,
                    page.url if page else None,
                )
                for step, page in zip(path.steps, pages, strict=True)
            )
        )
    return tuple(made), ""


def _ranked(asked: Asked, by: str) -> tuple[Ranked, ...]:
    data, speech = asked.ground.data, asked.speech
    kinds = load_model().kinds
    found = central(data.network, data.survey, by, ("ORGANISATION", "COUNCIL", "WORKING_GROUP"), 8)
    return tuple(
        Ranked(
            node.label(asked.lang),
            href(asked.lang, node.id),
            kinds[node.kind].label(asked.lang),
            speech.number(round(100 * value, 2)),
        )
        for node, value in found
    )


def build(asked: Asked) -> NetworkPage:
    """The network page. A kind or a year that means nothing is refused, as in lists."""
    data, lang = asked.ground.data, asked.lang
    filter_of(asked, ())
    asked.number("year", 0, 0, 9999)
    query = {name: list(values) for name, values in asked.query.items()}
    part = _part(data, query)
    around = _ids(data, [w for text in asked.many("around") for w in text.split(",") if w.strip()])
    shown = picture(
        part.nodes,
        part.links,
        lang=lang,
        measures=data.survey,
        total=part.total,
        around=around,
        graphql="/graphql",
    )
    kept = [
        (n, v) for n in ("around", "depth", "kind", "topic", "year", "limit") for v in asked.many(n)
    ]
    words = urlencode(kept)
    kinds = tuple(
        Choice(k, c.plural(lang), k in asked.many("kind"))
        for k, c in load_model().kinds.items()
        if k not in ("TARGET", "EVENT")
    )
    topics = tuple(
        Choice(t.slug, t.label(lang), t.slug in asked.many("topic"))
        for t in sorted(load_model().topics.values(), key=lambda t: t.label(lang))
    )
    found, note = _paths(asked, asked.one("from"), asked.one("to"))
    circles = tuple(
        Circle(
            c.label(lang),
            len(c.members),
            f"/{lang}/network?{urlencode({'around': ','.join(c.members[:3]), 'depth': 1})}",
        )
        for c in data.survey.communities[:8]
        if len(c.members) > 2
    )
    return NetworkPage(
        picture=shown,
        scripts=tuple(SCRIPTS),
        around=cards(asked, around),
        around_given=", ".join(asked.many("around")),
        depth=asked.number("depth", 1, 0, 4),
        limit=asked.number("limit", LIMIT, 1, MOST),
        kinds=kinds,
        topics=topics,
        year=asked.one("year"),
        truncated=part.truncated,
        gexf_url=f"/export/network.gexf?{words}" if words else "/export/network.gexf",
        graphml_url=f"/export/network.graphml?{words}" if words else "/export/network.graphml",
        central=_ranked(asked, "pagerank"),
        bridges=_ranked(asked, "betweenness"),
        circles=circles,
        path_from=asked.one("from"),
        path_to=asked.one("to"),
        paths=found,
        path_note=note,
    )


PAGES = (PageDef("network", "/network", build, "network.html", NetworkPage),)
