"""Decidim: a GraphQL server built from the published types answers our very queries."""

from __future__ import annotations

import json
from decimal import Decimal

import graphql
import pytest

from ingest.connectors.decidim import crawl
from ontology.errors import SourceError


@pytest.fixture
def platform(site, reply, example, request):
    """A platform of the published types over the synthetic data, two nodes to a page at most."""
    schema = graphql.build_schema((request.path.parent / "schemas/decidim.graphql").read_text())
    data = example("decidim.json")

    def connection(kind):
        def resolve(component, _info, first=50, after=None):
            nodes = data[kind].get(component["id"], [])
            start, size = int(after or 0), min(first, 2)
            end = start + size
            more = end < len(nodes)
            return {
                "nodes": nodes[start:end],
                "pageInfo": {"hasNextPage": more, "hasPreviousPage": False, "endCursor": str(end)},
            }

        return resolve

    components = {c["id"]: c for p in data["participatoryProcesses"] for c in p["components"]}
    schema.type_map["Budgets"].fields["budgets"].resolve = connection("budgets")
    schema.type_map["Accountability"].fields["results"].resolve = connection("results")
    schema.query_type.fields["component"].resolve = lambda _root, _info, **asked: components[
        asked["id"]
    ]
    schema.type_map["Component"].resolve_type = lambda value, *_: value["__typename"]

    def answer(request):
        asked = json.loads(request.body)
        done = graphql.graphql_sync(
            schema, asked["query"], root_value=data, variable_values=asked["variables"]
        )
        return reply(done.formatted)

    site.on("/api", answer)
    site.schema = schema
    return site


def test_assemblies_become_groups_with_clean_texts(platform, harvest):
    got = harvest(crawl, url=platform.url)
    first, second = got.ids("group/")
    assert got.value(first, "label", "ro") == "Consiliul tinerilor (probă)"
    assert got.value(first, "label", "en") == "Youth council (test)"
    assert got.value(first, "description") == "Un consiliu."
    assert got.value(first, "page").endswith("/assemblies/consiliul-tinerilor")
    assert (got.value(first, "status"), got.value(second, "status")) == ("active", "inactive")
    assert got.value(second, "parent") == first
    assert got.value(second, "page") == f"{platform.url}/assemblies/comisia-sport"


def test_a_participatory_budget_becomes_a_call_with_projects(platform, harvest):
    got = harvest(crawl, url=platform.url)
    (call,) = got.ids("call/")
    assert got.value(call, "programme") == "programme/bugetare-participativa"
    assert (got.value(call, "budget"), got.value(call, "currency")) == (Decimal(500000), "RON")
    play, track = "project/127-0-0-1-project-300", "project/127-0-0-1-project-301"
    assert (got.value(play, "status"), got.value(play, "amountStatus")) == ("funded", "awarded")
    assert (got.value(track, "status"), got.value(track, "amountStatus")) == (
        "proposed",
        "proposed",
    )
    assert got.value(play, "amount") == Decimal(120000)
    assert got.value(play, "calls") == call


def test_results_become_projects_page_by_page(platform, harvest):
    got = harvest(crawl, url=platform.url)
    states = [got.value(f"project/127-0-0-1-result-{n}", "status") for n in (400, 401, 402)]
    assert states == ["finished", "running", "unknown"]
    assert got.value("project/127-0-0-1-result-400", "end") == "2023-10-01"


def test_processes_become_events_and_the_platform_is_a_thing(platform, harvest):
    got = harvest(crawl, url=platform.url)
    (event,) = got.ids("event/")
    assert (got.value(event, "eventType"), got.value(event, "date")) == (
        "consultation",
        "2024-02-01",
    )
    assert got.value("platform/127-0-0-1", "software") == "Decidim"
    assert not got.rejects


def test_an_older_instance_is_asked_only_for_what_it_has(platform, harvest):
    for name, field in (("Assembly", "url"), ("Project", "selected"), ("Result", "url")):
        del platform.schema.type_map[name].fields[field]
    got = harvest(crawl, url=platform.url)
    assert len(got.ids("project/")) == 5
    assert got.value("project/127-0-0-1-project-300", "status") == "proposed"


def test_known_things_keep_their_ids(platform, harvest):
    got = harvest(crawl, {"proba:assembly-1": "group/tineri"}, url=platform.url)
    assert got.ids("group/")[0] == "group/tineri"
    assert got.value(got.ids("group/")[1], "parent") == "group/tineri"


def test_an_error_of_the_api_is_told(site, reply, harvest):
    site.on("/api", reply({"errors": [{"message": "Query has depth of 20"}]}))
    with pytest.raises(SourceError, match="Query has depth of 20"):
        harvest(crawl, url=site.url)


def test_a_connection_that_never_ends_is_noticed(site, reply, example, harvest):
    fields = [{"name": n} for n in ("id", "title", "components", "slug", "progress")]
    page = {"pageInfo": {"hasNextPage": True, "endCursor": "x"}, "nodes": []}

    def answer(request):
        asked = json.loads(request.body)
        if "__type(" in asked["query"]:
            return reply({"data": {"__type": {"fields": fields}}})
        if "participatoryProcesses" in asked["query"]:
            return reply(
                {
                    "data": {
                        "participatoryProcesses": example("decidim.json")["participatoryProcesses"]
                    }
                }
            )
        if "assemblies" in asked["query"]:
            return reply({"data": {"assemblies": []}})
        return reply({"data": {"component": {"budgets": page, "results": page}}})

    site.on("/api", answer)
    with pytest.raises(SourceError, match="same page again"):
        harvest(crawl, url=site.url)


def test_assemblies_that_stand_under_themselves_are_refused(site, reply, harvest) -> None:
    def assembly(id_: str, parent: str | None):
        above = {"id": parent} if parent else None
        return {"id": id_, "title": {"translation": f"Adunarea {id_}"}, "parent": above}

    told = [assembly("1", "2"), assembly("2", "1"), assembly("3", None), assembly("4", "3")]

    def answer(request):
        query = request.body.decode()
        if "__type" in query:
            fields = [{"name": name} for name in ("id", "title", "parent")]
            return reply({"data": {"__type": {"fields": fields}}})
        return reply({"data": {"assemblies": told, "participatoryProcesses": []}})

    site.on("/api", answer)
    got = harvest(crawl, url=site.url)
    assert len(got.ids("group/")) == 2
    assert len(got.rejects) == 2
    assert "stands under itself: 1 → 2 → 1" in got.rejects[0].errors[0].message("en")
