"""Fetching: patient with servers that stumble, plain about those that fail, never pressing any."""

from __future__ import annotations

import pytest

from ingest.answers import Answer, PageGuard
from ingest.memory import Memory, RunMemory
from ontology.errors import SourceError

ANSWER = Answer("https://example.org/b", 203, {"etag": '"1"'}, b"\x00a", unchanged=True)


def test_an_answer_comes_with_who_we_are(site, fetcher, reply):
    site.on("/a", reply({"a": 1.50, "b": 12345678901234567890}))
    answer = fetcher().get(f"{site.url}/a", {"q": "Timișoara", "page": 2, "none": None})
    assert answer.json() == {"a": "1.5", "b": "12345678901234567890"}
    (request,) = site.requests
    assert request.headers["user-agent"].startswith("resurse-test/1")
    assert request.path == "/a?q=Timi%C8%99oara&page=2"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_stumbles_is_asked_again_after_growing_pauses(
    site, fetcher, slept, status, reply
):
    site.on("/a", reply(b"", status), reply(b"", status), reply({"ok": True}))
    assert fetcher().get(f"{site.url}/a").json() == {"ok": True}
    assert 1 <= slept[0] <= 1.5
    assert 2 <= slept[1] <= 3


def test_the_pause_the_server_asks_for_is_kept(site, fetcher, slept, reply):
    site.on("/a", reply(b"", 429, {"retry-after": "7"}), reply([]))
    fetcher().get(f"{site.url}/a")
    assert slept == [7.0]


def test_a_pause_that_is_too_long_ends_the_run(site, fetcher, slept, reply):
    site.on("/a", reply(b"", 503, {"retry-after": "86400"}))
    with pytest.raises(SourceError, match="asks for a pause of 86400 seconds"):
        fetcher().get(f"{site.url}/a")
    assert slept == []


def test_a_pause_given_as_a_date(site, fetcher, slept, reply):
    past = {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}
    site.on("/a", reply(b"", 503, past), reply([]))
    fetcher().get(f"{site.url}/a")
    assert slept == [0.0]


def test_patience_has_an_end(site, fetcher, reply):
    site.on("/a", reply(b"", 500))
    with pytest.raises(SourceError, match="does not answer after 3 attempts") as caught:
        fetcher(attempts=3).get(f"{site.url}/a")
    assert len(site.requests) == 3
    assert "nu răspunde nici după 3 încercări" in caught.value.message("ro")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_told_at_once(site, fetcher, status, reply):
    site.on("/a", reply(b"", status))
    with pytest.raises(SourceError, match=f"answered {status}"):
        fetcher().get(f"{site.url}/a")
    assert len(site.requests) == 1


def test_a_dead_server(fetcher):
    with pytest.raises(SourceError, match="does not answer"):
        fetcher(attempts=2).get("http://127.0.0.1:9/a")


def test_a_redirect_on_the_same_host_is_followed(site, fetcher, reply):
    site.on("/a", reply(b"", 302, {"location": "/b"}))
    site.on("/b", reply({"ok": 1}))
    assert fetcher().get(f"{site.url}/a").url == f"{site.url}/b"


def test_a_redirect_to_another_host_is_refused_unless_declared(site, fetcher, reply):
    goal = site.url.replace("127.0.0.1", "localhost") + "/b"
    site.on("/a", reply(b"", 302, {"location": goal}))
    site.on("/b", reply({"ok": 1}))
    with pytest.raises(SourceError, match=r"redirects to another host: http://localhost.*hosts"):
        fetcher().get(f"{site.url}/a")
    assert len(site.requests) == 1
    declared = fetcher(hosts=frozenset({"localhost"}))
    assert declared.get(f"{site.url}/a").json() == {"ok": "1"}


def test_redirects_in_a_circle_end(site, fetcher, reply):
    site.on("/a", reply(b"", 302, {"location": "/a"}))
    with pytest.raises(SourceError, match="over 5 redirects"):
        fetcher().get(f"{site.url}/a")


def test_a_certificate_that_does_not_hold_is_refused_without_another_try(tls_site, fetcher, reply):
    tls_site.on("/a", reply({"ok": 1}))
    with pytest.raises(SourceError, match="certificate is not valid"):
        fetcher().get(f"{tls_site.url}/a")
    assert tls_site.requests == []


def test_a_certificate_of_a_known_authority_holds(tls_site, fetcher, request, reply):
    tls_site.on("/a", reply({"ok": 1}))
    authority = str(request.path.parent / "tls/cert.pem")
    assert fetcher(verify=authority).get(f"{tls_site.url}/a").json() == {"ok": "1"}


def test_a_web_page_in_place_of_data(site, fetcher, reply):
    site.on("/a", reply("<!doctype html><p>Mentenanță"))
    with pytest.raises(SourceError, match="with a web page, not with data"):
        fetcher().get(f"{site.url}/a").json()


@pytest.mark.parametrize(
    "body",
    [
        {"errors": [{"message": "Field 'x' doesn't exist"}]},
        {"error": {"message": "Not found", "__type": "Not Found Error"}, "success": False},
        {"success": False, "message": "no such dataset"},
        {"error": "quota"},
    ],
)
def test_an_error_behind_a_good_status(site, fetcher, body, reply):
    site.on("/a", reply(body))
    with pytest.raises(SourceError, match="answered with an error"):
        fetcher().get(f"{site.url}/a").json()


@pytest.mark.parametrize("body", [b'{"a": [1, 2', b"", b"[" * 100_000])
def test_truncated_data(site, fetcher, body, reply):
    site.on("/a", reply(body))
    with pytest.raises(SourceError, match="cut short or is not JSON"):
        fetcher().get(f"{site.url}/a").json()


def test_an_answer_cut_off_in_transit_is_asked_for_again(site, fetcher, reply):
    site.on("/a", reply(b'{"a": 1}', 200, {"content-length": "4000"}), reply({"a": 2}))
    site.on("/b", reply(b'{"a": 1}', 200, {"content-length": "4000"}))
    quick = fetcher(timeout=0.3, attempts=2)
    assert quick.get(f"{site.url}/a").json() == {"a": "2"}
    with pytest.raises(SourceError, match="does not answer after 2"):
        quick.get(f"{site.url}/b")


def test_an_answer_over_the_limit_is_left(site, fetcher, reply):
    site.on("/a", reply(b"x" * 5_000))
    with pytest.raises(SourceError, match="exceeds 1,000 bytes"):
        fetcher(max_bytes=1_000).get(f"{site.url}/a")


def test_what_did_not_change_is_not_sent_again(site, fetcher, tmp_path, reply):
    def answer(request):
        if request.headers.get("if-none-match") == '"v1"':
            return reply(b"", 304)
        return reply({"v": 1}, 200, {"etag": '"v1"'})

    site.on("/a", answer)
    first = fetcher(cache=Memory(tmp_path)).get(f"{site.url}/a")
    again = fetcher(cache=Memory(tmp_path)).get(f"{site.url}/a")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.json() == first.json()

    for file in tmp_path.glob("*.body"):
        file.write_bytes(b"damaged")
    healed = fetcher(cache=Memory(tmp_path)).get(f"{site.url}/a")
    assert (healed.unchanged, healed.json()) == (False, {"v": "1"})


def test_requests_to_one_host_keep_their_distance(site, other_site, fetcher, slept, reply):
    for one in (site, other_site):
        one.on("/a", reply([]))
    site.on("/b", reply([]))
    polite = fetcher(delay=5.0)
    polite.get(f"{site.url}/a")
    polite.get(f"{other_site.url}/a")
    assert slept == []
    polite.get(f"{site.url}/b")
    assert 4 < slept[0] <= 5


def test_a_run_sees_one_state_of_a_source(site, fetcher, reply):
    site.on("/a", reply([1]), reply([2]))
    site.on("/q", reply({"n": 1}), reply({"n": 2}))
    run = fetcher()
    assert run.get(f"{site.url}/a").json() == run.get(f"{site.url}/a").json() == ["1"]
    asked = [run.post(f"{site.url}/q", {"page": page}).json()["n"] for page in (1, 1, 2)]
    assert asked == ["1", "1", "2"]
    assert len(site.requests) == 3
    assert fetcher().get(f"{site.url}/a").json() == ["2"]


def test_progress_is_told(site, fetcher, reply):
    told = []
    site.on("/a", reply(b"x" * 100))
    fetcher(progress=lambda *what: told.append(what)).get(f"{site.url}/a")
    assert told[-1] == (f"{site.url}/a", 100, 100)


def test_a_page_that_repeats_is_noticed(site, fetcher, reply):
    site.on("/a", reply([1]))
    guard, fetch = PageGuard(), fetcher()
    guard.check(fetch.get(f"{site.url}/a"))
    with pytest.raises(SourceError, match="same page again"):
        guard.check(fetch.get(f"{site.url}/a"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y", "http://", "nimic", "http://[::1"]
)
def test_only_web_addresses_are_fetched(fetcher, url):
    with pytest.raises(SourceError, match="not a web address"):
        fetcher().get(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.7", "[::1]", "169.254.169.254", "localhost"])
def test_addresses_that_others_wrote_never_reach_the_own_network(fetcher, host):
    with pytest.raises(SourceError, match="not a web address that may be read from here"):
        fetcher(private=False).get(f"http://{host}/")


def test_what_was_answered_in_a_run_lies_in_the_folder_for_large_work_and_goes_with_the_run(
    tmp_path,
):
    memory = RunMemory(tmp_path)
    memory.keep("GET", "https://example.org/a", b"", ANSWER)
    assert memory.recall("GET", "https://example.org/a") == ANSWER
    assert memory.recall("POST", "https://example.org/a") is None
    assert [path.read_bytes() for path in tmp_path.rglob("*.body")] == [ANSWER.body]
    memory.close()
    assert list(tmp_path.iterdir()) == []
    assert memory.recall("GET", "https://example.org/a") is None
