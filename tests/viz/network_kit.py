"""A small city with a hostile name, a page that is watched, and what one asks a drawn network."""

from __future__ import annotations

import json
import random
import re

from playwright.sync_api import (
    ConsoleMessage,
    Locator,
    Page,
)

from graph.network import City, Link, Node, city

NASTY = (
    '"><script>window.pwned=1</script><img src=x onerror="window.pwned=1"> & „ghilimele” '
    + "ș" * 300
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


def data_of(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="nw-data">(.*?)</script>', text, re.S)
    return json.loads(found.group(1))


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


def seen(page: Page) -> int:
    return page.evaluate("Resurse.page.drawing.nodes.length")


def kind(page: Page, name: str) -> Locator:
    return page.locator(f"#nw-kinds input[value={name}]")


def looks(page: Page) -> None:
    """Opens what is seldom changed."""
    page.locator(".nw-more > summary").click()


def said(page: Page) -> str:
    return page.locator("#nw-live").inner_text()


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
