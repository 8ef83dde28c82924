"""The network page as the server gives it: a strict policy, neighbours fetched from the same city."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import (
    expect,
)

from graph.network import neighbourhood, relation, survey
from tests.viz.network_kit import seen
from viz.network import STATIC, network_page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'"
)


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
