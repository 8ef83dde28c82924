"""Checks landing pages politely: whether they still answer, and where they moved."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from ingest.fetch import Fetcher
from ontology.errors import Said, SourceError

_NO_HEAD = frozenset({400, 403, 404, 405, 406, 501, 503})
"""Answers to HEAD that do not prove anything: some servers refuse it and answer GET."""

_MAX_MOVES = 5


@dataclass(frozen=True)
class LinkState:
    """What came of one address: `ok` is None where the site asks robots to stay out."""

    url: str
    ok: bool | None
    status: int | None
    moved_to: str | None
    said: Said


def check_links(urls: Iterable[str], fetch: Fetcher) -> Iterator[LinkState]:
    """The state of every address, once each, hosts taking turns so that none is pressed.

    Asks with HEAD, and with GET where HEAD proves nothing; bodies are not read. robots.txt is
    obeyed. Give it a fetcher whose policy has `private=False`: others wrote these addresses.
    """
    robots: dict[str, RobotFileParser] = {}
    for url in _by_turns(dict.fromkeys(urls)):
        try:
            yield _state(url, fetch) if _allowed(url, fetch, robots) else _kept_out(url)
        except SourceError as error:
            yield LinkState(url, False, None, None, error.what)


def _by_turns(urls: Iterable[str]) -> Iterator[str]:
    queues: dict[str, deque[str]] = defaultdict(deque)
    for url in urls:
        queues[_site(url)].append(url)
    while queues:
        for site in list(queues):
            yield queues[site].popleft()
            if not queues[site]:
                del queues[site]


def _site(url: str) -> str:
    """The scheme and host of an address; the text itself when it is no address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc}"


def _allowed(url: str, fetch: Fetcher, robots: dict[str, RobotFileParser]) -> bool:
    """Whether the site's robots.txt lets us ask; a site without one does."""
    site = _site(url)
    if site == url:
        return True
    if site not in robots:
        rules = RobotFileParser()
        try:
            rules.parse(fetch.get(f"{site}/robots.txt").text().splitlines())
        except SourceError:
            rules.parse([])
        robots[site] = rules
    return robots[site].can_fetch(fetch.policy.agent, url)


def _state(url: str, fetch: Fetcher) -> LinkState:
    place, status = url, 0
    for _ in range(_MAX_MOVES):
        status, target = fetch.probe(place)
        if status in _NO_HEAD:
            status, target = fetch.probe(place, "GET")
        if target is None or not 300 <= status < 400:
            break
        place = target
    moved = place if place != url else None
    ok = 200 <= status < 300
    if not ok:
        said = Said(f"răspunde {status}", f"answers {status}")
    elif moved:
        said = Said(f"s-a mutat la {moved}", f"has moved to {moved}")
    else:
        said = Said("răspunde", "answers")
    return LinkState(url, ok, status, moved, said)


def _kept_out(url: str) -> LinkState:
    return LinkState(
        url,
        None,
        None,
        None,
        Said("situl nu permite verificarea automată", "the site does not allow automatic checks"),
    )
