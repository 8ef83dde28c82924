"""Landing pages are checked politely: asked once, robots.txt obeyed, no body read."""

from __future__ import annotations

from ingest.links import check_links


def test_what_became_of_links(site, fetcher, reply):
    site.on("/bun", reply("da"))
    site.on("/mutat", reply("", 301, {"location": "/nou"}))
    site.on("/nou", reply("da"))
    site.on("/fara-head", reply("", 405), reply("da"))
    site.on("/lipsa", reply("", 404))
    site.on("/oprit", reply("da"))
    site.on("/robots.txt", reply("User-agent: *\nDisallow: /oprit\n"))
    names = ["bun", "mutat", "fara-head", "lipsa", "oprit", "bun"]
    states = {s.url: s for s in check_links([f"{site.url}/{n}" for n in names], fetcher())}
    found = {url.rsplit("/", 1)[1]: (s.ok, s.status) for url, s in states.items()}
    assert found == {
        "bun": (True, 200),
        "mutat": (True, 200),
        "fara-head": (True, 200),
        "lipsa": (False, 404),
        "oprit": (None, None),
    }
    assert states[f"{site.url}/mutat"].moved_to == f"{site.url}/nou"
    assert sum(r.path == "/bun" for r in site.requests) == 1
    assert not any(r.path == "/oprit" for r in site.requests)


def test_a_dead_host_is_told_in_words(fetcher):
    (state,) = check_links(["http://127.0.0.1:9/x"], fetcher(attempts=1))
    assert state.ok is False
    assert "nu răspunde" in state.said.ro


def test_an_address_that_is_none(fetcher):
    states = list(check_links(["nu e o adresă", "http://[::1"], fetcher()))
    assert [s.ok for s in states] == [False, False]
