"""A researcher asks the graph, with and without scripts; on a phone no column of the programmes hides."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.mark.parametrize(("lang", "run"), [("ro", "Întreabă"), ("en", "Ask")])
def test_a_question_is_answered_under_it(window: Callable[..., Page], lang: str, run: str) -> None:
    page = window()
    page.goto(f"/{lang}/query?example=who-works-with-youth")
    page.get_by_role("button", name=run, exact=True).click()
    expect(page.locator("#answer tbody tr").nth(3)).to_be_visible()
    expect(page.locator("#said")).to_contain_text(re.compile(r"\d"))
    page.locator("#answer tbody a").first.click()
    expect(page).to_have_url(re.compile(rf"/{lang}/r/org/"))


def test_a_question_that_is_none_says_what_is_wrong(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site)  # its own: the refusal is a complaint elsewhere
    page = context.new_page()
    page.goto("/ro/query")
    page.get_by_label("Întrebarea dumneavoastră, în SPARQL").fill("SELECT nothing")
    with page.expect_response("**/sparql") as told:
        page.get_by_role("button", name="Întreabă", exact=True).click()
    assert told.value.status == 400
    expect(page.locator("#said")).not_to_be_empty()
    expect(page.locator("#answer")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("lang", "run", "truth"), [("ro", "Întreabă", "da"), ("en", "Ask", "yes")])
def test_yes_and_no_are_told_in_the_language_of_the_page(
    window: Callable[..., Page], lang: str, run: str, truth: str
) -> None:
    page = window()
    page.goto(f"/{lang}/query")
    page.locator("#query").fill("ASK { ?s ?p ?o }")
    page.get_by_role("button", name=run, exact=True).click()
    expect(page.locator("#answer")).to_have_text(truth)


def test_an_address_elsewhere_is_no_page_of_this_map(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/en/query")
    page.locator("#query").fill("SELECT ?a { VALUES ?a { <https://example.org/id/org/fitt> } }")
    page.get_by_role("button", name="Ask", exact=True).click()
    link = page.locator("#answer tbody a")
    expect(link).to_have_attribute("href", "https://example.org/id/org/fitt")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_address_of_a_question_is_sent_on_and_shows_the_same(
    window: Callable[..., Page], scripts: bool
) -> None:
    page, other = window(), window(java_script_enabled=scripts)
    page.goto("/en/query")
    question = "SELECT ?s {\n  ?s a <http://www.w3.org/ns/org#Organization> # 50% & more\n} LIMIT 3"
    page.locator("#query").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#answer tbody tr")).to_have_count(3)
    expect(page.locator("#kept")).to_be_visible()
    other.goto(page.url)
    expect(other.locator("#query")).to_have_value(question)
    if scripts:
        expect(other.locator("#answer tbody tr")).to_have_count(3)
        other.locator("#query").fill(question + " # long" * 800)
        other.get_by_role("button", name="Ask", exact=True).click()
        expect(other.locator("#kept")).to_be_hidden()
        expect(other).to_have_url(re.compile("/en/query$"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("address", ["/en/actions/A1.2", "/en/match?text=youth"])
def test_looking_at_another_sort_of_partners_keeps_the_ticks(
    window: Callable[..., Page], address: str, scripts: bool
) -> None:
    page = window(java_script_enabled=scripts)
    page.goto(address)
    page.locator(".match .pick").first.click()
    page.get_by_role("button", name="public bodies").click()
    expect(page.locator(".shortlist ol > li")).to_have_count(1)
    expect(page.get_by_role("button", name="public bodies")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="schools and universities").click()
    expect(page.locator(".shortlist ol > li")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_answer_comes_as_a_file(window: Callable[..., Page], scripts: bool) -> None:
    page = window(java_script_enabled=scripts, accept_downloads=True)
    page.goto("/en/query")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download").click()
    assert len(Path(kept.value.path()).read_text(encoding="utf-8").splitlines()) > 3


def test_on_a_phone_no_column_of_the_sources_hides(window: Callable[..., Page]) -> None:
    page = window(viewport={"width": 360, "height": 740})
    page.goto("/ro/sources")
    table = page.locator("main .scroll").first
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    expect(table.locator("[data-head='Licență:']").first).to_be_in_viewport()


@pytest.mark.parametrize("address", ["/ro/funding", "/en/funding?org=org/fitt"])
def test_on_a_phone_no_column_of_the_programmes_hides(
    window: Callable[..., Page], address: str
) -> None:
    page = window(viewport={"width": 360, "height": 740})
    page.goto(address)
    table = page.locator("section", has=page.locator("#programmes")).locator(".scroll").first
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    told = table.locator("tbody tr").first.inner_text()
    opens = "S-a mai deschis în" if "/ro/" in address else "Opened before in"
    assert table.locator("tbody tr").first.locator(f"[data-head='{opens}:']").is_visible()
    assert len(told.splitlines()) >= 3
