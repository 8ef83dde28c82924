"""Three people get what they came for, in either language, with a keyboard, and without JavaScript."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import docx
import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from viz.languages import SPEECH

LANGS = ("ro", "en")
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])

ANSWER = re.compile(r"(nu se știe|da|nu|unknown|yes|no)\b")


class Walker:
    """A person at a window, who counts clicks and words typed."""

    def __init__(self, page: Page, lang: str) -> None:
        self.page = page
        self.say = SPEECH[lang].say
        self.clicks = self.texts = 0
        page.goto(f"/{lang}")

    def click(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def type(self, label: str, words: str) -> None:
        """Types into a field and sends it with the return key."""
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Enter")
        self.texts += 1
        self.page.wait_for_load_state()


@SCRIPTS
@pytest.mark.parametrize("lang", LANGS)
def test_an_official_finds_a_shortlist_for_an_action(
    window: Callable[..., Page], lang: str, scripts: bool
) -> None:
    page = window(java_script_enabled=scripts, accept_downloads=True)
    official = Walker(page, lang)
    official.type(official.say("Say what you are looking for, in your own words"), "A1.3")
    page.locator(".card-name a[href$='/actions/A1.3']").click()
    official.clicks += 1
    expect(page).to_have_url(re.compile(rf"/{lang}/actions/A1\.3$"))
    partners = page.locator("section", has=page.locator("#partners")).locator(".match")
    name = partners.first.locator(".card-name").inner_text()
    official.click("checkbox", re.compile(re.escape(name)))
    official.click("button", official.say("Put the chosen ones on the shortlist"))
    shortlist = page.locator("section.shortlist")
    expect(shortlist).to_contain_text(name)
    assert official.clicks <= 3
    assert official.texts <= 1
    with page.expect_download() as kept:
        shortlist.get_by_role("link", name=official.say("Shortlist as CSV")).click()
    with Path(kept.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row[official.say("name")] for row in rows] == [name]
    assert rows[0][official.say("reasons")]
    assert rows[0][official.say("sources")]
    with page.expect_download() as written:
        shortlist.get_by_role(
            "link", name=official.say("Note with reasons and sources (Word)")
        ).click()
    text = "\n".join(p.text for p in docx.Document(written.value.path()).paragraphs)
    assert "A1.3" in text
    assert name in text


@SCRIPTS
@pytest.mark.parametrize("lang", LANGS)
def test_an_ngo_sees_which_calls_it_may_apply_to(
    window: Callable[..., Page], lang: str, scripts: bool
) -> None:
    page = window(java_script_enabled=scripts)
    ngo = Walker(page, lang)
    ngo.click("link", re.compile(ngo.say("I look for money")))
    ngo.type(ngo.say("Your organisation, by name"), "Institutul Intercultural Timișoara")
    expect(page.locator("section", has=page.locator("#for"))).to_contain_text(
        "Institutul Intercultural"
    )
    programmes = page.locator("section", has=page.locator("#programmes"))
    answers = programmes.locator("tbody summary").all_inner_texts()
    assert answers
    assert all(ANSWER.match(one.strip()) for one in answers)
    programmes.locator("tbody summary").first.click()
    expect(programmes.locator("dl.rules").first).to_be_visible()
    assert programmes.locator("dl.rules").first.locator("dt").count() >= 6
    assert (ngo.clicks, ngo.texts) == (1, 1)


@SCRIPTS
def test_a_small_ngo_that_is_on_no_map_finds_money_and_partners_on_a_phone(
    window: Callable[..., Page], scripts: bool
) -> None:
    page = window(java_script_enabled=scripts, viewport={"width": 360, "height": 740})
    ngo = Walker(page, "ro")
    ngo.click("link", re.compile(ngo.say("I look for money")))
    page.get_by_label(ngo.say("Legal form"), exact=True).select_option("association")
    ngo.type(ngo.say("Town of the seat"), "Timișoara")
    answers = page.locator("#programmes ~ .scroll tbody summary")
    assert answers.count() > 5
    ngo.click("link", ngo.say("Rank them by a project idea"))
    page.get_by_label(ngo.say("Your idea, in a few words")).fill("role pentru copii")
    ngo.click("button", ngo.say("Show what fits"))
    expect(page.locator("main")).to_contain_text("asociație, Timișoara")
    money = page.locator(".match.k-FundingProgramme, .match.k-Call")
    expect(money.first).to_contain_text("forma juridică", ignore_case=True)
    page.go_back()
    assert ngo.clicks == 3
    ngo.page.goto("/ro")
    ngo.click("link", re.compile(ngo.say("I look for partners")))
    page.get_by_label(ngo.say("Your idea, in a few words")).fill("role pentru copii")
    ngo.click("button", ngo.say("Show what fits"))
    lists = page.locator("section.block")
    shown = lists.first.locator(".match:visible").count()
    assert 0 < shown <= 7  # the rest waits behind a fold
    lists.first.locator("details.rest > summary").click()
    assert lists.first.locator(".match:visible").count() > shown


@SCRIPTS
@pytest.mark.parametrize("lang", LANGS)
def test_a_researcher_takes_a_filtered_network_away(
    window: Callable[..., Page], lang: str, scripts: bool
) -> None:
    page = window(java_script_enabled=scripts, accept_downloads=True)
    researcher = Walker(page, lang)
    researcher.click("link", re.compile(researcher.say("I explore")))
    page.locator("#topic").select_option("youth")
    researcher.click("button", researcher.say("Draw"))
    expect(page).to_have_url(re.compile("topic=youth"))
    if scripts:
        expect(page.locator("#nw-canvas canvas")).to_be_visible()
        assert _painted(page) > 1_000
        expect(
            page.locator("html[data-words=shown]")
        ).to_be_attached()  # the words follow the picture
    with page.expect_download() as kept:
        page.get_by_role("link", name="GEXF").click()
    graph = nx.read_gexf(kept.value.path())
    assert 5 < len(graph) < 500
    assert graph.number_of_edges()
    told = page.locator("#nw-links tbody tr").count()
    assert told >= min(graph.number_of_edges(), 20)


def _tab_to(page: Page, selector: str) -> None:
    """Presses Tab until a thing has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.parametrize("lang", LANGS)
def test_hands_on_the_keyboard_alone_make_a_shortlist(
    window: Callable[..., Page], lang: str
) -> None:
    page = window()
    page.goto(f"/{lang}")
    _tab_to(page, "#q")
    page.keyboard.type("A1.3")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("search"))
    _tab_to(page, ".card-name a[href$='/actions/A1.3']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/actions/A1\.3"))
    _tab_to(page, ".match input[type=checkbox]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # a box in a form sends it
    page.wait_for_url(re.compile("pick="))
    expect(page.locator("section.shortlist li")).to_have_count(1)


@SCRIPTS
@pytest.mark.parametrize("lang", LANGS)
def test_a_name_that_is_not_exact_is_one_click_from_its_answer(
    window: Callable[..., Page], lang: str, scripts: bool
) -> None:
    page = window(java_script_enabled=scripts)
    page.goto(f"/{lang}/match?text=festival&why=intercultural")
    page.get_by_role("link", name="Institutul Intercultural Timișoara", exact=True).first.click()
    expect(page.locator("#whynot")).to_contain_text("Institutul Intercultural Timișoara")


def _painted(page: Page) -> int:
    """How many points of the drawn picture are not empty."""
    page.wait_for_function("document.querySelector('#nw-canvas canvas')?.width > 0")
    page.wait_for_timeout(500)
    painted: int = page.evaluate(
        """() => {
          const canvas = document.querySelector("#nw-canvas canvas");
          const seen = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          let count = 0;
          for (let at = 3; at < seen.length; at += 4) if (seen[at]) count += 1;
          return count;
        }"""
    )
    return painted


@pytest.mark.parametrize("lang", LANGS)
def test_the_first_key_skips_to_the_content(window: Callable[..., Page], lang: str) -> None:
    page = window()
    walker = Walker(page, lang)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name=walker.say("Skip to the content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()


def test_whoever_walks_with_the_keyboard_sees_where_she_is(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ro/actions/A1.3")
    for _ in range(25):
        page.keyboard.press("Tab")
        seen: list[str] = page.evaluate(
            """() => {
              const here = document.activeElement, around = here.closest(".find") || here;
              const style = getComputedStyle(around);
              return [style.outlineStyle, style.outlineWidth, here.outerHTML.slice(0, 90)];
            }"""
        )
        assert seen[0] not in ("none", ""), seen
        assert float(seen[1].removesuffix("px")) >= 2, seen


def test_the_map_is_drawn_and_its_list_says_the_same(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ro/map")
    expect(page.locator("#map .leaflet-control-scale-line")).to_be_visible()
    assert page.locator("#map path.leaflet-interactive").count() >= 4
    named = page.locator("#map .leaflet-tooltip").all_inner_texts()
    listed = " ".join(page.locator("main section").all_inner_texts())
    assert named
    assert all(name in listed for name in named)


def test_without_scripts_drawings_leave_no_hole(window: Callable[..., Page]) -> None:
    page = window(java_script_enabled=False)
    page.goto("/ro/map")
    expect(page.locator("#map")).to_be_hidden()
    page.goto("/ro/network")
    for dead in ("#nw-canvas", "#nw-controls", "#nw-kinds", "#nw-png"):
        expect(page.locator(dead)).to_be_hidden()
    assert page.locator("#nw-links tbody tr").count() > 20


def test_paper_carries_the_chosen_ones_with_their_evidence(window: Callable[..., Page]) -> None:
    page = window(viewport={"width": 673, "height": 950})
    page.goto("/ro/actions/A1.3")
    everyone = page.locator(".match").count()
    assert everyone > 10
    page.emulate_media(media="print")
    expect(page.locator(".match:visible")).to_have_count(everyone)
    expect(page.locator(".match .proofs li").first).to_be_visible()
    for gone in ("header.top", ".sticky", ".pick"):
        expect(page.locator(gone).first).to_be_hidden()
    page.goto("/ro/actions/A1.3?pick=org/fitt")
    expect(page.locator(".match:visible")).to_have_count(1)
    expect(page.locator("section.shortlist")).to_be_visible()
