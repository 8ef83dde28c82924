"""Papers to read: the bundled plan laid out anew, and the plans of two towns that do not exist."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from ingest.plan import PlanDocument, load_plan_yaml, read_plan
from ingest.plan.records import PlanCommitment

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "ingest" / "sources" / "timisoara-plan" / "plan.yml"
PUBLISHED = ROOT.parent / "shared" / "data" / "plan" / "pla-2022-2023.txt"

collect_ignore = [] if PUBLISHED.exists() else ["test_published.py"]
"""The published text is checked where it lies beside the checkout."""

Read = Callable[..., PlanDocument]


def _papers() -> ModuleType:
    name = "plan_papers"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / "papers.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def papers() -> ModuleType:
    """The module that writes documents of the template."""
    return _papers()


@pytest.fixture(scope="session")
def bundled() -> PlanDocument:
    """The plan that comes with the software."""
    return load_plan_yaml(BUNDLED)


@pytest.fixture(scope="session")
def bundled_paper(bundled: PlanDocument, papers: ModuleType) -> object:
    """The bundled plan on paper, its prose replaced by filler."""
    return paper_of(bundled, papers)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads text or bytes as a file of the given name."""

    def reading(data: str | bytes, name: str = "plan.txt") -> PlanDocument:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_plan(path)

    return reading


_MONTHS = [
    "ianuarie",
    "februarie",
    "martie",
    "aprilie",
    "mai",
    "iunie",
    "iulie",
    "august",
    "septembrie",
    "octombrie",
    "noiembrie",
    "decembrie",
]


def _calendar(start: str, end: str) -> str:
    return " - ".join(f"{_MONTHS[int(day[5:7]) - 1]} {day[:4]}" for day in (start, end))


def _actors(one: PlanCommitment) -> str:
    """The actors on one line, councils folded into a bracket again."""
    named: list[str] = []
    family: list[str] = []
    for actor in one.actors:
        if actor.category:
            named.append(f"Consilii Consultative ({', '.join(family)} etc.)")
            family = []
        elif actor.name.startswith("Consilii Consultative "):
            family.append(actor.name.removeprefix("Consilii Consultative "))
        else:
            named.append(actor.name)
    return ", ".join(named)


def paper_of(doc: PlanDocument, papers: ModuleType) -> object:
    """The document's content as a paper, with filler for prose."""
    sheets = []
    for one in doc.commitments:
        assert one.start is not None
        assert one.end is not None
        by_level = {
            lv: [r.text for r in one.relevance if r.level == lv]
            for lv in ("local", "national", "international")
        }
        sheets.append(
            papers.Sheet(
                code=one.code,
                title=one.title,
                description="Un paragraf de umplutură care spune pe larg despre ce este vorba aici.",
                objectives=one.objectives,
                problem="Un alt paragraf de umplutură, care arată de ce lucrurile merg prea greu și nu se schimbă singure.",
                actors=_actors(one),
                targets=[target.text for target in one.targets],
                calendar=_calendar(one.start, one.end),
                actions=[action.title for action in one.actions],
                **by_level,
            )
        )
    first, second = doc.events
    process = [
        "Grupul a lucrat împreună cu locuitorii, în mai mulți pași.",
        "Planul a fost pregătit de un grup de inițiativă local constituit prin HCL nr. 321 din 07.09.2021 "
        "privind Protocolul de colaborare între Municipiul Timișoara și Asociația Banat IT, Asociația Smart City, "
        "respectiv Fundația AID-ONG.",
        f"Ghidul a trecut printr-o dezbatere publică în data de 05.11.2021, la care au fost {first.attendance} de persoane. "
        "Ghidul a fost aprobat prin HCL nr. 489 din 21.12.2021.",
        f"A doua dezbatere publică a fost în data de 26.11.2021, cu {second.attendance} reprezentanți ai comunității.",
    ]
    assert doc.plan.title is not None
    assert doc.plan.city is not None
    assert doc.plan.vision is not None
    return papers.Paper(
        title=doc.plan.title, city=doc.plan.city, process=process, vision=doc.plan.vision + ".",
        directions=doc.plan.directions, priorities=doc.plan.priorities, sheets=sheets,
    )  # fmt: skip


@pytest.fixture(scope="session")
def town_paper(papers: ModuleType) -> object:
    """The plan of Valea Nucului, a town that does not exist."""
    return papers.Paper(
        title="Planul local de acțiune pentru guvernare deschisă 2024 - 2026",
        city="Valea Nucului",
        process=[
            "Planul a fost elaborat de un grup de lucru local înființat prin HCL nr. 77/2023 privind "
            "constituirea grupului, format din Primăria Municipiului Valea Nucului, Asociația Nucii Verzi "
            "și Fundația Orașul Viu.",
            "O consultare publică a avut loc în data de 14 martie 2024, la care au participat patruzeci și "
            "doi de cetățeni. Dezbaterea publică din 03.04.2024 a adunat 118 participanți.",
        ],
        vision="Un oraș mic în care fiecare locuitor știe ce se hotărăște și poate hotărî și el.",
        directions=["Date la vedere", "Bani hotărâți împreună", "Tineri la masă"],
        priorities=["Oameni pregătiți", "Unelte simple"],
        sheets=[
            papers.Sheet(
                "A1", "Bugete pe înțelesul tuturor", "Bugetul orașului se citește greu.",
                ["Creșterea numărului de locuitori care înțeleg bugetul"],
                "Puțini locuitori știu pe ce se cheltuiesc banii.",
                "Asociația Nucii Verzi, Colegiul Național „Ion Creangă”, Consiliul Elevilor Valea Nucului, "
                "Universități, experți, cetățeni",
                ["Publicarea a minimum trei seturi de date pe an", "Instruirea a 12 funcționari",
                 "Atragerea a circa 5% din populația orașului la dezbateri", "Creșterea încrederii în primărie"],
                ["Strategia de dezvoltare durabilă 2021-2027"],
                ["Legea nr. 544/2001 privind liberul acces la informațiile de interes public", "PNRR"],
                ["Programul Orizont Europa"], "ianuarie 2024 - iunie 2025",
                ["Ghid al bugetului", "Portal cu datele bugetului (date.valeanucului.ro)", "Ateliere în școli"],
            ),
            papers.Sheet(
                "A2", "Tineri la masa deciziilor", "Tinerii sunt rar întrebați.", ["Implicarea tinerilor"],
                "Tinerii pleacă și nu se întorc.",
                "Fundația Orașul Viu, Consilii Consultative (al Tinerilor, ale Vârstnicilor etc.), "
                "școli și licee, grupuri informale",
                ["Organizarea a între 4 și 6 ateliere pe semestru", "Înființarea a cel mult două grupuri de lucru",
                 "Elaborarea strategiei pentru tineret"],
                ["Apelurile deschise pentru tineret, finanțate prin Fondul Local Nuca"],
                ["OUG nr. 57/2019 privind Codul administrativ", "HCL nr. 15 din 30.01.2024"],
                ["Erasmus+"], "T1 2024 - T4 2025", ["Forumul tinerilor", "Aplicație mobilă pentru sesizări"],
            ),
            papers.Sheet(
                "A3", "Date deschise în fiecare an", "Datele sunt închise.", ["Date mai multe"],
                "Datele stau în sertare.",
                "Toate instituțiile publice, Salvați Nucii Valea Nucului, mediul academic și cel de afaceri",
                ["Identificarea a zece seturi de date", "Încheierea a 2-3 parteneriate",
                 "Formarea a peste 20 de angajați"],
                ["POR"], ["Directiva (UE) 2019/1024 privind datele deschise"], ["OGP Local"], "05.2024 – 11.2026",
                ["Inventarul datelor", "Publicare periodică", "Schimb de experiență cu alte orașe"],
            ),
        ],
    )  # fmt: skip
