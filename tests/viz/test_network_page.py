"""The network page as a file: the same bytes for the same data, nothing from elsewhere, nothing dangerous."""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from graph.network import neighbourhood, relation, survey
from tests.viz.network_kit import NASTY, data_of
from viz.counted import counted
from viz.network import SCRIPTS, STATIC, network_page, picture
from viz.network.data import on_two_lines
from viz.network.legend import kind_fills, legend
from viz.network.texts import TEXTS


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
