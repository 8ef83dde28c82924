"""What a plan names is found among what is held, however it is written; never something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from graph.catalogue.base import Record
from ingest.likeness import alike
from ingest.names import Names
from ingest.plan.document import PlanDocument
from ingest.plan.records import PlanGroup, PlanHead, PlanNamed
from ingest.plan.things import Things


class Held:
    """What a small invented city holds, as the catalogue gives it."""

    def __init__(self, *records: Record) -> None:
        self.records = records

    def scan(self, kinds: Iterable[str]) -> Iterator[Record]:
        wanted = set(kinds)
        return (one for one in self.records if one.kind in wanted)


def record(id_: str, kind: str, label: str, **values: Any) -> Record:
    return Record(id_, kind.title(), kind, {"label": {"ro": label}, **values})


NAMES = Names(
    Held(
        record("org/hall", "ORGANISATION", "Primăria Municipiului Lunca Mare"),
        record(
            "act/h-45",
            "LEGAL_ACT",
            "Protocolul cu asociațiile",
            actType="hcl",
            number="45",
            date="2021-03-02",
        ),
        record(
            "act/l-52",
            "LEGAL_ACT",
            "Transparența decizională",
            actType="law",
            number="52/2003",
            date="2003",
        ),
        record(
            "act/bill",
            "LEGAL_ACT",
            "Proiect de lege privind datele deschise și altele",
            actType="law",
            date="2022-01-27",
        ),
        record(
            "strategy/smart", "STRATEGY", "Strategia de Smart City și Date Lunca Mare 2022–2027"
        ),
        record("strategy/digital", "STRATEGY", "Strategia de Digitalizare (numită în plan)"),
        record(
            "strategy/youth", "STRATEGY", "Strategia pentru Tineret a Municipiului Dealu Mic 2014"
        ),
        record(
            "platform/voice", "PLATFORM", "Vocea Luncii", page="https://www.voceluncii.example/"
        ),
        record("platform/page", "PLATFORM", "O pagină", page="https://primarie.example/pagina"),
        record("group/first", "WORKING_GROUP", "Grupul pentru deschidere", legalActs=["act/h-45"]),
    )
)  # type: ignore[arg-type]


def joined(city: str = "Lunca Mare", **things: Any) -> dict[str, str]:
    doc = PlanDocument(plan=PlanHead(city=city), **things)
    made = Things(doc, "plan/x", NAMES)
    list(made.made())
    return made.ids


@pytest.mark.parametrize(
    ("act", "id_"),
    [
        (PlanNamed("HCL nr. 45 din 02.03.2021", type="hcl", number="45", date="2021-03-02"), "act/h-45"),
        (PlanNamed("HCL 45/2021", type="hcl", number="45", date="2021"), "act/h-45"),
        (PlanNamed("Legea nr. 52/2003", type="law", number="52/2003", date="2003"), "act/l-52"),
        (
            PlanNamed("PROIECT DE LEGE 27.01.2022", type="draft_law", date="2022-01-27",
                      title="privind datele deschise și reutilizarea lor"),
            "act/bill",
        ),
    ],
)  # fmt: skip
def test_an_act_is_known_by_its_number(act: PlanNamed, id_: str) -> None:
    assert id_ in joined(legal_acts=(act,)).values()


@pytest.mark.parametrize(
    "act",
    [
        PlanNamed("HCL 45/2022", type="hcl", number="45", date="2022"),
        PlanNamed("HCL 45", type="hcl", number="45"),
        PlanNamed("OUG 52/2003", type="oug", number="52/2003", date="2003"),
        PlanNamed("Proiect de lege", type="draft_law", date="2022-01-27", title="privind pădurile și pășunile"),
    ],
)  # fmt: skip
def test_an_act_of_another_kind_year_or_matter_is_another(act: PlanNamed) -> None:
    held = {one.id for one in NAMES._catalogue.scan(["LEGAL_ACT"])}
    assert not held & set(joined(legal_acts=(act,)).values())


def test_a_local_decision_of_another_city_is_another() -> None:
    act = PlanNamed("HCL 45/2021", type="hcl", number="45", date="2021-03-02")
    assert "act/h-45" not in joined("Dealu Mic", legal_acts=(act,)).values()


def test_a_strategy_is_known_by_the_beginning_of_its_name_at_home() -> None:
    short = PlanNamed("Strategia de Smart City")
    assert "strategy/smart" in joined(strategies=(short,)).values()
    assert "strategy/smart" not in joined("Dealu Mic", strategies=(short,)).values()
    assert (
        "strategy/digital" in joined(strategies=(PlanNamed("Strategia de Digitalizare"),)).values()
    )
    youth = PlanNamed("Strategia pentru Tineret")
    assert "strategy/youth" not in joined(strategies=(youth,)).values()


def test_a_platform_is_known_by_its_site_and_by_no_page_of_one() -> None:
    site = PlanNamed("platformă nouă", url="https://voceluncii.example")
    assert "platform/voice" in joined(platforms=(site,)).values()
    page = PlanNamed("altă platformă", url="https://primarie.example")
    assert "platform/page" not in joined(platforms=(page,)).values()


def test_a_group_is_known_by_the_decision_that_set_it_up() -> None:
    act = PlanNamed("HCL 45/2021", type="hcl", number="45", date="2021")
    group = PlanGroup(name="grup de lucru local", legal_act="HCL 45/2021")
    assert joined(legal_acts=(act,), groups=(group,))["grup de lucru local"] == "group/first"


def test_a_name_of_the_same_telling_words_is_a_question() -> None:
    held = Held(
        record("platform/vote", "PLATFORM", "Lunca Decide! (bugetare participativă)"),
        record("platform/open", "PLATFORM", "Pagina Guvernării Deschise Lunca Mare"),
        record("strategy/youth", "STRATEGY", "Strategia pentru Tineret a Municipiului Lunca Mare"),
    )

    def asked(class_name: str, label: str) -> list[str]:
        return [one.id for one in alike(held, class_name, label, "Lunca Mare")]  # type: ignore[arg-type]

    assert asked("Platform", "Instrument digital de bugetare participativă") == ["platform/vote"]
    assert asked("Platform", "Portal de guvernare deschisă") == ["platform/open"]
    assert asked("Strategy", "Strategia pentru tineret") == ["strategy/youth"]
    assert asked("Platform", "Portal de sesizări") == []
    assert asked("Strategy", "Strategia Lunca Mare") == []
    assert asked("LegalAct", "Bugetare participativă") == []
