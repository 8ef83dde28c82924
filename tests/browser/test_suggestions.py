"""Suggestions while typing: with a mouse, with the keyboard alone, for a screen reader, and never in the way."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import violations


def listed(page: Page, field: str) -> str:
    """The selector of a field's list, once it is shown."""
    expect(page.locator(field)).to_have_attribute("aria-expanded", "true")
    return "#" + (page.locator(field).get_attribute("aria-controls") or "")


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("field", ["#q", "#top-q"])
def test_the_keyboard_alone_chooses_a_suggestion(
    window: Callable[..., Page], lang: str, field: str
) -> None:
    page = window()
    page.goto(f"/{lang}")
    page.locator(field).focus()
    page.keyboard.type("universitatea de v")
    options = page.locator(f"{listed(page, field)} [role=option]")
    expect(options.first).to_contain_text("Universitatea de Vest din Timișoara")
    expect(page.locator(f"{field} ~ [role=status]")).to_have_text(re.compile("sug"))
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(page.locator(field)).to_have_attribute(
        "aria-activedescendant", options.first.get_attribute("id") or "-"
    )
    page.keyboard.press("ArrowUp")
    expect(page.locator(field)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{lang}/r/org/uvt")


def test_the_mouse_chooses_too(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ro")
    page.locator("#q").press_sequentially("A1.6")
    page.locator(f"{listed(page, '#q')} [role=option]", has_text="A1.6").click()
    page.wait_for_url("**/ro/actions/A1.6")


def test_words_as_typed_are_searched_and_escape_puts_the_list_away(
    window: Callable[..., Page],
) -> None:
    page = window()
    page.goto("/en")
    page.locator("#q").press_sequentially("teatr")
    shown = page.locator(listed(page, "#q"))
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(page.locator("#q")).to_have_value("teatr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=teatr")


def test_an_answer_that_comes_after_escape_does_not_bring_the_list_back(
    window: Callable[..., Page],
) -> None:
    page = window()
    held: list[Route] = []
    page.route("**/suggest?*", lambda route: held.append(route))
    page.goto("/en")
    with page.expect_request("**/suggest?*"):
        page.locator("#q").press_sequentially("teatr")
    page.wait_for_timeout(100)
    page.keyboard.press("Escape")
    with page.expect_response("**/suggest?*"):
        held[-1].continue_()
    page.wait_for_timeout(200)
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_a_list_of_names_is_filled_name_by_name(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/en/network")
    page.locator("#around").press_sequentially("FITT, universitatea pol")
    expect(page.locator(f"{listed(page, '#around')} [role=option]").first).to_contain_text("Polit")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#around")).to_have_value("FITT, Universitatea Politehnica Timișoara")
    page.get_by_role("button", name="Draw").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Universitatea Politehnica")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_an_open_list_is_no_barrier(window: Callable[..., Page], scheme: str, width: int) -> None:
    page = window(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("/ro")
    for field in ("#q", "#top-q"):
        page.locator(field).press_sequentially("consiliul")
        listed(page, field)
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator(listed(page, field)).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert violations(page) == []
        page.keyboard.press("Escape")


def test_without_the_service_a_field_is_still_a_field(window: Callable[..., Page]) -> None:
    page = window()
    asked: list[str] = []

    def silent(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=204)

    page.route("**/suggest?*", silent)
    page.goto("/ro")
    page.locator("#q").press_sequentially("teatru")
    page.wait_for_timeout(400)
    assert asked
    page.keyboard.press("Enter")
    page.wait_for_url("**/ro/search?q=teatru")
