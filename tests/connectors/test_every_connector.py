"""The same misbehaviour at the door of every connector: each ends with all of the data, or a sentence about it."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import graphql
import openpyxl
import pytest

from ingest.connectors import (
    ckan,
    commongrants,
    decidim,
    funding_tenders,
    hsds,
    kohesio,
    ngo_register,
    sparql,
    threesixtygiving,
)
from ingest.memory import Memory
from ingest.source import CONNECTORS
from ontology.errors import ResurseError, SourceError

HERE = Path(__file__).parent
JSON, HTML = {"content-type": "application/json"}, {"content-type": "text/html"}


@dataclass(frozen=True)
class Service:
    """A connector with a server that behaves: what each path answers, and whether its list is paged.

    Decidim pages the parts of a process: `test_decidim.py` lets those repeat.
    """

    crawl: Callable[..., Any]
    answers: dict[str, Callable[[Any], bytes]]
    path: str = ""
    kind: str = "application/json"
    options: dict[str, Any] = field(default_factory=dict)
    paged: bool = True
    asks: str = "GET"


def example(name: str) -> Callable[[Any], bytes]:
    return lambda _request: (HERE / "examples" / name).read_bytes()


def opportunities(request: Any) -> bytes:
    page = parse_qs(urlsplit(request.path).query)["page"][0]
    return (HERE / "examples" / f"commongrants-{page}.json").read_bytes()


def participation(request: Any) -> bytes:
    """A GraphQL server of the published types; processes have no parts here."""
    schema = graphql.build_schema((HERE / "schemas/decidim.graphql").read_text())
    data = json.loads((HERE / "examples/decidim.json").read_bytes())
    data["participatoryProcesses"] = []
    asked = json.loads(request.body)
    done = graphql.graphql_sync(
        schema, asked["query"], root_value=data, variable_values=asked["variables"]
    )
    return json.dumps(done.formatted).encode()


def constructed(request: Any) -> bytes:
    offset = parse_qs(urlsplit(request.path).query)["query"][0].rpartition(" ")[2]
    if offset != "0":
        return b""
    return (
        b"<http://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        b"<http://www.w3.org/ns/org#Organization> .\n<http://example.org/a> "
        b'<http://www.w3.org/2004/02/skos/core#prefLabel> "Proba"@ro .\n'
    )


def register(_request: Any) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Denumire", "Număr de înregistrare", "Judeţ"])
    book.active.append(["ASOCIAŢIA DE PROBĂ", "1/A/2020", "TIMIŞ"])
    book.save(out)
    return out.getvalue()


SERVICES = {
    "threesixtygiving": Service(threesixtygiving.crawl, {"/x": example("360giving.json")}, "/x", paged=False),
    "commongrants": Service(commongrants.crawl, {commongrants.ROUTE: opportunities}, options={"programme": "F", "page_size": 2}),
    "ckan": Service(ckan.crawl, {ckan.ROUTE: example("ckan.json")}),
    "decidim": Service(decidim.crawl, {"/api": participation}, asks="POST", paged=False),
    "sparql": Service(sparql.crawl, {"/x": constructed}, "/x", "application/n-triples", {"query": "CONSTRUCT {?s ?p ?o} WHERE {?s ?p ?o} ORDER BY ?s", "page_size": 9}),
    "hsds": Service(hsds.crawl, {"/services": example("hsds-services.json"), "/organizations": example("hsds-organizations.json")}),
    "funding_tenders": Service(funding_tenders.crawl, {"/x": example("funding-tenders.json")}, "/x", asks="POST"),
    "kohesio": Service(kohesio.crawl, {"/x": example("kohesio.csv")}, "/x", "text/csv", paged=False),
    "ngo_register": Service(ngo_register.crawl, {"/x": register}, "/x", "application/vnd.ms-excel", paged=False),
}  # fmt: skip


def test_no_connector_that_asks_a_server_is_left_out_here() -> None:
    known = {path.stem for path in CONNECTORS.glob("[a-z]*.py")}
    assert known - {"plan"} == set(SERVICES)


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


@pytest.fixture
def first_then(site: Any, reply: Any, harvest: Any, service: Service) -> Callable[..., Any]:
    """Crawls a server that answers first with the replies given, from then on as it should."""

    def run(*troubles: Any, **more: Any) -> Any:
        for path, answer in service.answers.items():
            site.on(path, *troubles, _well(reply, service, answer))
        return harvest(service.crawl, url=site.url + service.path, **service.options, **more)

    return run


def _well(reply: Any, service: Service, answer: Callable[[Any], bytes]) -> Callable[[Any], Any]:
    return lambda request: reply(answer(request), 200, {"content-type": service.kind})


def things(got: Any) -> list[str]:
    return sorted(entity.id for entity in got.entities)


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_to_wait_is_waited_for_and_gives_all(
    first_then: Any, reply: Any, slept: list[float], site: Any, status: int
) -> None:
    well = things(first_then())
    asked = len(site.requests)
    assert well
    assert things(first_then(reply(b"", status, {"retry-after": "9"}))) == well
    assert set(slept) == {9.0}
    assert len(site.requests) <= 2 * asked + len(slept)


def test_who_asks_to_wait_for_hours_is_not_waited_for(
    first_then: Any, reply: Any, slept: list[float]
) -> None:
    with pytest.raises(SourceError, match="asks for a pause of 86400 seconds"):
        first_then(reply(b"", 429, {"retry-after": "86400"}))
    assert slept == []


def test_an_answer_that_is_cut_short_on_the_way_is_asked_for_again(
    first_then: Any, reply: Any, service: Service, slept: list[float]
) -> None:
    well = things(first_then())
    cut = reply(b"{", 200, {"content-type": service.kind, "content-length": "5000"})
    assert things(first_then(cut)) == well
    assert slept


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_an_answer_without_measure_is_refused(
    site: Any, reply: Any, harvest: Any, service: Service, packing: str
) -> None:
    line = b"0" * (20 << 20)
    body = gzip.compress(line) if packing == "gzip" else line
    for path in service.answers:
        site.on(path, reply(body, 200, {"content-encoding": packing, "content-type": service.kind}))
    with pytest.raises(SourceError, match="exceeds 8,388,608 bytes"):
        harvest(
            service.crawl,
            url=site.url + service.path,
            policy={"max_bytes": 8 << 20},
            **service.options,
        )
    assert len(site.requests) == 1


@pytest.mark.parametrize("kind", ["own", "text/html", "application/octet-stream", ""])
def test_an_error_page_with_a_good_status_is_told(
    site: Any, reply: Any, harvest: Any, service: Service, kind: str
) -> None:
    page = b"<!doctype html><html><head><title>Mentenan\xc8\x9b\xc4\x83</title></head><body>503</body></html>"
    for path in service.answers:
        site.on(path, reply(page, 200, {"content-type": service.kind if kind == "own" else kind}))
    with pytest.raises(ResurseError, match="web page") as caught:
        harvest(service.crawl, url=site.url + service.path, **service.options)
    assert caught.value.fix.ro


def test_another_type_of_content_is_read_for_what_it_is_or_refused(
    site: Any, reply: Any, harvest: Any, service: Service
) -> None:
    for path, answer in service.answers.items():
        site.on(
            path,
            lambda asked, answer=answer: reply(answer(asked), 200, {"content-type": "image/png"}),
        )
    try:
        got = harvest(service.crawl, url=site.url + service.path, **service.options)
    except SourceError as error:
        assert "image/png" in error.message()  # noqa: PT017 - either way is right
        return
    assert things(got)


def test_a_certificate_that_does_not_hold_gives_nothing(
    tls_site: Any, reply: Any, harvest: Any, service: Service
) -> None:
    for path, answer in service.answers.items():
        tls_site.on(path, _well(reply, service, answer))
    with pytest.raises(SourceError, match="certificate"):
        harvest(service.crawl, url=tls_site.url + service.path, **service.options)
    assert tls_site.requests == []


def test_another_host_is_followed_only_where_the_source_names_it(
    site: Any, other_site: Any, reply: Any, harvest: Any, service: Service
) -> None:
    for path, answer in service.answers.items():
        site.on(
            path,
            lambda asked: reply(
                b"",
                307,
                {"location": other_site.url.replace("127.0.0.1", "localhost") + asked.path},
            ),
        )
        other_site.on(path, _well(reply, service, answer))
    with pytest.raises(SourceError, match="another host"):
        harvest(service.crawl, url=site.url + service.path, **service.options)
    assert other_site.requests == []
    got = harvest(
        service.crawl, url=site.url + service.path, hosts=["localhost"], **service.options
    )
    assert things(got)


def test_what_did_not_change_is_not_sent_again(
    site: Any, reply: Any, harvest: Any, service: Service, tmp_path: Path
) -> None:
    def answered(asked: Any, answer: Callable[[Any], bytes]) -> Any:
        if asked.headers.get("if-none-match") == '"v1"':
            return reply(b"", 304, {"etag": '"v1"'})
        return reply(answer(asked), 200, {"content-type": service.kind, "etag": '"v1"'})

    for path, answer in service.answers.items():
        site.on(path, lambda asked, answer=answer: answered(asked, answer))
    run = lambda: things(  # noqa: E731
        harvest(
            service.crawl,
            url=site.url + service.path,
            cache=Memory(tmp_path / "m"),
            **service.options,
        )
    )
    first, asked = run(), len(site.requests)
    assert run() == first
    conditions = [one.headers.get("if-none-match") for one in site.requests[asked:]]
    assert set(conditions) == ({'"v1"'} if service.asks == "GET" else {None})


@pytest.mark.parametrize("name", [name for name, one in SERVICES.items() if one.paged])
def test_the_same_page_for_ever_is_noticed_at_the_second(
    site: Any, reply: Any, harvest: Any, name: str
) -> None:
    service = SERVICES[name]
    first: dict[str, bytes] = {}

    def again(asked: Any, path: str, answer: Callable[[Any], bytes]) -> Any:
        if path not in first:
            first[path] = _endless(answer(asked))
        return reply(first[path], 200, {"content-type": service.kind})

    for path, answer in service.answers.items():
        site.on(path, lambda asked, path=path, answer=answer: again(asked, path, answer))
    with pytest.raises(SourceError, match="again and again"):
        harvest(service.crawl, url=site.url + service.path, **service.options)
    assert len(site.requests) <= 3


def _endless(body: bytes) -> bytes:
    """A page that says there are many more."""
    try:
        told = json.loads(body)
    except ValueError:
        return body
    for holder, key in (
        (told, "totalResults"), (told, "total_pages"), (told.get("result"), "count"),
        (told.get("paginationInfo"), "totalPages"), (told.get("paginationInfo"), "totalItems"),
    ):  # fmt: skip
        if isinstance(holder, dict) and key in holder:
            holder[key] = 1_000_000
    for value in (told.get("data") or {}).values() if isinstance(told.get("data"), dict) else ():
        if isinstance(value, dict) and "pageInfo" in value:
            value["pageInfo"]["hasNextPage"] = True
    return json.dumps(told).encode()


def test_servers_are_told_who_asks_and_are_not_pressed(
    site: Any, reply: Any, harvest: Any, service: Service, slept: list[float]
) -> None:
    for path, answer in service.answers.items():
        site.on(path, _well(reply, service, answer))
    harvest(service.crawl, url=site.url + service.path, policy={"delay": 500.0}, **service.options)
    assert all("mailto:" in one.headers["user-agent"] for one in site.requests)
    assert {one.method for one in site.requests} == {service.asks}
    assert len(slept) == len(site.requests) - 1
    assert all(400.0 < pause <= 500.0 for pause in slept)


def test_progress_is_told_while_bytes_come(
    site: Any, reply: Any, harvest: Any, service: Service
) -> None:
    told: list[int] = []
    for path, answer in service.answers.items():
        site.on(path, _well(reply, service, answer))
    harvest(
        service.crawl,
        url=site.url + service.path,
        progress=lambda _url, came, _whole: told.append(came),
        **service.options,
    )
    assert told
