"""Sums and names to draw charts of, and a drawing as a tree."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ontology.errors import Said
from viz.figures import Money

SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<script>alert(1)</script> & "Fondul" ' + "ș" * 300


def money(
    amount, year=2023, programme="Repere în cultură", currency="RON", topics=("topic/culture",)
):
    slug = programme and f"programme/{programme}"
    label = programme and Said(programme, programme)
    return Money(f"call/{amount}", amount, currency, year, slug, label, topics)


SUMS = [
    money(3_000_000, 2022),
    money(1_000_000, 2023),
    money(500_000, 2023, "TimCultura"),
    money(20_000, None, "TimCultura"),
    money(40_000, 2023, None),
    money(9_999, 2023, currency="EUR"),
]


def drawn(chart):
    return ET.fromstring(str(chart.svg))
