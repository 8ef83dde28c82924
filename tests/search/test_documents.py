"""What search reads of a record: its names, what it says, the names of what it is linked to."""

from graph.catalogue.base import Record
from graph.search.reading import MOST_NEIGHBOURS, documents_of


def record(id_: str, kind: str | None, **values: object) -> Record:
    return Record(id_, "Thing", kind, values)


CITY = [
    record(
        "org/a",
        "ORGANISATION",
        label={"ro": "Asociația A", "en": "Association A"},
        altLabels=["AA"],
        description={"ro": "Plantează copaci.", "en": "Plants trees."},
        topics=["topic/environment"],
        legalForm="association",
        identifiers=[{"scheme": "RO-CUI", "value": "14756536"}],
    ),
    record("project/p", "PROJECT", label={"ro": "Pădurea"}, lead="org/a", year=2023),
    record(
        "call/c",
        "CALL",
        label={"ro": "Apelul"},
        description={"ro": "Bani pentru mediu."},
        rules=[
            {"id": "call/c/rule/1", "type": "EligibilityRule", "text": {"ro": "Doar asociații."}}
        ],
        projects=["project/p"],
    ),
    record("membership/1", None, organisation="org/a", body="council/x"),
    record("council/x", "COUNCIL", label={"ro": "Consiliul X"}),
]
BY_ID = {document.id: document for document in documents_of(CITY)}


def test_only_things_of_a_kind_become_documents_in_order_of_id() -> None:
    assert list(BY_ID) == ["call/c", "council/x", "org/a", "project/p"]


def test_names_texts_codes_topics_and_facets() -> None:
    one = BY_ID["org/a"]
    assert one.names() == ("Asociația A", "Association A", "AA")
    assert one.activities == {"ro": "Plantează copaci.", "en": "Plants trees."}
    assert "14756536" in one.codes
    assert one.topics == ("environment",)
    assert {("topic", "environment"), ("form", "association")} <= set(one.facets)


def test_links_are_read_both_ways_and_through_memberships() -> None:
    assert set(BY_ID["org/a"].linked) == {"project/p", "council/x"}
    assert "Asociația A" in BY_ID["project/p"].rest["ro"]
    assert "Pădurea" in BY_ID["org/a"].rest["ro"]
    assert "Consiliul X" in BY_ID["org/a"].rest["ro"]


def test_texts_of_parts_weigh_as_little_as_links() -> None:
    assert BY_ID["call/c"].activities == {"ro": "Bani pentru mediu."}
    assert "Doar asociații." in BY_ID["call/c"].rest["ro"]


def test_a_hub_takes_in_a_few_names_only() -> None:
    many = [
        record(f"project/{n}", "PROJECT", label={"ro": f"Nume{n}"}, lead="org/hub")
        for n in range(99)
    ]
    hub = documents_of([record("org/hub", "ORGANISATION", label={"ro": "Hub"}), *many])[0]
    assert len(hub.rest["ro"].split("\n")) == MOST_NEIGHBOURS
    assert len(hub.linked) == 99


def test_the_digest_changes_with_what_search_reads_and_only_then() -> None:
    again = {document.id: document for document in documents_of(reversed(CITY))}
    assert all(again[id_].digest() == one.digest() for id_, one in BY_ID.items())
    moved = [record("project/p", "PROJECT", label={"ro": "Alt nume"}, lead="org/a"), *CITY[:1]]
    changed = {document.id: document for document in documents_of(moved)}
    assert changed["org/a"].digest() != BY_ID["org/a"].digest()


def test_a_record_without_a_label_is_called_by_its_id() -> None:
    assert documents_of([record("org/x", "ORGANISATION")])[0].names() == ("org/x",)
