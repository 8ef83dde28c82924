"""A connector through the real pipeline: written once, unchanged the second time, counted."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from graph.store.oxigraph import OxigraphStore
from graph.store.versions import Versions
from ingest.connectors.ckan import ROUTE
from ingest.declaration import load_source
from ingest.memory import Memory
from ingest.pipeline import Place, ingest
from ingest.registry import Registry
from ontology.errors import SourceError
from ontology.vocab import Base


@pytest.fixture
def place(tmp_path, fetcher):
    """A home with an embedded store, and a fetcher with a memory."""

    def make():
        base = Base()
        return Place(
            store=store,
            versions=Versions(store),
            registry=registry,
            base=base,
            home=tmp_path / "home",
            tool="test",
            fetch=fetcher(cache=Memory(tmp_path / "fetched")),
        )

    registry = Registry(tmp_path / "home" / "registry.sqlite")
    store = OxigraphStore(tmp_path / "home" / "store", Base())
    yield make
    store.close()


@pytest.fixture
def source(tmp_path):
    def declare(connector, **options):
        folder = tmp_path / "sources" / "proba"
        folder.mkdir(parents=True, exist_ok=True)
        told = {
            "title": {"ro": "Probă", "en": "Test"},
            "licence": "CC0-1.0",
            "connector": connector,
            "options": options,
        }
        (folder / "source.yml").write_text(yaml.safe_dump(told), encoding="utf-8")
        return load_source(folder)

    return declare


@pytest.fixture
def portal(site, reply, example):
    """A CKAN portal that pages, and knows whether it changed."""
    site.version = '"1"'
    site.data = example("ckan.json")

    def search(request):
        if request.headers.get("if-none-match") == site.version:
            return reply(b"", 304)
        asked = parse_qs(urlsplit(request.path).query)
        start, rows = int(asked["start"][0]), int(asked["rows"][0])
        result = {
            **site.data["result"],
            "results": site.data["result"]["results"][start : start + rows],
        }
        return reply({**site.data, "result": result}, 200, {"etag": site.version})

    site.on(ROUTE, search)
    return site


DAY = date(2024, 5, 20)


def test_a_source_is_read_once_counted_and_unchanged_the_next_time(portal, place, source):
    declared = source("ckan", url=portal.url, page_size=2)
    (first,) = ingest([declared], place(), today=DAY)
    assert (first.result, first.counts.rejected) == ("updated", 0)
    assert first.counts.read == first.counts.accepted == 5
    assert len(portal.requests) == 2

    (second,) = ingest([declared], place(), today=date(2024, 5, 21))
    assert (second.result, second.version) == ("unchanged", first.version)
    assert len(portal.requests) == 4
    assert all("if-none-match" in request.headers for request in portal.requests[2:])


def test_what_changed_at_the_publisher_makes_a_new_version(portal, place, source):
    declared = source("ckan", url=portal.url)
    (first,) = ingest([declared], place(), today=DAY)
    portal.data["result"]["results"][0]["title"] = "Bugete locale 2024 (probă)"
    portal.version = '"2"'
    (second,) = ingest([declared], place(), today=DAY)
    assert second.result == "updated"
    assert second.version != first.version
    assert second.counts.unchanged == 4


def test_a_publisher_that_fails_in_the_middle_leaves_what_was_held(portal, place, source, reply):
    declared = source("ckan", url=portal.url, page_size=2)
    (first,) = ingest([declared], place(), today=DAY)
    half = {**portal.data["result"], "results": portal.data["result"]["results"][:2]}
    portal.on(ROUTE, reply({**portal.data, "result": half}), reply("<html>Mentenanță</html>"))
    here = place()
    try:
        (second,) = ingest([declared], here, today=DAY)
    except SourceError as error:
        assert "web page" in error.message()  # noqa: PT017 - either way in words
    else:
        assert second.result == "stopped"
        assert "web page" in second.problems[0].message()
    assert here.versions.current("proba").version == first.version


def test_calls_keep_their_ids_when_others_come_before_them(site, reply, example, place, source):
    page = {**example("commongrants-1.json"), "paginationInfo": {"totalPages": "1"}}
    site.on("/common-grants/opportunities", reply(page))
    declared = source("commongrants", url=site.url, programme="F")
    ingest([declared], place(), today=DAY)
    other = {**page["items"][0], "id": "30a12e5e-5940-4c08-921c-17a8960fcf40", "title": "Nou 2024"}
    site.on("/common-grants/opportunities", reply({**page, "items": [other, *page["items"]]}))
    here = place()
    ingest([declared], here, today=DAY)
    ids = {
        item["id"]: here.registry.id_of(f"proba:{item['id']}") for item in [other, *page["items"]]
    }
    assert list(ids.values()) == ["call/f/2024-3", "call/f/2024", "call/f/2024-2"]


def test_half_an_emoji_at_the_end_of_a_cut_text_stops_nothing(
    place, source, site, reply, example
) -> None:
    answer = example("ckan.json")
    answer["result"]["results"][0]["title"] = "Bugete 2026 \ud83d"  # JSON: \ud83d
    site.on(ROUTE, reply(answer), reply(answer))
    (outcome,) = ingest([source("ckan", url=site.url)], place(), today=date(2026, 11, 25))
    assert outcome.result == "updated"
    assert outcome.counts.rejected == 0
    assert outcome.counts.read == outcome.counts.accepted > 0


def test_a_run_tells_which_fields_nobody_read(site, reply, example, place, source):
    package = example("360giving.json")
    package["grants"][0]["noutate"] = 1
    site.on("/g.json", reply(package))
    (outcome,) = ingest([source("threesixtygiving", url=f"{site.url}/g.json")], place(), today=DAY)
    assert outcome.result == "updated"
    assert "grants.noutate" in outcome.problems[0].message()
