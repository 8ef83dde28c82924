"""The network as files that Gephi, networkx and other tools open: GEXF with time, and GraphML."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ElementTree

from graph.network.city import City, Link, Node
from graph.network.layout import Point
from graph.network.relations import relation
from graph.network.survey import Survey
from ontology.loading import load_model
from ontology.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

GREY = "#5b6470"
"""The colour of a kind that the ontology does not know."""


def to_networkx(
    city: City,
    survey: Survey | None = None,
    positions: Mapping[str, Point] | None = None,
    base: str = DEFAULT_BASE,
) -> nx.MultiDiGraph[str]:
    """The network for researchers: every attribute a plain value, unknown ones absent.

    Nodes are ids with `label kind iri topics …`; edges have `relation label weight start end …`,
    dates as ISO days: a link of 2023 runs from 2023-01-01 to 2023-12-31.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in city.nodes:
        graph.add_node(node.id, **_clean(_of_node(node, survey, base)))
        if positions is not None and node.id in positions:
            graph.nodes[node.id]["x"], graph.nodes[node.id]["y"] = map(float, positions[node.id])
    for at, link in enumerate(city.links):
        graph.add_edge(link.source, link.target, key=at, **_clean(_of_link(city, link, at)))
    return graph


def _of_node(node: Node, survey: Survey | None, base: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "label": node.label_ro,
        "label_ro": node.label_ro,
        "label_en": node.label_en,
        "kind": node.kind,
        "iri": f"{base}id/{node.id}",
        "topics": ";".join(node.topics) or None,
        "start": _day(node.years[0], "01-01"),
        "end": _day(node.years[1], "12-31"),
        "year_from": node.years[0],
        "year_to": node.years[1],
    }
    if survey is not None:
        found |= {
            "degree": int(survey.degree[node.id]),
            "betweenness": survey.betweenness[node.id],
            "pagerank": survey.pagerank[node.id],
            "core": int(survey.core[node.id]),
            "community": survey.community[node.id],
        }
    return found


def _of_link(city: City, link: Link, at: int) -> dict[str, Any]:
    how = relation(link.relation)
    source, target = city.node(link.source), city.node(link.target)
    return {
        "id": str(at),
        "relation": link.relation,
        "label": how.verb.ro,
        "text_ro": how.text(source.label_ro, target.label_ro, "ro"),
        "text_en": how.text(source.label_en, target.label_en, "en"),
        "weight": link.weight,
        "start": _day(link.year_from, "01-01"),
        "end": _day(link.year_to, "12-31"),
        "year_from": link.year_from,
        "year_to": link.year_to,
        "sources": ";".join(link.sources) or None,
    }


def _day(year: int | None, day: str) -> str | None:
    return None if year is None else f"{year:04d}-{day}"


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without unknown values and without the characters that XML forbids."""
    return {
        name: _NOT_XML.sub("", value) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }


def graphml(
    city: City,
    survey: Survey | None = None,
    positions: Mapping[str, Point] | None = None,
    base: str = DEFAULT_BASE,
) -> bytes:
    """GraphML with typed keys for all attributes, UTF-8."""
    from networkx.readwrite.graphml import GraphMLWriter

    out = io.BytesIO()
    # The plain writer, not the lxml one: it declares the same keys in the same order each time.
    writer = GraphMLWriter(to_networkx(city, survey, positions, base), infer_numeric_types=True)
    writer.dump(out)
    return out.getvalue()


def gexf(
    city: City,
    survey: Survey | None = None,
    positions: Mapping[str, Point] | None = None,
    base: str = DEFAULT_BASE,
) -> bytes:
    """GEXF 1.2 with a time span on each dated node and edge, colours by kind, UTF-8, no clock."""
    from networkx.readwrite.gexf import GEXFWriter

    class _Writer(GEXFWriter):
        def add_attributes(
            self, what: str, element: Any, data: dict[str, Any], default: Any
        ) -> Any:
            data.pop("key", None)  # networkx's own counter: no attribute of the city
            return super().add_attributes(what, element, data, default)  # type: ignore[no-untyped-call]

    graph = to_networkx(city, survey, positions, base)
    graph.graph["mode"] = "dynamic"
    graph.graph["name"] = "Resurse"
    kinds = load_model().kinds
    for _, data in graph.nodes(data=True):
        cls = kinds.get(data["kind"])
        data["viz"] = {"color": _rgb(cls.colour if cls else GREY)}
        if "x" in data:
            # Screens count down, Gephi counts up.
            data["viz"]["position"] = {"x": data.pop("x"), "y": -data.pop("y"), "z": 0.0}
    writer = _Writer(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)  # it holds today's date; the same data must give the same file
    writer.indent(writer.xml)
    out = io.BytesIO()
    ElementTree(writer.xml).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def _rgb(colour: str) -> dict[str, int]:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return dict(zip("rgb", parts, strict=True))
