"""A small still picture of a thing and what it is tied to, as SVG; the network page draws the living one."""

from __future__ import annotations

import math
from collections import defaultdict

from markupsafe import Markup, escape

from graph.network import City, Node, neighbourhood
from graph.network.relations import relation
from ontology.errors import Said
from ontology.loading import load_model
from viz.palette import shape

FEWEST = 3
"""Neighbours below which a picture says no more than the facts."""

SHOWN = 16
"""Neighbours that fit around the middle without their names meeting."""

LONGEST = 26
"""Letters of a name; the whole one stands in the tooltip and in the lists of the page."""

WIDTH, ROW, REACH = 720, 30, 130
"""Pixels: the picture's width, the room of one name, how far neighbours stand from the middle."""


def drawing(city: City, centre: str, lang: str) -> Markup | None:
    """The thing in the middle, its nearest neighbours left and right of it, ordered by kind.

    None when too little is tied to it. No script, no inline style: colours come with the classes of
    kinds. The same data gives the same bytes.
    """
    if centre not in city.index:
        return None
    part = neighbourhood(city, [centre], 1, limit=SHOWN + 1)
    order = {kind: at for at, kind in enumerate(load_model().kinds)}
    others = sorted(
        (node for node in part.nodes if node.id != centre),
        key=lambda node: (order.get(node.kind, len(order)), node.label(lang).casefold(), node.id),
    )
    if len(others) < FEWEST:
        return None
    said: dict[str, str] = defaultdict(str)
    for link in part.links:
        if centre in (link.source, link.target):
            other = link.target if link.source == centre else link.source
            ends = city.node(link.source).label(lang), city.node(link.target).label(lang)
            said[other] = said[other] or relation(link.relation).text(*ends, lang)
    half = math.ceil(len(others) / 2)
    height = max(half, len(others) - half, 3) * ROW + ROW
    spots = [*_column(others[:half], height, -1), *_column(others[half:], height, 1)]
    label = city.node(centre).label(lang)
    title = Said(f"Legăturile apropiate: {label}", f"What is tied to it: {label}")(lang)
    body = Markup("").join(
        [
            *(_tie(x, y, height) for _, x, y, _ in spots),
            *(_mark(*spot, said, lang) for spot in spots),
        ]
    )
    return Markup(
        '<svg class="close-by" role="img" aria-label="{title}" viewBox="0 0 {w} {h}" width="{w}" '
        'height="{h}">{body}{centre}</svg>'
    ).format(
        title=title,
        w=WIDTH,
        h=height,
        body=body,
        centre=_sign(city.node(centre), WIDTH // 2, height // 2, 30),
    )


def _column(nodes: list[Node], height: int, side: int) -> list[tuple[Node, int, int, int]]:
    """Where each of one side stands: on an arc around the middle, a row of text apart."""
    spots = []
    for at, node in enumerate(nodes):
        y = height / 2 + (at - (len(nodes) - 1) / 2) * ROW
        bow = 1 - ((y - height / 2) / (height / 2)) ** 2
        spots.append(
            (node, round(WIDTH / 2 + side * (REACH * 0.45 + REACH * 0.55 * bow)), round(y), side)
        )
    return spots


def _tie(x: int, y: int, height: int) -> Markup:
    return Markup('<path d="M{cx} {cy}L{x} {y}"/>').format(cx=WIDTH // 2, cy=height // 2, x=x, y=y)


def _mark(node: Node, x: int, y: int, side: int, said: dict[str, str], lang: str) -> Markup:
    name = node.label(lang)
    short = name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
    return Markup(
        "<g><title>{said}</title>{sign}"
        '<text x="{tx}" y="{ty}" text-anchor="{anchor}">{name}</text></g>'
    ).format(
        said=said[node.id] or name,
        sign=_sign(node, x, y, 16),
        tx=x + 13 * side,
        ty=y + 4,
        anchor="start" if side > 0 else "end",
        name=escape(short),
    )


def _sign(node: Node, x: int, y: int, side: int) -> Markup:
    """The sign of its kind, in its shape and colour, with its middle at a point."""
    cls = load_model().kinds.get(node.kind)
    name = cls.name if cls else ""
    return Markup(
        '<svg class="k-{kind}" x="{x}" y="{y}" width="{side}" height="{side}" viewBox="0 0 16 16">{shape}</svg>'
    ).format(kind=name, x=x - side // 2, y=y - side // 2, side=side, shape=shape(name))
