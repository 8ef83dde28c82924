"""The network page: the same bytes for the same data, nothing from elsewhere, for everyone."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
)

from graph.network import City, Link, Node, city, neighbourhood, relation, survey
from viz.counted import counted
from viz.network import SCRIPTS, STATIC, network_page, picture
from viz.network_data import FLUID, kind_fills, legend, on_two_lines
from viz.network_texts import TEXTS

NASTY = (
    '"><script>window.pwned=1</script><img src=x onerror="window.pwned=1"> & „ghilimele” '
    + "ș" * 300
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'"
)


def made() -> City:
    """A few real bodies of Timișoara with a name that tries to break out."""
    nodes = [
        Node(
            "org/primaria",
            "ORGANISATION",
            "Primăria Municipiului Timișoara",
            "Timișoara City Hall",
            ("topic/youth",),
        ),
        Node(
            "org/fitt",
            "ORGANISATION",
            "Fundația Județeană pentru Tineret Timiș",
            "Timiș Youth Foundation",
            ("topic/youth",),
        ),
        Node(
            "council/tineret",
            "COUNCIL",
            "Consiliul Consultativ pe Probleme de Tineret",
            "Youth Council",
            ("topic/youth",),
            (2013, None),
        ),
        Node(
            "act/hcl-243-2013",
            "LEGAL_ACT",
            "HCL 243/2013",
            "Council Decision 243/2013",
            (),
            (2013, None),
        ),
        Node(
            "project/up",
            "PROJECT",
            "Youth Centres UP",
            "Youth Centres UP",
            ("topic/education",),
            (2019, 2019),
        ),
        Node("org/nasty", "ORGANISATION", NASTY, NASTY),
    ]
    links = [
        Link("council/tineret", "org/primaria", "belongs-to", 0.75, 2013, None),
        Link("org/fitt", "council/tineret", "member"),
        Link("act/hcl-243-2013", "council/tineret", "concerns", 0.5, 2013, None),
        Link("org/fitt", "project/up", "leads", 1.0, 2019, 2019),
        Link("org/nasty", "project/up", "partner", 1.0, 2019, 2019),
    ]
    return city(nodes, links)


def circles(groups: int, size: int) -> City:
    """Synthetic: `groups` dense circles of `size` things, each tied to the next by one link."""
    chance = random.Random(1)
    nodes = [
        Node(
            f"org/g{group:02}-{at:03}",
            "ORGANISATION",
            f"Grupul {group} nr. {at}",
            f"Group {group} no {at}",
        )
        for group in range(groups)
        for at in range(size)
    ]
    links = [
        Link(one, f"org/g{group:02}-{chance.randrange(size):03}", "partner")
        for group in range(groups)
        for at in range(size)
        for one in [f"org/g{group:02}-{at:03}"] * 3
    ]
    links += [
        Link(f"org/g{at:02}-000", f"org/g{at + 1:02}-000", "partner") for at in range(groups - 1)
    ]
    return city(nodes, [link for link in links if link.source != link.target])


@pytest.fixture(scope="module")
def whole() -> City:
    return made()


@pytest.fixture(scope="module")
def page_text(whole) -> str:
    return network_page(whole.nodes, whole.links, lang="ro")


def data_of(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="nw-data">(.*?)</script>', text, re.S)
    return json.loads(found.group(1))


def test_the_same_data_in_any_order_gives_the_same_bytes(whole, page_text):
    again = network_page(list(reversed(whole.nodes)), list(reversed(whole.links)), lang="ro")
    assert again == page_text


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    script = (
        "import hashlib, random; from graph.network import *; from viz.network import network_page;"
        "draw = random.Random(1);"
        "nodes = [Node(f'org/{at}', 'ORGANISATION', str(at), str(at)) for at in range(60)];"
        "pairs = [draw.sample(nodes, 2) for _ in range(150)];"
        "made = city(nodes, [Link(a.id, b.id, 'partner') for a, b in pairs]);"
        "part = neighbourhood(made, ['org/7'], 2, limit=40);"
        "text = network_page(part.nodes, part.links, measures=survey(made));"
        "print(hashlib.sha256((text + gexf(made, survey(made)).decode()).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


class Loads(HTMLParser):
    """What a page would load or run: addresses, inline code, inline style."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag in ("script", "link", "img", "iframe", "source"):
            self.addresses += [v for k, v in attrs if k in ("src", "href") and v]
        if (
            tag == "script" and "src" not in known and known.get("type") != "application/json"
        ) or tag == "style":
            self.inline.append(tag)
        self.inline += [name for name in known if name.startswith("on") or name == "style"]


def test_a_page_that_stands_alone_loads_nothing(page_text):
    loads = Loads()
    loads.feed(page_text)
    assert loads.addresses == []
    assert "cdn" not in page_text.lower().replace("cdna", "")


def test_a_served_page_has_no_inline_code_or_style(whole):
    text = network_page(whole.nodes, whole.links, lang="en", site="", static="/static/network")
    loads = Loads()
    loads.feed(text)
    assert loads.inline == []
    assert loads.addresses == [
        "/static/network/network.css",
        *(f"/static/network/{name}" for name in SCRIPTS),
    ]
    assert all((STATIC / name).is_file() for name in (*SCRIPTS, "network.css"))


def test_the_licence_of_what_we_bundle_lies_beside_it():
    licences = (STATIC / "vis-network.LICENSE.txt").read_text(encoding="utf-8")
    for name in (
        "vis-network",
        "vis-data",
        "vis-util",
        "keycharm",
        "uuid",
        "component-emitter",
        "hammerjs",
    ):
        assert name in licences


@pytest.mark.parametrize("lang", ["ro", "en"])
def test_the_twin_says_every_link_as_a_sentence(whole, lang):
    shown = picture(whole.nodes, whole.links, lang=lang)
    expected = {
        relation(li.relation).text(
            whole.node(li.source).label(lang), whole.node(li.target).label(lang), lang
        )
        for li in whole.links
    }
    assert {one.text for one in shown.sentences} == expected
    assert {thing.label for thing in shown.things} == {node.label(lang) for node in whole.nodes}


def test_the_years_of_a_link_are_said_in_words(whole):
    shown = picture(whole.nodes, whole.links, lang="ro")
    assert {one.when for one in shown.sentences} == {"din 2013", "2019", ""}


@pytest.mark.parametrize(
    ("number", "ro", "en"),
    [
        (1, "1 element", "1 thing"),
        (12, "12 elemente", "12 things"),
        (300, "300 de elemente", "300 things"),
        (1031, "1.031 de elemente", "1,031 things"),
    ],
)
def test_numbers_of_things_take_the_plural_of_the_language(number, ro, en):
    assert tuple(counted(TEXTS["things"], number, lang) for lang in ("ro", "en")) == (ro, en)


def test_a_cut_network_says_so(whole):
    part = neighbourhood(whole, ["org/fitt"], 2, limit=3)
    shown = picture(part.nodes, part.links, lang="en", total=part.total, around=["org/fitt"])
    assert shown.title == "The network around Timiș Youth Foundation"
    assert shown.summary.startswith(f"3 of {part.total} things")


def test_the_data_holds_positions_measures_and_kinds_and_no_physics(whole, page_text):
    data = data_of(page_text)
    assert data["options"]["physics"] == {"enabled": False}
    node = next(one for one in data["nodes"] if one["key"] == "org/fitt")
    assert {"id", "label", "group", "x", "y", "m", "c"} <= set(node)
    assert node["m"][0] == survey(whole).degree["org/fitt"] == 2
    assert data["kinds"]["COUNCIL"]["colour"].startswith("#")


def test_no_two_kinds_differ_by_colour_alone():
    from ontology.loading import load_model

    kinds = load_model().kinds
    looks = [(cls.node_shape, kind_fills()[kind]) for kind, cls in kinds.items()]
    assert len(set(looks)) == len(looks)


def test_the_legend_names_the_kinds_in_the_picture_and_only_those(whole):
    assert [(key.kind, key.count) for key in legend(whole, "ro")] == [
        ("ORGANISATION", 3),
        ("PROJECT", 1),
        ("COUNCIL", 1),
        ("LEGAL_ACT", 1),
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Clubul", "Clubul"),
        ("Fundația Județeană pentru Tineret Timiș", "Fundația Județeană\npentru Tineret Timiș"),
        ("ș" * 60, "ș" * 24 + "\n" + "ș" * 23 + "…"),
        (
            "Unu doi trei patru cinci șase șapte opt nouă zece unu",
            "Unu doi trei patru cinci\nșase șapte opt nouă…",
        ),
        ("", ""),
    ],
)
def test_a_name_in_the_picture_has_two_short_lines(name, short):
    assert on_two_lines(name) == short


def test_hostile_names_stay_text_in_markup_and_in_data(page_text):
    assert "<script>window.pwned" not in page_text
    assert "<img src=x" not in page_text
    names = [one.get("name", one["label"]) for one in data_of(page_text)["nodes"]]
    assert NASTY in names


# In a real browser


@pytest.fixture(scope="module")
def browser(
    tmp_path_factory, player: Playwright, browser_path: str | None
) -> Iterator[BrowserContext]:
    context = player.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("profile"),
        executable_path=browser_path,
        headless=True,
        args=FLAGS,
        viewport={"width": 1300, "height": 900},
        accept_downloads=True,
        reduced_motion="reduce",
    )
    yield context
    context.close()


class Watched:
    """A page and all it complained about or asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def open(self, address: str) -> Page:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-network=ready]", state="attached", timeout=30_000)
        return self.page


@pytest.fixture
def watched(browser) -> Iterator[Watched]:
    page = browser.new_page()
    found = Watched(page)
    yield found
    page.close()
    assert found.troubles == []


@pytest.fixture
def opened(watched, page_text, tmp_path) -> Page:
    file = tmp_path / "page.html"
    file.write_text(page_text, encoding="utf-8")
    return watched.open(file.as_uri())


def seen(page: Page) -> int:
    return page.evaluate("Resurse.page.drawing.nodes.length")


def kind(page: Page, name: str) -> Locator:
    return page.locator(f"#nw-kinds input[value={name}]")


def looks(page: Page) -> None:
    """Opens what is seldom changed."""
    page.locator(".nw-more > summary").click()


def said(page: Page) -> str:
    return page.locator("#nw-live").inner_text()


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


def contrast(page: Page, selector: str) -> float:
    """The WCAG contrast of an element's text with the ground beneath it."""
    ink, ground = page.evaluate(
        """selector => {
          const one = document.querySelector(selector);
          let under = one;
          const clear = "rgba(0, 0, 0, 0)";
          while (getComputedStyle(under).backgroundColor === clear) under = under.parentElement;
          return [getComputedStyle(one).color, getComputedStyle(under).backgroundColor];
        }""",
        selector,
    )

    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    bright, dim = sorted((light(ink), light(ground)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


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


@pytest.fixture
def served(whole) -> Iterator[str]:
    """Our page and files under a strict policy, with `/graphql` answering from the same city."""
    part = neighbourhood(whole, ["org/fitt"], 0)
    text = network_page(
        part.nodes,
        part.links,
        lang="en",
        site="",
        static="/static/network",
        measures=survey(whole),
        graphql="/graphql",
    )
    found = survey(whole)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = Path(self.path).name
            if self.path == "/page":
                self.answer(text.encode(), "text/html; charset=utf-8")
            elif (STATIC / name).is_file():
                kind = "text/css" if name.endswith(".css") else "text/javascript"
                self.answer((STATIC / name).read_bytes(), kind)
            else:
                self.answer(b"", "image/x-icon")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["variables"]
            around = neighbourhood(whole, asked["around"], 1)
            lang = asked["lang"].lower()
            nodes = [
                {
                    "resource": {"id": n.id, "kind": n.kind, "label": n.label(lang)},
                    "degree": found.degree[n.id],
                    "betweenness": found.betweenness[n.id],
                    "pagerank": found.pagerank[n.id],
                    "community": found.community[n.id],
                }
                for n in around.nodes
            ]
            edges = [
                {
                    "source": li.source,
                    "target": li.target,
                    "relation": li.relation,
                    "text": relation(li.relation).text(
                        whole.node(li.source).label(lang), whole.node(li.target).label(lang), lang
                    ),
                }
                for li in around.links
            ]
            answer = {"data": {"network": {"truncated": False, "nodes": nodes, "edges": edges}}}
            self.answer(json.dumps(answer).encode(), "application/json")

        def answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_a_served_page_lives_under_a_strict_policy_and_fetches_neighbours(served, watched):
    page = watched.open(f"{served}/page")
    assert seen(page) == 1
    page.evaluate("Resurse.page.walk.start()")
    page.get_by_role("button", name="Show its neighbours").click()
    expect(page.locator("#nw-live")).to_have_text("Added: 2.")
    assert seen(page) == 3
    links = page.locator("#nw-details .nw-links li").all_inner_texts()
    assert "Timiș Youth Foundation leads project Youth Centres UP" in links
    page.evaluate("Resurse.page.walk.stand(Resurse.page.model.byKey.get('project/up'))")
    page.get_by_role("button", name="Show its neighbours").click()
    expect(page.locator("#nw-live")).to_have_text("Added: 1.")
    assert seen(page) == 4
    assert page.evaluate("window.pwned") is None
    assert page.locator("#nw-details a").get_attribute("href") == "/en/r/project/up"
    pairs = itertools.combinations(
        page.evaluate("Resurse.page.model.nodes.map(n => [n.x, n.y])"), 2
    )
    assert all(one != other for one, other in pairs)
