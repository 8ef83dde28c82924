"""Charts: the drawing and its table say the same, in both languages, and hold nothing dangerous."""

from __future__ import annotations

import re

import pytest

from tests.viz.chart_kit import NASTY, SUMS, SVG, drawn, money
from viz.charts import NEEDS, Coverage, coverage_chart, money_chart, speech_short, topics_chart
from viz.render import ENVIRONMENT


def test_money_is_added_up_by_programme_and_year_and_currencies_stay_apart():
    chart = money_chart(SUMS, "RON", "en", "Money announced")
    assert chart.table.columns == ("Programme", "2022", "2023", "no year", "Total")
    name, *cells = chart.table.rows[0]
    assert name == "Repere în cultură"
    assert [re.sub(r"\D", "", cell) for cell in cells] == ["3000000", "1000000", "", "4000000"]
    assert [row[0] for row in chart.table.rows] == [
        "Repere în cultură",
        "TimCultura",
        "unknown programme",
    ]
    assert "5 sums" in chart.summary
    assert len(money_chart(SUMS, "EUR", "en", "Euro").table.rows) == 1
    assert money_chart(SUMS, "USD", "en", "Dollars") is None


def test_every_sum_of_the_table_has_a_square_whose_area_grows_with_it():
    chart = money_chart(SUMS, "RON", "ro", "Bani")
    squares = [float(one.get("width")) for one in drawn(chart).iter(f"{SVG}rect")]
    filled = sum(bool(cell) for row in chart.table.rows for cell in row[1:-1])
    assert len(squares) == filled == 5
    largest, second = sorted(squares, reverse=True)[:2]
    assert (largest / second) ** 2 == pytest.approx(3, rel=0.02)


def test_small_programmes_are_put_together_and_nothing_is_lost():
    many = [money(1000 * (at + 1), 2023, f"Programul {at}") for at in range(20)]
    chart = money_chart(many, "RON", "ro", "Bani", rows=5)
    assert len(chart.table.rows) == 6
    assert chart.table.rows[-1][0] == "celelalte (15)"
    totals = [int(re.sub(r"\D", "", row[-1])) for row in chart.table.rows]
    assert sum(totals) == sum(one.amount for one in many)


def test_topics_by_money_most_first_and_a_sum_counts_for_each_of_its_topics():
    sums = [money(100, topics=("topic/youth", "topic/sport")), money(50, topics=("topic/sport",))]
    labels = {"topic/sport": "Sport", "topic/youth": "Tineret"}
    chart = topics_chart(sums, labels, "RON", "ro", "Teme")
    assert [(row[0], re.sub(r"\D", "", row[1]), row[2]) for row in chart.table.rows] == [
        ("Sport", "150", "2"),
        ("Tineret", "100", "1"),
    ]
    widths = [float(one.get("width")) for one in drawn(chart).iter(f"{SVG}rect")]
    assert widths[0] / widths[1] == pytest.approx(1.5, rel=0.01)
    assert topics_chart([], labels, "RON", "ro", "Teme") is None


def test_coverage_marks_what_each_action_has_and_lacks_by_shape_not_only_colour():
    actions = [Coverage("A1.1", "Strategie", ("money", "news")), Coverage("A1.2", "Program", ())]
    chart = coverage_chart(actions, "ro", "Acoperire")
    assert chart.table.columns == ("Acțiune", *(need.ro for need in NEEDS.values()), "Acoperire")
    assert chart.table.rows[0] == (
        "A1.1 Strategie",
        "are",
        "are",
        "lipsește",
        "are",
        "are",
        "lipsește",
        "4/6",
    )
    assert chart.summary.startswith("1 din 2 acțiuni")
    tree = drawn(chart)
    assert len([one for one in tree.iter() if one.get("class") == "chart-has"]) == 10
    assert len([one for one in tree.iter() if one.get("class") == "chart-lacks"]) == 2
    assert coverage_chart([], "ro", "Acoperire") is None


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_each_drawing_is_named_described_and_without_style_or_script(lang):
    charts = [
        money_chart([*SUMS, money(1, programme=NASTY)], "RON", lang, NASTY),
        topics_chart(SUMS, {"topic/culture": NASTY}, "RON", lang, "Teme"),
        coverage_chart([Coverage("A1.1", NASTY, ())], lang, "Acoperire"),
    ]
    for chart in charts:
        tree = drawn(chart)
        named = [tree.find(f"*[@id='{one}']") for one in tree.get("aria-labelledby").split()]
        assert [one.text for one in named] == [chart.title, chart.summary]
        assert tree.get("role") == "img"
        assert {one.tag.removeprefix(SVG) for one in tree.iter()} <= {
            "svg",
            "title",
            "desc",
            "text",
            "tspan",
            "rect",
            "path",
            "circle",
        }
        assert not any(
            name == "style" or name.startswith("on") for one in tree.iter() for name in one.attrib
        )


def test_the_template_shows_drawing_and_table_and_keeps_hostile_names_as_text():
    chart = money_chart([money(5, programme=NASTY)], "RON", "ro", "Bani")
    made = ENVIRONMENT.from_string(
        '{% from "chart.html" import chart %}{{ chart(one, "Cifrele") }}'
    )
    text = made.render(one=chart)
    assert "<svg" in text
    assert "<script>" not in text
    assert text.count('<th scope="row">') == len(chart.table.rows)


def test_the_same_figures_give_the_same_drawing():
    assert money_chart(SUMS, "RON", "ro", "Bani") == money_chart(list(SUMS), "RON", "ro", "Bani")


def test_names_that_begin_alike_are_told_apart_on_two_lines():
    long = "Timișoara – Capitală Europeană a Culturii"
    chart = money_chart(
        [money(5, programme=long), money(9, programme=f"{long} în anul 2023")], "RON", "ro", "Bani"
    )
    lines = [
        " ".join(t.text or "" for t in one.iter(f"{SVG}tspan"))
        for one in drawn(chart).iter(f"{SVG}text")
    ]
    assert {long, f"{long} în anul 2023"} <= set(lines)


def test_thousands_are_written_as_romanians_write_them():
    texts = "".join(drawn(money_chart([money(894_700)], "RON", "ro", "Bani")).itertext())
    assert "894,7 mii" in texts
    assert [speech_short(sum_, "ro") for sum_ in (1_000, 1_200, 999_949, 999_960)] == [
        "1 mie",
        "1,2 mii",
        "999,9 mii",
        "1\u00a0mil.",
    ]
    assert speech_short(999_960, "en") == "1M"
    assert "894.7K" in "".join(
        drawn(money_chart([money(894_700)], "RON", "en", "Money")).itertext()
    )
