"""What the network page shows, and the page as a file of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from graph.network import City, Link, Node, Point, Survey, city, layout, survey
from viz.counted import counted
from viz.languages import SPEECH
from viz.network.data import SIZES, View, picture_data, topic_label, topic_labels
from viz.network.legend import KindKey, legend
from viz.network.rows import Sentence, Thing, links_in_words, things_in_words
from viz.network.texts import TEXTS, texts
from viz.render import ENVIRONMENT

STATIC = Path(__file__).parents[1] / "static" / "network"

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
        things=things_in_words(part, found, lang, site),
        things_total=len(part.nodes),
        sentences=links_in_words(part, found, lang),
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
    template = ENVIRONMENT.get_template("network_page.html")
    return template.render(picture=shown, static=static, script_names=SCRIPTS, **inline)


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
