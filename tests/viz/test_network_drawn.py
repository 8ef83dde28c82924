"""The drawn network in a real browser: keys, filters, words, pictures to take away, paper, large cities."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from tests.viz.network_kit import circles, contrast, data_of, kind, looks, said, seen
from viz.network import network_page
from viz.network.data import FLUID


@pytest.mark.browser
def test_it_draws_by_itself_and_asks_for_nothing(opened, watched):
    assert seen(opened) == 6
    assert [one for one in watched.requests if not one.startswith(("file:", "data:"))] == []
    assert opened.evaluate("window.pwned") is None
    filled = opened.evaluate(
        "() => { const c = document.querySelector('#nw-canvas canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "return d.some((v, at) => at % 4 === 3 && v > 0); }"
    )
    assert filled


@pytest.mark.browser
def test_things_lie_where_the_server_put_them(opened, page_text):
    places = opened.evaluate("Resurse.page.drawing.network.getPositions()")
    for node in data_of(page_text)["nodes"]:
        assert places[str(node["id"])] == {"x": node["x"], "y": node["y"]}


@pytest.mark.browser
def test_the_arrow_keys_walk_among_neighbours_and_say_so(opened):
    opened.locator("#nw-canvas").focus()
    opened.keyboard.press("Home")
    begun = said(opened)
    assert begun.endswith(("legături.", "legătură."))
    opened.keyboard.press("ArrowRight")
    first = said(opened)
    assert "Vecinul 1 din" in first
    opened.keyboard.press("ArrowRight")
    assert said(opened) != first
    opened.keyboard.press("ArrowLeft")
    assert said(opened) == first
    opened.keyboard.press("ArrowDown")
    stepped = said(opened)
    assert stepped.split(",")[0] in first
    assert opened.locator("#nw-details h3").inner_text() in stepped
    opened.keyboard.press("ArrowUp")
    assert said(opened) == begun
    opened.keyboard.press("ArrowUp")
    assert said(opened) == "Începutul drumului."


@pytest.mark.browser
def test_enter_opens_the_page_of_the_thing(opened):
    opened.evaluate("Resurse.page.walk.stand(Resurse.page.model.byKey.get('org/fitt'))")
    href = opened.locator("#nw-details a").get_attribute("href")
    assert href == "http://127.0.0.1:8000/ro/r/org/fitt"


@pytest.mark.browser
def test_filters_by_kind_topic_and_year(opened):
    kind(opened, "LEGAL_ACT").uncheck()
    assert seen(opened) == 5
    looks(opened)
    opened.get_by_label("Temă").select_option("topic/youth")
    assert seen(opened) == 3
    opened.get_by_label("Temă").select_option("")
    kind(opened, "LEGAL_ACT").check()
    opened.locator("#nw-year").fill("2013")
    assert seen(opened) == 5
    assert opened.locator("#nw-year-shown").inner_text() == "2013"
    opened.get_by_label("și legăturile fără dată").uncheck()
    assert opened.evaluate("Resurse.page.drawing.edges.length") == 2
    opened.get_by_label("toți anii", exact=True).check()
    assert seen(opened) == 6
    assert "6 elemente" in said(opened)


@pytest.mark.browser
def test_the_words_follow_the_filters(opened):
    def rows(table: str) -> int:
        return opened.locator(f"#{table} tbody tr:visible").count()

    opened.wait_for_selector("html[data-words=shown]", state="attached")
    assert (rows("nw-links"), rows("nw-things")) == (5, 6)
    kind(opened, "PROJECT").uncheck()
    assert (rows("nw-links"), rows("nw-things")) == (3, 5)
    assert opened.locator("#nw-links-title .nw-count").inner_text() == "3"
    assert "Youth Centres UP" not in opened.locator("#nw-links").inner_text()


@pytest.mark.browser
def test_search_folds_diacritics_and_selects(opened):
    opened.get_by_label("Caută în imagine").fill("fundatia judeteana")
    opened.keyboard.press("Enter")
    assert (
        opened.locator("#nw-details h3").inner_text() == "Fundația Județeană pentru Tineret Timiș"
    )
    links = opened.locator("#nw-details .nw-links li").all_inner_texts()
    assert any("este membru în Consiliul Consultativ" in text for text in links)


@pytest.mark.browser
def test_the_address_brings_the_same_picture_back(opened, watched):
    kind(opened, "PROJECT").uncheck()
    looks(opened)
    opened.get_by_label("Mărimea arată").select_option("2")
    opened.evaluate("Resurse.page.walk.stand(Resurse.page.model.byKey.get('org/fitt'))")
    address = opened.url
    opened.goto("about:blank")
    again = watched.open(address)
    assert seen(again) == 5
    assert again.locator("#nw-size").input_value() == "2"
    assert again.locator("#nw-details h3").inner_text().startswith("Fundația Județeană")


@pytest.mark.browser
def test_png_and_svg_can_be_saved_and_the_svg_holds_names_as_text(opened, tmp_path):
    with opened.expect_download() as png:
        opened.get_by_role("button", name="Salvează PNG").click()
    png.value.save_as(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with opened.expect_download() as svg:
        opened.get_by_role("button", name="Salvează SVG").click()
    svg.value.save_as(tmp_path / "a.svg")
    tree = ET.parse(tmp_path / "a.svg")
    tags = {one.tag.split("}")[1] for one in tree.iter()}
    assert tags == {"svg", "title", "rect", "text", "line", "circle", "polygon"}
    texts = " ".join(one.text or "" for one in tree.iter() if one.tag.endswith("text"))
    assert "Youth Centres UP" in texts


@pytest.mark.browser
def test_outlines_labels_and_colours_by_community(opened):
    looks(opened)
    opened.get_by_label("contururile cercurilor").check()
    assert opened.evaluate("Resurse.page.drawing.outlines.length") >= 1
    opened.get_by_label("numele legăturilor").check()
    labels = opened.evaluate("Resurse.page.drawing.edges.get().map(edge => edge.label)")
    assert "conduce" in labels
    opened.get_by_label("Culoarea arată").select_option("circle")
    assert opened.evaluate("Resurse.page.drawing.nodes.get().every(node => node.color)")


@pytest.mark.browser
def test_on_paper_the_words_stay_and_the_controls_go(opened):
    opened.emulate_media(media="print")
    assert not opened.locator("#nw-controls").is_visible()
    assert not opened.locator(".nw-buttons").is_visible()
    assert opened.locator("#nw-links tbody tr").count() == 5
    assert opened.locator("#nw-links").is_visible()


@pytest.mark.browser
def test_every_control_has_a_name_and_texts_have_contrast_in_both_schemes(opened):
    unnamed = opened.evaluate(
        "() => [...document.querySelectorAll('.nw input, .nw select, .nw button')]"
        ".filter(e => !(e.labels && e.labels.length) && !e.textContent.trim() && !e.ariaLabel)"
        ".map(e => e.id)"
    )
    assert unnamed == []
    for scheme in ("light", "dark"):
        opened.emulate_media(color_scheme=scheme)
        for inside in (
            ".nw-how",
            ".nw-summary",
            ".nw-status",
            ".nw-count",
            "#nw-links th",
            ".nw a",
        ):
            assert contrast(opened, inside) >= 4.5, (scheme, inside)


@pytest.mark.browser
def test_above_the_fluid_size_communities_are_one_circle_each_and_open(watched, tmp_path):
    large = circles(12, FLUID // 10)
    file = tmp_path / "large.html"
    file.write_text(network_page(large.nodes, large.links, lang="en"), encoding="utf-8")
    page = watched.open(file.as_uri())
    assert seen(page) < 100
    assert page.locator("#nw-folded").is_visible()
    held = page.evaluate(
        "Resurse.page.drawing.arranged.circles.reduce((sum, one) => sum + one.members.length, 0)"
    )
    assert held == len(large.nodes)
    # A walk or a search that lands on something folded opens its community.
    page.evaluate("Resurse.page.walk.stand(Resurse.page.model.byKey.get('org/g00-000'))")
    assert page.evaluate("Resurse.page.drawing.arranged.nodes.length") > 100
    page.get_by_role("button", name="Fold the circles").click()
    assert page.evaluate("Resurse.page.drawing.arranged.nodes.length") == 0
    page.evaluate(
        "() => { const { drawing } = Resurse.page, circle = drawing.arranged.circles[0];"
        "const place = drawing.network.getPositions([circle.id])[circle.id];"
        "const at = drawing.network.canvasToDOM(place);"
        "window.spot = { x: at.x, y: at.y, members: circle.members.length }; }"
    )
    spot = page.evaluate("window.spot")
    page.locator("#nw-canvas").click(position={"x": spot["x"], "y": spot["y"]})
    page.wait_for_function("Resurse.page.drawing.arranged.nodes.length > 0")
    assert page.evaluate("Resurse.page.drawing.arranged.nodes.length") == spot["members"]
    assert "Opened" in said(page)


@pytest.mark.browser
def test_the_rest_of_a_long_table_comes_when_asked(watched, tmp_path):
    long = circles(3, 170)
    file = tmp_path / "long.html"
    file.write_text(network_page(long.nodes, long.links, lang="en"), encoding="utf-8")
    page = watched.open(file.as_uri())
    assert page.locator("#nw-links tbody tr").count() == 400
    page.locator("#nw-all-links").click()
    assert page.locator("#nw-links tbody tr").count() == len(long.links)
    page.locator("#nw-all-things").click()
    assert page.locator("#nw-things tbody tr").count() == len(long.nodes)
