"""How a class is shown: colours that all eyes can tell apart, and never colour alone."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from ontology.loading import load_model
from ontology.model import ClassDef

KINDS = list(load_model().kinds.values())
LIGHT_GROUNDS, DARK_GROUNDS = ("#ffffff", "#f5f6f8"), ("#14181f", "#1c222b")
AA_TEXT = 4.5
"""Contrast that WCAG 2.2 asks for text (1.4.3); graphics need 3 only (1.4.11)."""


def _linear(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG, from 1 to 21."""
    lights = []
    for colour in (one, other):
        r, g, b = _linear(colour)
        lights.append(0.2126 * r + 0.7152 * g + 0.0722 * b)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab(colour: str) -> tuple[float, float, float]:
    """The colour in OKLab (Ottosson 2020), where distances are about what eyes see."""
    r, g, b = _linear(colour)
    l_ = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    m_ = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s_ = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_,
        1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_,
        0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_,
    )


def far(one: str, other: str) -> float:
    """A hundred times the distance in OKLab: 2 is just noticeable."""
    return 100 * math.dist(oklab(one), oklab(other))


@pytest.mark.parametrize("cls", KINDS, ids=lambda c: c.name)
def test_a_colour_can_be_read_as_text_on_its_grounds(cls: ClassDef) -> None:
    assert all(contrast(cls.colour, ground) >= AA_TEXT for ground in LIGHT_GROUNDS)
    assert all(contrast(cls.dark_colour, ground) >= AA_TEXT for ground in DARK_GROUNDS)


def test_no_two_kinds_look_alike() -> None:
    for one, other in combinations(KINDS, 2):
        assert far(one.colour, other.colour) >= 9, (one.name, other.name)
        assert far(one.dark_colour, other.dark_colour) >= 9, (one.name, other.name)


def test_kinds_of_the_same_shape_differ_more() -> None:
    for one, other in combinations(KINDS, 2):
        if one.node_shape == other.node_shape:
            assert far(one.colour, other.colour) >= 12, (one.name, other.name)
            assert far(one.dark_colour, other.dark_colour) >= 12, (one.name, other.name)


def test_every_kind_has_a_shape_and_an_icon_of_its_own() -> None:
    icons = [cls.icon for cls in KINDS]
    assert len(set(icons)) == len(icons)
    shapes = {"dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"}
    assert {cls.node_shape for cls in KINDS} == shapes
