"""A synthetic city as tables and declared sources: invented rows, one seed, for the benches."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from ingest.declaration import load_source
from ingest.source import Source

SEED = 2026
PROGRAMMES_COUNT = 20
TOPICS = ("youth", "culture", "education", "music", "environment", "mobility")

EVERY = """slug: synthetic-{name}
publisher: Resurse
licence: CC0-1.0
scheme: synthetic
retrieved: 2026-11-25
identity: false
read: {{path: {name}.csv}}
"""
"""What the declarations of all tables say alike."""

ORGANISATIONS = """title: {ro: Organizații sintetice, en: Synthetic organisations}
class: Organisation
id: {column: code, prefix: org/synthetic-}
columns:
  code: {use: true}
  name: {field: label, lang: ro}
  form: {field: legalForm}
  founded: {field: founded}
  city: {field: city}
  topics: {field: topics, split: ";"}
  text: {field: description, lang: ro}
  site: {field: homepage}
"""

PROJECTS = """title: {ro: Proiecte sintetice, en: Synthetic projects}
class: Project
id: {column: code, prefix: project/synthetic-}
columns:
  code: {use: true}
  title: {field: label, lang: ro}
  lead: {field: lead}
  partners: {field: partners, split: ";"}
  calls: {field: calls}
  year: {field: year}
  amount: {field: amount}
  currency: {field: currency}
  topics: {field: topics, split: ";"}
  text: {field: description, lang: ro}
"""

PROGRAMMES = """title: {ro: Programe sintetice, en: Synthetic programmes}
class: Programme
id: {column: code, prefix: programme/synthetic-}
columns:
  code: {use: true}
  title: {field: label, lang: ro}
"""

CALLS = """title: {ro: Apeluri sintetice, en: Synthetic calls}
class: Call
id: {column: code, prefix: call/synthetic-}
columns:
  code: {use: true}
  title: {field: label, lang: ro}
  programme: {field: programme}
  closes: {field: closes}
  topics: {field: topics, split: ";"}
  text: {field: description, lang: ro}
"""


def write_city(folder: Path, entities: int) -> list[Source]:
    """Writes tables of `entities` rows: half organisations, four tenths projects, a tenth calls."""
    draw = random.Random(SEED)
    organisations, calls = entities // 2, entities // 10
    projects = entities - organisations - calls - PROGRAMMES_COUNT
    parts = (
        ("organisations", ORGANISATIONS, _organisations(draw, organisations)),
        ("programmes", PROGRAMMES, _programmes()),
        ("calls", CALLS, _calls(draw, calls)),
        ("projects", PROJECTS, _projects(draw, projects, organisations, calls)),
    )
    sources = []
    for name, declared, rows in parts:
        home = folder / f"synthetic-{name}"
        home.mkdir(parents=True)
        (home / "source.yml").write_text(EVERY.format(name=name) + declared, encoding="utf-8")
        with (home / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        sources.append(load_source(home))
    return sources


def _topics(draw: random.Random) -> str:
    return ";".join(draw.sample(TOPICS, 2))


def _organisations(draw: random.Random, count: int) -> Iterator[list[str]]:
    yield ["code", "name", "form", "founded", "city", "topics", "text", "site"]
    for at in range(count):
        yield [
            f"o{at}",
            f"Asociația Sintetică {at}",
            draw.choice(("association", "foundation")),
            str(draw.randrange(1990, 2026)),
            "Timișoara",
            _topics(draw),
            f"Lucrează cu tinerii din cartierul {at % 97}, date inventate pentru măsurători.",
            f"https://example.org/o{at}",
        ]


def _programmes() -> Iterator[list[str]]:
    yield ["code", "title"]
    for at in range(PROGRAMMES_COUNT):
        yield [f"m{at}", f"Program sintetic {at}"]


def _calls(draw: random.Random, count: int) -> Iterator[list[str]]:
    yield ["code", "title", "programme", "closes", "topics", "text"]
    for at in range(count):
        yield [
            f"c{at}",
            f"Apel sintetic {at}",
            f"m{at % PROGRAMMES_COUNT}",
            f"{draw.randrange(2020, 2028)}-0{draw.randrange(1, 10)}-15",
            _topics(draw),
            "Sprijină activități pentru oraș; apel inventat pentru măsurători.",
        ]


def _projects(
    draw: random.Random, count: int, organisations: int, calls: int
) -> Iterator[list[str]]:
    yield [
        "code", "title", "lead", "partners", "calls", "year", "amount", "currency", "topics", "text",
    ]  # fmt: skip
    for at in range(count):
        yield [
            f"p{at}",
            f"Proiect sintetic {at}",
            f"o{draw.randrange(organisations)}",
            ";".join(f"o{draw.randrange(organisations)}" for _ in range(2)),
            f"c{draw.randrange(calls)}",
            str(draw.randrange(2015, 2027)),
            str(draw.randrange(1_000, 1_000_000)),
            "EUR",
            _topics(draw),
            "Ateliere și spații deschise; proiect inventat pentru măsurători.",
        ]
