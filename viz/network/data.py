"""What the script draws from: nodes, links, options and legend as JSON.

pyvis holds the data and the options in vis-network's own form; positions come from the server.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.network import City, Link, Node, Point, Survey, relation
from ontology.loading import load_model
from viz.network.legend import KindKey, legend
from viz.network.texts import texts

FLUID = 1_500
"""Things up to which panning stays fluid without a graphics card (tests/bench/bench_network.py)."""

SIZES = ("degree", "betweenness", "pagerank", "core")
"""The measures that a node's size can show, in the order of the numbers in the page's data."""

SHARES = frozenset({"betweenness", "pagerank"})
"""Those of them that are parts of a whole, told in percent."""

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


def script_json(value: object) -> Markup:
    """JSON that cannot leave a script element, whatever its texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704


@dataclass(frozen=True)
class View:
    """How a picture is shown: in which language, from where, with which labels for topics.

    `site` goes before `/{lang}/r/{id}`; `graphql` is where neighbours are fetched from, None in a
    page that stands alone.
    """

    lang: str
    around: tuple[str, ...]
    topics: Mapping[str, str]
    site: str
    graphql: str | None


def picture_data(part: City, found: Survey, places: Mapping[str, Point], view: View) -> Markup:
    """The script's JSON, nodes and links in the order of their ids."""
    # pyvis brings IPython with it (0.7 s): only who draws a page pays for it.
    from pyvis.network import Network

    lang = view.lang
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
    shown = {found.community[node.id] for node in part.nodes}
    kinds = legend(part, lang, every=view.graphql is not None)
    return script_json(
        {
            "lang": lang,
            "nodes": net.nodes,
            "edges": net.edges,
            "options": json.loads(net.get_network_data()[5]),
            "kinds": {key.kind: _kind_data(key) for key in kinds},
            "topics": [topic_label(topic, view.topics) for topic in used],
            "topicIds": used,
            "relations": [_relation_data(name, lang) for name in names],
            "communities": {
                one.number: one.label(lang) for one in found.communities if one.number in shown
            },
            "around": [part.index[one] for one in view.around if one in part.index],
            "sizes": SIZES,
            "shares": [name in SHARES for name in SIZES],
            "fluid": FLUID,
            "site": view.site,
            "graphql": view.graphql,
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
    first, *rest = textwrap.wrap(name, width) or [""]
    if len(rest) < 2:
        return "\n".join((first, *rest))
    second = " ".join(rest)[: width - 1].rstrip()
    whole_words = second.rpartition(" ")[0]
    return f"{first}\n{whole_words or second}…"


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


def topic_labels(lang: str) -> dict[str, str]:
    """What the ontology calls its topics, by id."""
    return {topic.id: topic.label(lang) for topic in load_model().topics.values()}


def topic_label(topic: str, labels: Mapping[str, str]) -> str:
    """What a topic is called; the end of its id when nobody says."""
    return labels.get(topic, topic.rsplit("/", 1)[-1])
