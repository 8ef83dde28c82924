"""Every field that a publisher sends is used, left out on purpose, or told (all synthetic)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.connectors import commongrants, hsds, kohesio, ngo_register, threesixtygiving
from ingest.connectors._opportunity import KNOWN
from ingest.connectors._services import SERVICE
from ingest.unread import Unread

SCHEMAS = Path(__file__).parent / "schemas"


def test_what_no_one_reads_is_told_once_and_in_both_languages():
    unread = Unread()
    for _ in range(3):
        unread.see("grants", ["id", "nou"], frozenset({"id"}))
    told = unread.told("proba")
    assert told.message() == (
        "proba: fields nobody reads: grants.nou. "
        "The data came in without them; if they are of use, ask for them to be read."
    )
    assert "câmpuri pe care nu le citește nimeni: grants.nou" in told.message("ro")


def test_words_of_a_publisher_without_end_are_told_within_bounds():
    unread = Unread()
    unread.see("grants", (f"{n}{'x' * 500}" for n in range(10_000)), frozenset())
    assert len(unread.told("").message()) < 5_000


@pytest.mark.parametrize(
    ("schema", "at", "known"),
    [
        ("360giving-1.4.schema.json", "Grant", threesixtygiving._KNOWN),
        ("commongrants-opportunities.schema.json", "OpportunityBase", KNOWN),
        ("hsds-3.schema.json", "Organization", hsds._KNOWN),
        ("hsds-3.schema.json", "Service", SERVICE),
    ],
)
def test_every_field_of_the_published_form_is_known(schema, at, known):
    rules = json.loads((SCHEMAS / schema).read_text(encoding="utf-8"))
    assert set(rules["$defs"][at]["properties"]) <= known


def test_the_examples_hold_nothing_that_is_not_read(site, reply, example, harvest):
    site.on("/g", reply(example("360giving.json")))
    site.on("/organizations", reply(example("hsds-organizations.json")))
    site.on("/services", reply(example("hsds-services.json")))
    assert harvest(threesixtygiving.crawl, url=f"{site.url}/g").unread == ""
    assert harvest(hsds.crawl, url=site.url).unread == ""


def test_a_new_field_of_each_is_told(site, reply, example, harvest, request):
    package, page = example("360giving.json"), example("commongrants-2.json")
    package["grants"][0]["noutate"] = 1
    page["items"][0] |= {"noutate": 1, "customFields": {"extra": {"value": {"a": 1}}}}
    page["paginationInfo"] = {}
    site.on("/g", reply(package))
    site.on(commongrants.ROUTE, reply(page))
    assert "grants.noutate" in harvest(threesixtygiving.crawl, url=f"{site.url}/g").unread
    told = harvest(commongrants.crawl, url=site.url, programme="F").unread
    assert "customFields.extra, items.noutate" in told

    csv = (request.path.parent / "examples/kohesio.csv").read_text(encoding="utf-8").splitlines()
    wider = "\n".join((f"{csv[0]},Noutate,NUTS2_Label,Image_URL", f"{csv[1]},1,2,3"))
    got = harvest(kohesio.crawl, files={"k.csv": wider.encode()}, path="k.csv")
    assert "csv.noutate." in got.unread
    register = (
        "Denumire,Număr de înregistrare,Județ,Fondatori,Domeniu\nAsociația A,1/A/2020,Timiș,Ion,X\n"
    )
    got = harvest(ngo_register.crawl, files={"r.csv": register.encode()}, path="r.csv")
    assert "csv.Domeniu." in got.unread
    assert "Fondatori" not in got.unread
