"""The network page: pyvis keeps the data and options, our own template and script draw them.

Positions come from the server and physics is off, so the browser only draws; nothing is fetched
from elsewhere. The same data gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.network import City, Link, Node, Point, Survey, city, layout, relation, survey
from ontology.loading import load_model
from viz.counted import counted
from viz.languages import SPEECH
from viz.network_data import (
    SHARES,
    SIZES,
    KindKey,
    View,
    legend,
    picture_data,
    topic_label,
    topic_labels,
)
from viz.network_texts import TEXTS, texts, when

HERE = Path(__file__).parent
STATIC = HERE / "static" / "network"

SCRIPTS = (
    "vis-network.min.js",
    "model.js",
    "names.js",
    "draw.js",
    "walk.js",
    "panel.js",
    "save.js",
    "network.js",
)
"""In the order in which they are loaded."""

IN_WORDS = 400
"""Rows of each table that the page holds ready; the script makes the others when asked."""


@dataclass(frozen=True)
class Thing:
    """One row of the table of things: its number in the data, its measures in the order of SIZES."""

    number: int
    label: str
    kind: str
    href: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One link in words, with its number in the data."""

    number: int
    text: str
    when: str


@dataclass(frozen=True)
class Picture:
    """All that the template shows; `data` is the script's JSON, safe inside a script element."""

    lang: str
    title: str
    summary: str
    data: Markup
    kinds: tuple[KindKey, ...]
    topics: tuple[tuple[str, str, int], ...]
    years: tuple[int, int] | None
    sizes: tuple[tuple[str, str], ...]
    things: tuple[Thing, ...]
    things_total: int
    sentences: tuple[Sentence, ...]
    sentences_total: int
    sampled: bool
    texts: Mapping[str, str]


def picture(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    lang: str = "ro",
    measures: Survey | None = None,
    positions: Mapping[str, Point] | None = None,
    total: int | None = None,
    around: Sequence[str] = (),
    topics: Mapping[str, str] | None = None,
    title: str | None = None,
    site: str = "",
    graphql: str | None = None,
) -> Picture:
    """What a page shows of a network.

    `measures` and `positions` are of the whole city if given, else of this part. `total` is how
    many things the question covered, `around` what it began from, `topics` the labels of topics
    by id where they are not the ontology's. `site` goes before `/{lang}/r/{id}`; `graphql` is
    where neighbours are fetched from, None in a page that stands alone.
    """
    part = city(nodes, links)
    found = measures or survey(part)
    places = positions if positions is not None else layout(part, found.community)
    view = View(lang, tuple(around), {**topic_labels(lang), **(topics or {})}, site, graphql)
    said = texts(lang)
    return Picture(
        lang=lang,
        title=title or _title(part, around, lang),
        summary=_summary(part, total, lang),
        data=picture_data(part, found, places, view),
        kinds=legend(part, lang),
        topics=_topics(part, view.topics),
        years=_years(part),
        sizes=tuple((name, said[name]) for name in SIZES),
        things=tuple(
            _thing(part.index[node.id], node, found, lang, site)
            for node in _by_rank(part, found)[:IN_WORDS]
        ),
        things_total=len(part.nodes),
        sentences=tuple(
            _sentence(number, part, lang) for number in _by_weight(part, found)[:IN_WORDS]
        ),
        sentences_total=len(part.links),
        sampled=found.sampled,
        texts=said,
    )


def network_page(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    lang: str = "ro",
    site: str = "http://127.0.0.1:8000",
    static: str | None = None,
    **more: Any,
) -> str:
    """A whole page. Self-contained unless `static` says where our files are served from.

    Keywords as for `picture`. With `static` the page holds no inline code or style, so that it
    lives under a Content-Security-Policy without `unsafe-inline`.
    """
    shown = picture(nodes, links, lang=lang, site=site, **more)
    inline = (
        {} if static else {"css": _inline("network.css"), "scripts": [_inline(s) for s in SCRIPTS]}
    )
    template = environment().get_template("network_page.html")
    return template.render(picture=shown, static=static, script_names=SCRIPTS, **inline)


@cache
def environment() -> Environment:
    """Our templates: everything escaped, an unknown name is an error."""
    loader = FileSystemLoader(HERE / "templates")
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _inline(name: str) -> Markup:
    """One of our own files, to stand inside a script or style element."""
    text = (STATIC / name).read_text(encoding="utf-8")
    return Markup(text.replace("</script", "<\\/script").replace("</style", "<\\/style"))  # noqa: S704


def _topics(part: City, labels: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(topic for node in part.nodes for topic in node.topics)
    named = [(topic, topic_label(topic, labels), count) for topic, count in counts.items()]
    return tuple(sorted(named, key=lambda one: (one[1].casefold(), one[0])))


def _years(part: City) -> tuple[int, int] | None:
    named = [year for li in part.links for year in (li.year_from, li.year_to) if year is not None]
    return (min(named), max(named)) if named else None


def _title(part: City, around: Sequence[str], lang: str) -> str:
    named = [part.node(one).label(lang) for one in around if one in part.index]
    if not named:
        return TEXTS["title_city"](lang)
    return TEXTS["title_around"](lang).replace("{name}", ", ".join(named[:3]))


def _summary(part: City, total: int | None, lang: str) -> str:
    name = "summary_cut" if total is not None and total > len(part.nodes) else "summary"
    return TEXTS[name](lang).format(
        nodes=SPEECH[lang].number(len(part.nodes)),
        things=counted(TEXTS["things"], max(total or 0, len(part.nodes)), lang),
        links=counted(TEXTS["some_links"], len(part.links), lang),
    )


def _by_rank(part: City, found: Survey) -> list[Node]:
    return sorted(part.nodes, key=lambda node: (-found.pagerank[node.id], node.id))


def _thing(number: int, node: Node, found: Survey, lang: str, site: str) -> Thing:
    cls = load_model().kinds.get(node.kind)
    shown = [share(found.measure(size)[node.id], size, lang) for size in SIZES]
    kind = cls.label(lang) if cls else node.kind
    return Thing(number, node.label(lang), kind, f"{site}/{lang}/r/{node.id}", tuple(shown))


def share(value: float, measure: str, lang: str) -> str:
    """A measure as people read it: a count, or of what makes a whole its part in percent."""
    speech = SPEECH[lang]
    if measure in SHARES:
        return speech.percent(float(f"{100 * value:.3g}"))
    return speech.number(value)


def _by_weight(part: City, found: Survey) -> list[int]:
    """The numbers of the links, those of the most important things first."""
    rank = found.pagerank

    def place(number: int) -> tuple[float, str, str, int]:
        link = part.links[number]
        first = max((link.source, link.target), key=lambda end: (rank[end], end))
        return -rank[first], first, link.relation, number

    return sorted(range(len(part.links)), key=place)


def _sentence(number: int, part: City, lang: str) -> Sentence:
    link = part.links[number]
    source, target = part.node(link.source).label(lang), part.node(link.target).label(lang)
    text = relation(link.relation).text(source, target, lang)
    return Sentence(number, text, when(link.year_from, link.year_to, lang))
