"""WCAG 2.1 AA, and what 2.2 adds, on every page in both languages, checked by axe-core in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.kit import AXE
from tests.browser.pages import MISSING, PATHS

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
ALSO = ("landmark-unique", "heading-order", "region")
"""Practices beside the norm: no landmark is told twice, no level of headings is left out."""
PHONE = {"width": 320, "height": 640}
AT_320 = (
    "",
    "/search?q=festival",
    "/funding",
    "/plan",
    "/actions/A1.3",
    "/network",
    "/map",
    "/r/org/fitt",
)


def violations(page: Page) -> list[str]:
    """What axe-core finds with everything folded out: the rule and the places, a line each.

    Of the rules that a page keeps only the number leaves the browser: their thousands of places took
    most of the time.
    """
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        """([tags, also]) => axe.run(document, {
          runOnly: {type: 'tag', values: tags},
          rules: Object.fromEntries(also.map(name => [name, {enabled: true}])),
          resultTypes: ['violations'],
        }).then(told => ({violations: told.violations, passes: told.passes.length}))""",
        [list(TAGS), list(ALSO)],
    )
    assert found["passes"] > 5, "axe-core looked at next to nothing"
    return [
        f"{one['id']} ({one['help']}): {node['html'][:160]} — {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_barrier(window: Callable[..., Page], lang: str, path: str) -> None:
    page = window()
    page.goto(f"/{lang}{path}")
    assert violations(page) == []


@pytest.mark.parametrize("path", AT_320)
def test_nor_in_the_dark(window: Callable[..., Page], path: str) -> None:
    page = window(color_scheme="dark")
    page.goto(f"/ro{path}")
    assert violations(page) == []


@pytest.mark.parametrize("path", AT_320)
def test_nor_on_the_narrowest_phone_where_nothing_scrolls_sideways(
    window: Callable[..., Page], path: str
) -> None:
    page = window(viewport=PHONE)
    page.goto(f"/en{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page) == []


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_a_refusal_is_as_open_as_any_page(window: Callable[..., Page], lang: str) -> None:
    page = window()
    page.goto(f"/{lang}{MISSING}")
    assert violations(page) == []
