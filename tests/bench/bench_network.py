"""Measures the network: pages in a real browser, and the fast library against networkx.

    python tests/bench/bench_network.py [pages] [measures] [large]

Synthetic cities (a third projects, hubs likelier), one seed. Pages are compared with a bare
vis-network page on the same positions and, at 100 and 1,000 things, with plain pyvis and its
defaults, stopped after a minute. Prints one line per figure: what, size, ours, other, ratio.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooLate

from graph.network import (
    City,
    Link,
    Node,
    betweenness,
    city,
    communities,
    layout,
    modularity,
    neighbourhood,
    pagerank,
    paths,
    proximity,
    survey,
)
from viz.network import STATIC, network_page

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]
ROUNDS = 5
STOP = 60.0

PAN = """async (network) => {
  const times = [], start = network.getViewPosition();
  let before = await new Promise(requestAnimationFrame);
  for (let at = 0; at < 40; at += 1) {
    network.moveTo({ position: { x: start.x + 40 * at, y: start.y } });
    const now = await new Promise(requestAnimationFrame);
    times.push(now - before);
    before = now;
  }
  return times;
}"""


def synthetic(count: int, links: int) -> City:
    """A city of `count` things; hubs likelier, no two draws alike, always the same."""
    chance = random.Random(1)
    kinds = ("ORGANISATION", "ORGANISATION", "PROJECT")
    nodes = [
        Node(f"thing/{at:06}", kinds[at % 3], f"Lucrul numărul {at}", f"Thing number {at}")
        for at in range(count)
    ]
    ends, made = [0], []
    for at in range(links):
        one = at if at < count else chance.randrange(count)
        other = chance.choice(ends) if chance.random() < 0.7 else chance.randrange(count)
        if one != other:
            year = 2015 + chance.randrange(10)
            made.append(Link(nodes[one].id, nodes[other].id, "partner", 1.0, year, year))
            ends += [one, other]
    return city(nodes, made)


def bare(whole: City, places: dict[str, tuple[int, int]]) -> str:
    """vis-network on the same positions and nothing else."""
    nodes = [
        {"id": at, "label": n.label_ro, "x": places[n.id][0], "y": places[n.id][1], "shape": "dot"}
        for at, n in enumerate(whole.nodes)
    ]
    edges = [{"from": whole.index[li.source], "to": whole.index[li.target]} for li in whole.links]
    options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "edges": {"smooth": False},
    }
    script = (STATIC / "vis-network.min.js").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html><meta charset="utf-8"><div id="n" style="height:750px"></div>'
        f"<script>{script}</script><script>"
        f"const nodes = new vis.DataSet({json.dumps(nodes)});"
        f"const edges = new vis.DataSet({json.dumps(edges)});"
        "window.network = new vis.Network(document.getElementById('n'), { nodes, edges }, "
        f"{json.dumps(options)});"
        "network.fit();document.documentElement.dataset.network = 'ready';</script>"
    )


def plain_pyvis(whole: City) -> str:
    """pyvis as its own documentation uses it."""
    from pyvis.network import Network

    net = Network(cdn_resources="in_line")
    for node in whole.nodes:
        net.add_node(node.id, label=node.label_ro)
    for link in whole.links:
        net.add_edge(link.source, link.target)
    told = "".join(
        f"network.once('{event}', () => {{ window.{flag} = performance.now(); }});"
        for event, flag in (("afterDrawing", "drawnAt"), ("stabilized", "stillAt"))
    )
    return str(net.generate_html()).replace("return network;", f"{told} return network;")


@contextmanager
def browser() -> Iterator[BrowserContext]:
    """A fresh headless Chromium in which every request to a network is refused."""
    with sync_playwright() as play, tempfile.TemporaryDirectory() as profile:
        context = play.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1400, "height": 900}
        )
        context.route("http*://**", lambda route: route.abort())
        yield context
        context.close()


def opened(
    context: BrowserContext, file: Path, network: str, measure_pan: bool = True
) -> dict[str, float]:
    """Seconds from loading until drawn and answering; the median frame while panning, ms."""
    page = context.new_page()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_selector("html[data-network=ready]", state="attached", timeout=STOP * 1000)
        # Two frames later the picture is on the screen and the page answers again.
        ready = page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
            "() => setTimeout(() => done(performance.now()), 0))))"
        )
        frame = (
            statistics.median(page.evaluate(f"({PAN})({network})")) if measure_pan else float("nan")
        )
        return {"ready": ready / 1000, "frame": frame}
    finally:
        page.close()


def settled(page: Page, file: Path) -> tuple[float, float]:
    """For plain pyvis: seconds until drawn and until it holds still; STOP when later than that."""

    def seen(flag: str) -> float:
        try:
            page.wait_for_function(f"window.{flag}", timeout=STOP * 1000)
        except TooLate:
            return STOP
        return min(float(page.evaluate(f"window.{flag}")) / 1000, STOP)

    page.goto(file.as_uri(), wait_until="commit")
    drawn = seen("drawnAt")
    return drawn, STOP if drawn == STOP else seen("stillAt")


def timed(work: Callable[[], Any], rounds: int = 3) -> float:
    """The fastest of some rounds, seconds: the machine is shared."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def line(what: str, size: int, ours: float, other: float | None, unit: str) -> None:
    ratio = "" if other is None or not ours else f"{ours / other:8.2f}"
    shown = "" if other is None else f"{other:10.3f}"
    print(f"{what:34} {size:>8} {ours:10.3f} {shown:>10} {unit:3} {ratio}", flush=True)


def pages(sizes: tuple[int, ...] = (100, 1_000, 5_000, 20_000)) -> None:
    with tempfile.TemporaryDirectory() as folder, browser() as context:
        for size in sizes:
            whole = synthetic(size, size * 2)
            found = survey(whole)
            places = layout(whole, found.community)
            start = time.perf_counter()
            text = network_page(whole.nodes, whole.links, measures=found, positions=places)
            built = time.perf_counter() - start
            ours, other = Path(folder, "ours.html"), Path(folder, "bare.html")
            ours.write_text(text, encoding="utf-8")
            other.write_text(bare(whole, places), encoding="utf-8")
            line("page built", size, built, None, "s")
            line(
                "page size (bare)",
                size,
                ours.stat().st_size / 1e3,
                other.stat().st_size / 1e3,
                "kB",
            )
            us, them = _alternately(context, ours, other)
            line("drawn and interactive (bare)", size, us["ready"], them["ready"], "s")
            line("frame while panning (bare)", size, us["frame"], them["frame"], "ms")
            if size <= 1_000:
                _pyvis(context, whole, Path(folder, "pyvis.html"), size)


def _alternately(
    context: BrowserContext, ours: Path, other: Path
) -> tuple[dict[str, float], dict[str, float]]:
    us, them = [], []
    for _ in range(ROUNDS):
        us.append(opened(context, ours, "Resurse.page.drawing.network"))
        them.append(opened(context, other, "window.network"))

    def median(runs: list[dict[str, float]]) -> dict[str, float]:
        return {name: statistics.median(run[name] for run in runs) for name in runs[0]}

    return median(us), median(them)


def _pyvis(context: BrowserContext, whole: City, file: Path, size: int) -> None:
    start = time.perf_counter()
    file.write_text(plain_pyvis(whole), encoding="utf-8")
    line("plain pyvis: page built", size, time.perf_counter() - start, None, "s")
    page = context.new_page()
    drawn, still = settled(page, file)
    page.close()
    line("plain pyvis: drawn", size, drawn, None, "s")
    line(f"plain pyvis: still (stop {STOP:.0f})", size, still, None, "s")


def measures(sizes: tuple[int, ...] = (1_000, 10_000)) -> None:
    for size in sizes:
        whole = synthetic(size, size * 3)
        graph = nx.Graph(edge.tuple for edge in whole.ties.es)
        graph.add_nodes_from(range(size))
        _measure(whole, graph, size)


def _measure(whole: City, graph: nx.Graph[int], size: int) -> None:
    k = None if size <= 2_000 else 200
    theirs = nx.community.louvain_communities(graph, seed=1)
    rows: list[tuple[str, Callable[[], Any], Callable[[], Any] | None]] = [
        (
            "betweenness (networkx)",
            lambda: betweenness(whole),
            lambda: nx.betweenness_centrality(graph, k=k, seed=1),
        ),
        ("pagerank (networkx)", lambda: pagerank(whole), lambda: nx.pagerank(graph)),
        (
            "communities (networkx Louvain)",
            lambda: communities(whole),
            lambda: nx.community.louvain_communities(graph, seed=1),
        ),
        (
            "layout (networkx spring)",
            lambda: layout(whole),
            (lambda: nx.spring_layout(graph, seed=1)) if size <= 1_000 else None,
        ),
        ("survey, all of it", lambda: survey(whole), None),
    ]
    for what, ours, other in rows:
        line(what, size, timed(ours), timed(other, 1) if other else None, "s")
    line(
        "modularity (networkx Louvain)",
        size,
        modularity(whole, communities(whole)),
        nx.community.modularity(graph, theirs),
        "",
    )


def large(nodes: int = 100_000, edges: int = 1_000_000) -> None:
    whole = synthetic(nodes, edges)
    line(
        "igraph graph made", nodes, timed(lambda: City(whole.nodes, whole.links).ties, 1), None, "s"
    )
    graph: igraph.Graph = whole.ties
    print(f"  {graph.vcount()} things, {graph.ecount()} ties")
    seeds = [whole.nodes[at].id for at in (5_000, 50_000, 90_000)]
    for what, work in (
        ("pagerank", lambda: pagerank(whole)),
        ("communities (Leiden)", lambda: communities(whole)),
        ("betweenness, sampled k=200", lambda: betweenness(whole)),
        ("layout", lambda: layout(whole)),
        ("nearness to 3 things", lambda: proximity(whole, seeds)),
        ("neighbourhood, first", lambda: neighbourhood(whole, seeds, 2)),
        ("neighbourhood, then", lambda: neighbourhood(whole, seeds, 2)),
        ("3 best paths, first", lambda: paths(whole, seeds[0], seeds[1])),
        ("3 best paths, then", lambda: paths(whole, seeds[0], seeds[1])),
    ):
        line(what, nodes, timed(work, 1), None, "s")


PARTS: dict[str, Callable[[], None]] = {"pages": pages, "measures": measures, "large": large}

if __name__ == "__main__":
    print(f"{'what (beside what)':34} {'things':>8} {'ours':>10} {'other':>10}      ratio")
    for part in sys.argv[1:] or list(PARTS):
        PARTS[part]()
