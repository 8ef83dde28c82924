"""The small still picture of a thing: what is tied to it, named, harmless, the same bytes each time."""

from __future__ import annotations

import re

from graph.network import Link, Node, city
from viz.close_by import SHOWN, drawing

MIDDLE = Node("org/a", "ORGANISATION", "Asociația <b>A</b>", "Association <b>A</b>")


def star(neighbours: int) -> list[tuple[Node, Link]]:
    """A synthetic thing with that many projects around it."""
    made = [
        Node(f"project/p{n:02d}", "PROJECT", f"Proiect {n}", f"Project {n}")
        for n in range(neighbours)
    ]
    return [(node, Link(node.id, MIDDLE.id, "lead")) for node in made]


def drawn(neighbours: int, lang: str = "en") -> str | None:
    around = star(neighbours)
    made = city([MIDDLE, *(node for node, _ in around)], [link for _, link in around])
    return drawing(made, MIDDLE.id, lang)


def test_every_neighbour_is_named_in_the_language() -> None:
    picture = drawn(5, "ro")
    assert picture is not None
    assert re.findall(r">(Proiect \d)</text>", picture) == [f"Proiect {n}" for n in range(5)]
    assert picture.count('class="k-Project"') == 5
    assert picture.count('class="k-Organisation"') == 1


def test_a_name_is_text_never_markup() -> None:
    picture = drawn(4)
    assert picture is not None
    assert "<b>" not in picture
    assert " style=" not in picture


def test_it_stays_small_however_much_is_tied() -> None:
    picture = drawn(80)
    assert picture is not None
    assert picture.count("<text") == SHOWN


def test_two_neighbours_are_told_by_the_facts() -> None:
    assert drawn(2) is None


def test_a_thing_outside_the_network_has_no_picture() -> None:
    around = star(4)
    assert drawing(city([node for node, _ in around], []), "org/none", "ro") is None


def test_the_same_data_gives_the_same_bytes() -> None:
    assert drawn(12) == drawn(12)


def test_kinds_differ_by_their_shapes_not_by_colour_alone() -> None:
    picture = drawn(4)
    assert picture is not None
    signs = dict(re.findall(r'<svg class="k-(\w+)"[^>]*>(.*?)</svg>', picture))
    assert set(signs) == {"Organisation", "Project"}
    assert signs["Organisation"] != signs["Project"]
