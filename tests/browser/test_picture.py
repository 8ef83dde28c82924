"""The picture of the city: seen without a search for it, its names legible, over nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

NAMES = """() => {
  const { drawing } = Resurse.page, { names, network } = drawing, scale = network.getScale();
  const centre = network.getViewPosition(), { clientWidth: wide, clientHeight: tall } = drawing.element;
  const shown = ([l, t, r, b]) => [l - centre.x * scale + wide / 2, t - centre.y * scale + tall / 2, r - centre.x * scale + wide / 2, b - centre.y * scale + tall / 2];
  const written = names.plan.map(({ name, box }) => ({ id: name.id, leading: names.leading.has(name), box: shown(box) }));
  const dots = Object.values(network.body.nodes).filter(({ id }) => typeof id === "number").map((node) => {
    const half = node.options.size * scale, x = node.x * scale, y = node.y * scale;
    return { id: node.id, box: shown([x - half, y - half, x + half, y + half]) };
  });
  return { written, dots, wide, tall };
}"""


def _over(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/ro/network", "/en/network?topic=youth"])
def test_names_lie_over_no_other_name_nor_dot_and_inside_the_frame(
    window: Callable[..., Page], address: str, width: int
) -> None:
    page = window(viewport={"width": width, "height": 900})
    page.goto(address)
    page.wait_for_function("window.Resurse?.page?.drawing.names.plan?.length > 0")
    seen: dict[str, Any] = page.evaluate(NAMES)
    written = seen["written"]
    assert len(written) >= (10 if width > 1000 else 4)
    for at, one in enumerate(written):
        left, top, right, bottom = one["box"]
        assert left >= 0
        assert top >= 0
        assert right <= seen["wide"]
        assert bottom <= seen["tall"]
        assert not any(_over(one["box"], other["box"]) for other in written[:at])
        if not one["leading"]:
            covered = [
                d for d in seen["dots"] if d["id"] != one["id"] and _over(one["box"], d["box"])
            ]
            assert covered == []


def test_the_picture_begins_on_the_first_screen_and_what_is_seldom_needed_is_folded(
    window: Callable[..., Page],
) -> None:
    page = window(viewport={"width": 1280, "height": 900})
    page.goto("/ro/network")
    canvas = page.locator("#nw-canvas").bounding_box()
    assert canvas is not None
    assert canvas["y"] < 700
    for folded in ("#limit", "#year", "#kind", "#nw-size", "#nw-topic"):
        expect(page.locator(folded)).to_be_hidden()
    page.goto("/ro/network?year=2022")
    expect(page.locator("#year")).to_be_visible()  # what narrows the picture is never hidden
    page.locator(".nw-more > summary").click()
    expect(page.locator("#nw-topic")).to_be_visible()


def test_all_that_the_limit_left_out_is_one_click_away(window: Callable[..., Page]) -> None:
    page = window()
    page.goto("/ro/network?limit=20")
    page.get_by_role("link", name="Desenați-le pe toate").click()
    page.wait_for_function("window.Resurse?.page?.model.nodes.length > 20")
    expect(page.get_by_role("link", name="Desenați-le pe toate")).to_have_count(0)
