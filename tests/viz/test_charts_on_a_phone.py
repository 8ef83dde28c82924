"""Charts on a phone: every figure and name stands within the width of the screen."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from tests.viz.chart_kit import NASTY, SUMS, SVG, drawn, money
from viz.charts import NEEDS, Coverage, coverage_chart, money_chart


def test_on_a_phone_every_figure_stands_within_the_width_of_the_screen():
    """Each total has a bar, its whole name a tooltip; nothing begins beyond the edge."""
    chart = money_chart([*SUMS, money(70, programme="Timișoara – " + "ș" * 300)], "RON", "ro", "M")
    narrow = ET.fromstring(str(chart.narrow))
    width = float(narrow.get("width"))
    assert width <= 360
    told = [one.text for one in narrow.iter(f"{SVG}text")]
    assert [row[-1] for row in chart.table.rows] == told[1::2]
    assert all(
        float(one.get("x")) + 7.5 * len(one.text or "") <= width * 1.05
        for one in narrow.iter(f"{SVG}text")
    )
    assert narrow.get("aria-labelledby") != drawn(chart).get("aria-labelledby")


def test_on_a_phone_the_marks_of_an_action_stand_beside_its_code():
    actions = [Coverage("A1.1", NASTY, ("money",)), Coverage("A1.2", "Două", ())]
    chart = coverage_chart(actions, "en", "What each action has")
    narrow = ET.fromstring(str(chart.narrow))
    assert float(narrow.get("width")) <= 360
    told = [one.text for one in narrow.iter(f"{SVG}text")]
    assert told == [*(need("en") for need in NEEDS.values()), "A1.1", "A1.2"]
    assert len(list(narrow.iter(f"{SVG}circle"))) == 2 * len(NEEDS) - 1
