"""On a phone nothing hides beyond the edge: tables are read as blocks, charts are drawn for the width; on a
tablet the head of the page stays one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}

SIDEWAYS = """() => [...document.querySelectorAll('.scroll, .chart-scroll')]
    .filter(one => !one.closest('details:not([open])') && one.scrollWidth > one.clientWidth + 1)
    .map(one => one.getAttribute('aria-label') || one.getAttribute('aria-labelledby'))"""


@pytest.mark.parametrize(
    "path",
    ["/plan", "/plan/A1", "/funding?form=association", "/sources", "/network", "/r/org/fitt"],
)
def test_no_part_of_a_page_scrolls_sideways(window: Callable[..., Page], path: str) -> None:
    page = window(viewport=PHONE)
    page.goto(f"/ro{path}")
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", ["/plan", "/funding", "/sources"])
def test_a_chart_is_there_once_and_whole(window: Callable[..., Page], path: str) -> None:
    page = window(viewport=PHONE)
    page.goto(f"/en{path}")
    for figure in page.locator(".chart-figure").all():
        drawn = figure.locator("svg:visible")
        assert drawn.count() == 1
        box = drawn.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        assert box["width"] > 280


def test_what_an_action_lacks_is_said_in_words(window: Callable[..., Page]) -> None:
    page = window(viewport=PHONE)
    page.goto("/ro/plan/A1")
    row = page.get_by_role("row").filter(has_text="A1.3")
    cells = row.get_by_role("cell").all()
    said = [
        cell.evaluate("one => getComputedStyle(one, '::after').content.replaceAll('\"', '').trim()")
        for cell in cells
    ]
    assert said == ["responsabil", "partener", "bani", "grup", "indicator", "noutăți"]


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_on_a_tablet_the_menu_stands_on_one_line(window: Callable[..., Page], lang: str) -> None:
    page = window(viewport={"width": 1024, "height": 768})
    page.goto(f"/{lang}/about")
    tops = {link.bounding_box()["y"] for link in page.locator(".top nav a").all()}  # type: ignore[index]
    assert len(tops) == 1
