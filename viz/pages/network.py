"""The network: a picture of the chosen part, its twin in words, the most central, communities, downloads, paths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from graph.network import Part, Point, central, city, layout
from ontology.loading import load_model
from viz.asked import Asked, PageDef, few, href
from viz.network import SCRIPTS, Picture, picture, share
from viz.pages.cards import Card, cards
from viz.pages.changed import Changed, changed
from viz.pages.circles import Bridge, Circle, bridges, circles
from viz.pages.facets import filter_of
from viz.pages.named import Doubt, doubt, meant
from viz.pages.network_part import LIMIT, MOST, part_of
from viz.pages.paths import Step, paths_between


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
class NetworkPage:
    """`picture` draws what the form says; `gexf_url` and `graphml_url` download exactly that.

    `everything_url` leads past the limit, where it leaves something out; `narrowed` opens the fields
    that are seldom needed. `doubts` and `path_doubts` hold names that are no exact ones, with what they may mean.
    """

    picture: Picture
    scripts: tuple[str, ...]
    around: tuple[Card, ...]
    around_given: str
    depth: int
    limit: int
    kinds: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    year: str
    narrowed: bool
    everything_url: str
    gexf_url: str
    graphml_url: str
    central: tuple[Ranked, ...]
    bridges: tuple[Bridge, ...]
    bridge_count: int
    circles: tuple[Circle, ...]
    before: str
    after: str
    changed: Changed | None
    path_from: str
    path_to: str
    paths: tuple[tuple[Step, ...], ...]
    path_note: str
    doubts: tuple[Doubt, ...]
    path_doubts: tuple[Doubt, ...]


def _meant(asked: Asked) -> tuple[list[str], tuple[Doubt, ...]]:
    """The ids of the things around which to draw, and the names that are no exact ones with what they may mean."""
    parts = [part.strip() for part in ",".join(asked.many("around")).split(",") if part.strip()]
    few("around", parts)
    ids, doubts = [], []
    for at, part in enumerate(parts):
        found = meant(asked, part)
        if found.record is not None:
            ids.append(found.record.id)
        else:
            rest = [*parts[:at], "{id}", *parts[at + 1 :]]
            doubts.append(doubt(asked, part, found.near, around=",".join(rest)))
    return ids, tuple(doubts)


def _most_important(asked: Asked) -> tuple[Ranked, ...]:
    data = asked.ground.data
    kinds = load_model().kinds
    bodies = ("ORGANISATION", "COUNCIL", "WORKING_GROUP")
    found = central(data.network, data.survey, "pagerank", bodies, 8)
    return tuple(
        Ranked(
            node.label(asked.lang),
            href(asked.lang, node.id),
            kinds[node.kind].label(asked.lang),
            share(value, "pagerank", asked.lang),
        )
        for node, value in found
    )


def _places(asked: Asked, part: Part) -> Mapping[str, Point]:
    """Where each thing lies: the same in both languages, so worked out once for the same things and links."""
    ground = asked.ground
    links = tuple((link.source, link.relation, link.target) for link in part.links)
    name = ("places", tuple(node.id for node in part.nodes), links)
    circles = ground.data.survey.community
    return ground.once(name, lambda: layout(city(part.nodes, part.links), circles))


def build(asked: Asked) -> NetworkPage:
    """The network page. A kind or a year that means nothing is refused, as in lists."""
    data, lang = asked.ground.data, asked.lang
    filter_of(asked, ())
    asked.number("year", 0, 0, 9999)
    query = {name: list(values) for name, values in asked.query.items()}
    around, doubts = _meant(asked)
    part = part_of(data, query, around)
    shown = picture(
        part.nodes,
        part.links,
        lang=lang,
        measures=data.survey,
        total=part.total,
        positions=_places(asked, part),
        around=around,
        graphql="/graphql",
    )
    kept = [("around", id_) for id_ in around] + [
        (n, v) for n in ("depth", "kind", "topic", "year", "limit") for v in asked.many(n)
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
    found, note, unsure = paths_between(asked, asked.one("from"), asked.one("to"))
    joining, bridge_count = bridges(asked)
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
        narrowed=bool(asked.one("kind") or asked.one("year") or asked.one("limit")),
        everything_url=asked.link(limit=MOST) if part.truncated else "",
        gexf_url=f"/export/network.gexf?{words}" if words else "/export/network.gexf",
        graphml_url=f"/export/network.graphml?{words}" if words else "/export/network.graphml",
        central=_most_important(asked),
        bridges=joining,
        bridge_count=bridge_count,
        circles=circles(asked),
        before=asked.one("before"),
        after=asked.one("after"),
        changed=changed(asked),
        path_from=asked.one("from"),
        path_to=asked.one("to"),
        paths=found,
        path_note=note,
        doubts=doubts,
        path_doubts=unsure,
    )


PAGES = (PageDef("network", "/network", build, "network.html", NetworkPage),)
