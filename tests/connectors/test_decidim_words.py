"""What a Decidim platform tells beside names and dates comes in: progress, steps, meetings, keys (synthetic)."""

from __future__ import annotations

import json

import graphql
import pytest

from ingest.connectors.decidim import crawl
from ontology.errors import SourceError

NEWER = """
type Status { id: ID! key: String! name: TranslatedField progress: Int }
type TimelineEntry { id: ID! title: TranslatedField description: TranslatedField entryDate: Date }
type Meeting {
  id: ID! title: TranslatedField startTime: DateTime! url: String! attendeeCount: Int withdrawn: Boolean
}
type MeetingConnection { nodes: [Meeting] pageInfo: PageInfo! }
extend type Result { status: Status timelineEntries: [TimelineEntry] }
extend type Meetings { meetings(first: Int, after: String): MeetingConnection }
extend type Assembly { components: [Component] }
"""
"""Parts of the published types that only some versions have."""


def text(**by_lang):
    return {"translations": [{"locale": lang, "text": told} for lang, told in by_lang.items()]}


@pytest.fixture
def platform(site, reply, harvest, request, example):
    """Crawls a platform of the published types with one process of one component of a kind."""

    def run(kind="Accountability", nodes=(), assemblies=(), path="", more=None, **process):
        published = (request.path.parent / "schemas/decidim.graphql").read_text()
        schema = graphql.build_schema(published + NEWER)
        data = example("decidim.json")
        component = {"__typename": kind, "id": "101", "name": text(), "weight": 1}
        data["participatoryProcesses"][0].update(components=[component], **process)
        if assemblies:
            data["participatoryProcesses"] = []
        data["assemblies"] = list(assemblies)
        whole = {"nodes": list(nodes), "pageInfo": {"hasNextPage": False, "hasPreviousPage": False}}
        for owner, field in (
            ("Accountability", "results"),
            ("Budgets", "budgets"),
            ("Meetings", "meetings"),
        ):
            schema.type_map[owner].fields[field].resolve = lambda *_, **__: whole
        schema.query_type.fields["component"].resolve = lambda *_, **__: component
        schema.type_map["Component"].resolve_type = lambda value, *_: value["__typename"]

        def answer(asked):
            told = json.loads(asked.body)
            done = graphql.graphql_sync(
                schema, told["query"], root_value=data, variable_values=told["variables"]
            )
            return reply({**done.formatted, **(more or {})})

        site.on("/api", answer)
        return harvest(crawl, url=site.url + path)

    return run


RESULT = {
    "id": "400",
    "reference": "tm-resu-400",
    "weight": 1,
    "url": "https://platforma.example.org/results/400",
    "title": text(ro="Parc (probă)"),
    "progress": 37.5,
}
BUDGET = {
    "id": "200",
    "weight": 1,
    "url": "https://platforma.example.org/budgets/200",
    "title": text(ro="Ediția (probă)"),
    "description": text(ro="Buget."),
    "total_budget": 500000,
    "projects": [],
}


def test_a_result_tells_how_far_it_has_come(platform):
    steps = [
        {"id": "2", "title": text(ro="Recepție"), "entryDate": "2024-04-01"},
        {"id": "1", "title": text(ro="Contract"), "entryDate": "2024-01-10"},
    ]
    status = {"id": "1", "key": "works", "name": text(ro="În lucru"), "progress": 50}
    got = platform(nodes=[{**RESULT, "status": status, "timelineEntries": steps}])
    (project,) = got.ids("project/")
    assert got.value(project, "status") == "running"
    assert got.value(project, "description", "ro") == (
        "Progres: 37.5 %.\nStare: În lucru.\nEtape: Contract (2024-01-10); Recepție (2024-04-01)."
    )


def test_a_status_that_stands_for_a_percent_tells_the_state(platform):
    status = {"id": "1", "key": "done", "name": text(ro="Finalizat"), "progress": 100}
    got = platform(nodes=[{**RESULT, "progress": None, "status": status}])
    assert got.value(got.ids("project/")[0], "status") == "finished"


def test_the_keys_of_a_result_are_kept(platform):
    got = platform(nodes=[{**RESULT, "externalId": "A1.4"}])
    kept = {one.scheme: one.value for one in got[got.ids("project/")[0]].values["identifiers"]}
    assert kept == {
        "proba": "result-400", "proba-reference": "tm-resu-400", "proba-externalid": "A1.4"
    }  # fmt: skip


def test_a_process_discusses_the_budgets_and_results_inside_it(platform):
    got = platform("Budgets", [BUDGET], startDate="2024-02-01")
    (event,), (call,) = got.ids("event/"), got.ids("call/")
    assert [one.value for one in got[event].values["discusses"]] == [call]
    assert got.value(call, "year") == 2024, "the year of the process it belongs to"
    assert got.value(call, "opens") is None, "when proposals are taken is not told"


def test_meetings_are_events_unless_they_were_called_off(platform):
    held = {
        "id": "700",
        "title": text(ro="Întâlnire (probă)"),
        "startTime": "2024-03-05T22:30:00Z",
        "url": "https://platforma.example.org/meetings/700",
        "attendeeCount": 31,
    }
    got = platform("Meetings", [held, {**held, "id": "701", "withdrawn": True}])
    meeting = got["event/127-0-0-1-meeting-700"]
    assert (meeting.first("eventType"), meeting.first("date")) == ("meeting", "2024-03-06")
    assert meeting.first("attendance") == 31
    assert len(got.ids("event/")) == 2


def test_components_of_an_assembly_are_read_as_well(platform):
    assembly = {
        "id": "1",
        "slug": "consiliu",
        "title": text(ro="Consiliul (probă)", hu="Próbatanács"),
        "publishedAt": "2024-01-01T00:00:00Z",
        "weight": 1,
        "children": [],
        "components": [{"__typename": "Accountability", "id": "101", "name": text(), "weight": 1}],
    }
    got = platform(nodes=[RESULT], assemblies=[assembly])
    assert got.ids("project/") == ["project/127-0-0-1-result-400"]
    assert got.value(got.ids("group/")[0], "altLabels") == "Próbatanács"


def test_the_address_of_the_api_is_an_address_of_the_platform(platform):
    assert platform(path="/api").ids("platform/") == ["platform/127-0-0-1"]


def test_a_part_of_an_answer_with_errors_is_no_answer(platform):
    with pytest.raises(SourceError, match="Not authorized"):
        platform(more={"errors": [{"message": "Not authorized"}]})
