"""Positions: the same for the same data, readable, and quick."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from graph.network import Link, Node, city, communities, layout, membership
from graph.network.layout import SPACING, _near


def test_the_same_data_lies_in_the_same_place(synthetic):
    again = city(reversed(synthetic.nodes), reversed(synthetic.links))
    assert layout(again) == layout(synthetic)


def test_no_two_things_lie_on_each_other(timisoara):
    points = np.array(list(layout(timisoara).values()), dtype=float)
    apart = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    nearest = apart.min(axis=1)
    assert nearest.min() > SPACING / 5
    assert np.median(nearest) > 0.6 * SPACING


def test_close_pairs_are_found_once_each_and_none_is_missed():
    points = np.random.default_rng(1).uniform(-300, 300, (120, 2))
    one, other = _near(points, 50)
    found = [frozenset(pair) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    assert len(set(found)) == len(found)
    close = {
        frozenset((a, b))
        for a in range(120)
        for b in range(a)
        if np.hypot(*(points[a] - points[b])) < 50
    }
    assert close <= set(found)


def test_linked_things_lie_nearer_than_strangers(synthetic):
    places = layout(synthetic)
    points = np.array([places[node.id] for node in synthetic.nodes], dtype=float)
    ends = np.array([edge.tuple for edge in synthetic.ties.es])
    tied = np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T).mean()
    pairs = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).mean()
    assert tied < 0.6 * pairs


def test_communities_draw_together(timisoara):
    found = membership(communities(timisoara))
    places = layout(timisoara, found)
    assert set(places) == set(timisoara.index)


def test_parts_without_a_tie_do_not_overlap():
    def line(letter: str) -> tuple[list[Node], list[Link]]:
        nodes = [Node(f"org/{letter}{at}", "ORGANISATION", "", "") for at in range(6)]
        return nodes, [Link(a.id, b.id, "partner") for a, b in pairwise(nodes)]

    (ones, within), (others, among) = line("a"), line("b")
    places = layout(city([*ones, *others], [*within, *among]))

    def box(nodes):
        xs, ys = zip(*(places[node.id] for node in nodes), strict=True)
        return min(xs), max(xs), min(ys), max(ys)

    left, right = box(ones), box(others)
    apart = left[1] < right[0] or right[1] < left[0] or left[3] < right[2] or right[3] < left[2]
    assert apart


def test_no_part_is_stretched_out_of_all_proportion(timisoara):
    points = np.array(list(layout(timisoara).values()), dtype=float)
    width, height = np.ptp(points, axis=0)
    assert 0.3 < width / height < 3
    assert width * height < 6 * SPACING**2 * len(points)


def test_nothing_and_one_thing_have_a_layout():
    assert layout(city([], [])) == {}
    assert layout(city([Node("org/a", "ORGANISATION", "a", "a")], [])) == {"org/a": (0, 0)}
