"""The network page: pyvis keeps the data and options, our own template and script draw them.

Positions come from the server and physics is off, so the browser only draws; nothing is fetched
from elsewhere. The same data gives the same bytes.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graph.network import City, Link, Node, Point, Survey, city, layout, relation, survey
from ontology.errors import LANGS
from ontology.model import load_model
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

FLUID = 1_500
"""Things up to which panning stays fluid without a graphics card (tests/bench/bench_network.py)."""

IN_WORDS = 400
"""Rows of each table that the page holds ready; the script makes the others when asked."""

SIZES = ("degree", "betweenness", "pagerank", "core")
"""The measures that a node's size can show, in the order of the numbers in the page's data."""

GREY, LIGHT_GREY = "#5b6470", "#a7b0bc"

FILLS = ("full", "open", "dashed")
"""How the first, second and third kind of one shape are drawn: no two differ by colour alone."""

OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "keyboard": {"enabled": False},
        "navigationButtons": False,
        "zoomSpeed": 0.7,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "scaling": {"min": 9, "max": 34}},
    "edges": {
        "smooth": False,
        "width": 1,
        "selectionWidth": 1.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "font": {"size": 11, "face": "system-ui, sans-serif", "strokeWidth": 3, "align": "middle"},
    },
}


@dataclass(frozen=True)
class KindKey:
    """One line of the legend."""

    kind: str
    label: str
    shape: str
    fill: str
    colour: str
    dark: str
    count: int


@dataclass(frozen=True)
class Thing:
    """One row of the table of things; `measures` in the order of SIZES, as text."""

    id: str
    label: str
    kind: str
    href: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """One link in words."""

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
    labels = {**_topic_labels(lang), **(topics or {})}
    said = texts(lang)
    return Picture(
        lang=lang,
        title=title or _title(part, around, lang),
        summary=_summary(part, total, lang),
        data=_data(part, found, places, labels, lang, around, site, graphql),
        kinds=_kinds(part, lang),
        topics=_topics(part, labels),
        years=_years(part),
        sizes=tuple((name, said[name]) for name in SIZES),
        things=tuple(_thing(node, found, lang, site) for node in _by_rank(part, found)[:IN_WORDS]),
        things_total=len(part.nodes),
        sentences=tuple(_sentence(part, link, lang) for link in part.links[:IN_WORDS]),
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


def script_json(value: object) -> Markup:
    """JSON that cannot leave a script element, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704


def _data(
    part: City,
    found: Survey,
    places: Mapping[str, Point],
    labels: Mapping[str, str],
    lang: str,
    around: Sequence[str],
    site: str,
    graphql: str | None,
) -> Markup:
    # pyvis brings IPython with it (0.7 s): only who draws a page pays for it.
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.set_options(json.dumps(OPTIONS))
    used = sorted({topic for node in part.nodes for topic in node.topics})
    names = sorted({link.relation for link in part.links})
    at_topic = {topic: at for at, topic in enumerate(used)}
    at_relation = {name: at for at, name in enumerate(names)}
    # Set as whole lists: add_node and add_edge look through all earlier ones each time.
    net.nodes = [
        _node_data(at, node, found, places[node.id], at_topic, lang)
        for at, node in enumerate(part.nodes)
    ]
    net.edges = [
        _edge_data(part, link, at, at_relation[link.relation]) for at, link in enumerate(part.links)
    ]
    here = Counter(found.community[node.id] for node in part.nodes)
    return script_json(
        {
            "lang": lang,
            "nodes": net.nodes,
            "edges": net.edges,
            "options": json.loads(net.get_network_data()[5]),
            "kinds": {
                key.kind: _kind_data(key) for key in _kinds(part, lang, every=graphql is not None)
            },
            "topics": [labels.get(topic, topic.rsplit("/", 1)[-1]) for topic in used],
            "topicIds": used,
            "relations": [_relation_data(name, lang) for name in names],
            "communities": {
                one.number: one.label(lang) for one in found.communities if here[one.number]
            },
            "around": [part.index[one] for one in around if one in part.index],
            "sizes": SIZES,
            "fluid": FLUID,
            "inWords": IN_WORDS,
            "site": site,
            "graphql": graphql,
            "texts": texts(lang),
        }
    )


def _node_data(
    at: int, node: Node, found: Survey, place: Point, topics: Mapping[str, int], lang: str
) -> dict[str, Any]:
    name = node.label(lang)
    short = on_two_lines(name)
    data: dict[str, Any] = {
        "id": at,
        "key": node.id,
        "label": short,
        "group": node.kind,
        "x": place[0],
        "y": place[1],
        "m": [float(f"{found.measure(size)[node.id]:.4g}") for size in SIZES],
        "c": found.community[node.id],
    }
    if " ".join(short.split()) != name:
        data["name"] = name
    if node.topics:
        data["t"] = [topics[topic] for topic in node.topics]
    if node.years != (None, None):
        data["y1"], data["y2"] = node.years
    return data


def _edge_data(part: City, link: Link, at: int, relation_at: int) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": at,
        "from": part.index[link.source],
        "to": part.index[link.target],
        "r": relation_at,
    }
    if link.dated:
        data["y1"], data["y2"] = link.year_from, link.year_to
    return data


def on_two_lines(name: str, width: int = 24) -> str:
    """A name short enough to stand under a dot; the rest is in the details beside the picture."""
    lines = textwrap.wrap(name, width) or [""]
    if len(lines) > 2:
        lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), width, placeholder="…")]
    return "\n".join(line if len(line) <= width else line[: width - 1] + "…" for line in lines)


def _relation_data(name: str, lang: str) -> dict[str, str]:
    how = relation(name)
    return {"name": name, "verb": how.verb(lang), "sentence": how.sentence(lang)}


def _kind_data(key: KindKey) -> dict[str, str]:
    return {
        "label": key.label,
        "shape": key.shape,
        "fill": key.fill,
        "colour": key.colour,
        "dark": key.dark,
    }


def _kinds(part: City, lang: str, every: bool = False) -> tuple[KindKey, ...]:
    """The legend in the ontology's order; with `every`, kinds that may still be fetched too."""
    counts = Counter(node.kind for node in part.nodes)
    known, fills = load_model().kinds, kind_fills()
    keys = [
        KindKey(
            kind,
            cls.label(lang),
            cls.node_shape,
            fills[kind],
            cls.colour,
            cls.dark_colour,
            counts[kind],
        )
        for kind, cls in known.items()
        if every or counts[kind]
    ]
    others = sorted(set(counts) - set(known))
    keys += [
        KindKey(kind, kind, "dot", FILLS[-1], GREY, LIGHT_GREY, counts[kind]) for kind in others
    ]
    return tuple(keys)


@cache
def kind_fills() -> Mapping[str, str]:
    """By kind, how it is filled: the ontology has fewer shapes than kinds."""
    taken: Counter[str] = Counter()
    found = {}
    for kind, cls in load_model().kinds.items():
        found[kind] = FILLS[min(taken[cls.node_shape], len(FILLS) - 1)]
        taken[cls.node_shape] += 1
    return found


def _topic_labels(lang: str) -> dict[str, str]:
    return {topic.id: topic.label(lang) for topic in load_model().topics.values()}


def _topics(part: City, labels: Mapping[str, str]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(topic for node in part.nodes for topic in node.topics)
    named = [
        (topic, labels.get(topic, topic.rsplit("/", 1)[-1]), count)
        for topic, count in counts.items()
    ]
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
        nodes=number(len(part.nodes), lang),
        links=number(len(part.links), lang),
        total=number(total or 0, lang),
    )


def number(value: int, lang: str) -> str:
    """A whole number with thousands set apart as the language does."""
    return f"{value:,}".replace(",", "." if lang == LANGS[0] else ",")


def _by_rank(part: City, found: Survey) -> list[Node]:
    return sorted(part.nodes, key=lambda node: (-found.pagerank[node.id], node.id))


def _thing(node: Node, found: Survey, lang: str, site: str) -> Thing:
    cls = load_model().kinds.get(node.kind)
    shown = [f"{found.measure(size)[node.id]:.3g}" for size in SIZES]
    if lang == LANGS[0]:
        shown = [text.replace(".", ",") for text in shown]
    kind = cls.label(lang) if cls else node.kind
    return Thing(node.id, node.label(lang), kind, f"{site}/{lang}/r/{node.id}", tuple(shown))


def _sentence(part: City, link: Link, lang: str) -> Sentence:
    source, target = part.node(link.source).label(lang), part.node(link.target).label(lang)
    text = relation(link.relation).text(source, target, lang)
    return Sentence(text, when(link.year_from, link.year_to, lang))
