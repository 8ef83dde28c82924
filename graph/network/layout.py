"""Where each thing lies in the picture: computed once, the same for the same data."""

from __future__ import annotations

import math
from collections.abc import Mapping

import igraph
import numpy as np
from numpy.typing import NDArray

from graph.network.city import City, pair_graph
from graph.network.measures import seeded

Point = tuple[int, int]
Points = NDArray[np.float64]
Indices = NDArray[np.int64]

SPACING = 90.0
"""Pixels between two things, one above the other: room for a dot and its name."""

ASPECT = 1.35
"""The width of a picture by its height, as the frame of the page has it."""

STRETCH = 1.6
"""How far a picture may be stretched towards ASPECT; more would twist what the forces found."""

GAP = SPACING * 1.2
"""Pixels between two parts without a tie."""

LEAST = SPACING * 0.75
"""Pixels between two things of one part after the pushing: the discs that forces make are loosened until dots and names have room."""

PUSHES = 32
"""Rounds of pushing apart."""

GOLDEN = math.pi * (3 - math.sqrt(5))
"""The angle at which a sunflower sets its seeds: an even disc for any number of points."""

_CALM = 2.0
"""How much harder a tie inside a community pulls than one across: circles become visible."""

_ROUNDS = {3_000: 200, 12_000: 120}
"""Rounds of the force layout by size; 60 above."""


_CROWD = 400
"""Things from which on only near ones repel each other: a third of the time, and as clear a picture."""


def layout(city: City, community: Mapping[str, int] | None = None) -> dict[str, Point]:
    """A place in pixels for each node: force-directed, parts without a tie between them set apart.

    Fruchterman and Reingold (1991) by igraph, from a fixed start and a fixed seed. Every link
    counts here, topics and places too. Whole pixels, so that no last bit differs.
    """
    graph = pair_graph(city)
    if graph.vcount() == 0:
        return {}
    if community is not None:
        groups = [community.get(node.id, -1) for node in city.nodes]
        graph.es["pull"] = [
            w * (_CALM if groups[e.source] == groups[e.target] else 1.0)
            for e, w in zip(graph.es, graph.es["weight"], strict=True)
        ]
    else:
        graph.es["pull"] = graph.es["weight"]
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part[0]))
    places = np.zeros((graph.vcount(), 2))
    shapes = [_lay_out(graph.induced_subgraph(part)) for part in parts]
    for part, shape in zip(parts, _pack(shapes), strict=True):
        places[part] = shape
    framed = np.rint(_framed(places))
    return {node.id: (int(x), int(y)) for node, (x, y) in zip(city.nodes, framed, strict=True)}


def _framed(points: Points) -> Points:
    """Stretched along one axis to fill a frame of ASPECT; names need room sideways."""
    width, height = (max(float(side), SPACING) for side in np.ptp(points, axis=0))
    pull = ASPECT * height / width
    axes = (min(pull, STRETCH), 1.0) if pull > 1 else (1.0, min(1 / pull, STRETCH))
    framed: Points = points * np.array(axes)
    return framed


def sunflower(count: int, spacing: float = SPACING) -> Points:
    """An even disc of points, the first in the middle."""
    at = np.arange(count)
    radius = spacing * np.sqrt(at) * 0.62
    return np.column_stack((radius * np.cos(at * GOLDEN), radius * np.sin(at * GOLDEN)))


def _lay_out(graph: igraph.Graph) -> Points:
    count = graph.vcount()
    if count < 3:
        return np.array([[at * SPACING, 0.0] for at in range(count)], dtype=np.float64)
    rounds = next((many for size, many in _ROUNDS.items() if count <= size), 60)
    start = sunflower(count, 1.0)[
        np.argsort(np.argsort([-d for d in graph.degree()], kind="stable"), kind="stable")
    ]
    with seeded():
        found = graph.layout_fruchterman_reingold(
            weights="pull", niter=rounds, seed=start.tolist(), grid=count >= _CROWD
        )
    return _spread(np.array(found.coords))


def _spread(points: Points) -> Points:
    """Scaled to one point per square of SPACING, then what is too close is pushed apart."""
    width, height = np.ptp(points, axis=0)
    longest = max(float(width), float(height), 1e-9)
    # A chain lies almost on a line: its box is taken as no thinner than a quarter of its length.
    area = max(float(width), longest / 4) * max(float(height), longest / 4)
    scaled = points * (SPACING * math.sqrt(len(points) / area))
    for _ in range(PUSHES):
        scaled = _push(scaled)
    centred: Points = scaled - scaled.mean(axis=0)
    return centred


def _push(points: Points, least: float = LEAST) -> Points:
    """One round in which points closer than `least` step apart, by cells of that size."""
    one, other = _near(points, least)
    apart = points[one] - points[other]
    distance = np.hypot(apart[:, 0], apart[:, 1])
    same = distance < 1e-6
    turn = (one + 2 * other) * GOLDEN
    apart[same] = np.column_stack((np.cos(turn), np.sin(turn)))[same]
    share = np.maximum(least - distance, 0.0) / 2 / np.maximum(distance, 1.0)
    step = apart * share[:, None]
    moved = points.copy()
    np.add.at(moved, one, step)
    np.add.at(moved, other, -step)
    return moved


def _near(points: Points, least: float) -> tuple[Indices, Indices]:
    """Each pair of points in the same or in neighbouring cells, once, as two index arrays."""
    cells = np.floor(points / least).astype(np.int64)
    cells -= cells.min(axis=0) - 1
    wide = int(cells[:, 1].max()) + 2
    key = cells[:, 0] * wide + cells[:, 1]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    ones, others = [], []
    for step in (0, 1, wide, wide + 1, wide - 1):
        begin = np.searchsorted(ordered, key + step, side="left")
        many = np.searchsorted(ordered, key + step, side="right") - begin
        one = np.repeat(np.arange(len(points)), many)
        # Where each repeated point finds its neighbours in the order: begin, begin + 1, …
        at = np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many) + np.repeat(begin, many)
        other = order[at]
        once = one < other if step == 0 else np.ones(len(one), dtype=bool)
        ones.append(one[once])
        others.append(other[once])
    return np.concatenate(ones), np.concatenate(others)


def _pack(shapes: list[Points]) -> list[Points]:
    """The largest part first; the others in rows beside it if it is tall, and beneath it."""
    first, *others = (shape - shape.min(axis=0) for shape in shapes)
    boxes = np.array([np.ptp(shape, axis=0) for shape in shapes])
    wide, high = (float(side) for side in boxes[0])
    beside = max(high - wide, 0.0)
    right, others = _rows(others, (wide + GAP, 0.0), beside, high)
    square = math.sqrt(float(np.prod(boxes + GAP, axis=1).sum()))
    width = max(wide + (GAP + beside if right else 0.0), float(boxes[:, 0].max()), square)
    beneath, _ = _rows(others, (0.0, high + GAP), width, math.inf)
    return [first, *right, *beneath]


def _rows(
    shapes: list[Points], corner: tuple[float, float], width: float, height: float
) -> tuple[list[Points], list[Points]]:
    """Set in rows from `corner` on, in order, until `height` is full; the placed and the rest."""
    placed: list[Points] = []
    x = y = row = 0.0
    for at, shape in enumerate(shapes):
        wide, high = (float(side) for side in np.ptp(shape, axis=0))
        if x > 0 and x + wide > width:
            x, y, row = 0.0, y + row + GAP, 0.0
        if wide > width or y + high > height:
            return placed, shapes[at:]
        placed.append(shape + np.array((corner[0] + x, corner[1] + y)))
        x, row = x + wide + GAP, max(row, high)
    return placed, []
