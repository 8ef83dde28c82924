"""A catalogue in memory made from the bundled tables (real rows), and random cities."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from graph.catalogue.base import Record, Statement
from graph.network import City, Link, Node, city, project

TABLES = Path(__file__).parents[2] / "ingest" / "datasets" / "timisoara"
SOURCE = "source/timisoara"


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _many(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _both(ro: str, en: str = "") -> dict[str, str]:
    return {"ro": ro, "en": en or ro}


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


class Tables:
    """The part of the Catalogue protocol that the network reads, over rows of the CSV files."""

    version = "test"

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.found: dict[str, Record] = {}
        for row in _rows("bodies"):
            council = row["kind"] in ("consultative_council", "committee")
            self.ids[row["id"]] = (
                f"{'council' if council else 'group'}/{row['id'].split('-', 1)[1]}"
            )
        for table, old, new in (
            ("organisations", "org-", "org/"),
            ("projects", "proj-", "project/"),
            ("funds", "fund-", "call/"),
            ("platforms", "platform-", "platform/"),
        ):
            for row in _rows(table):
                self.ids[row["id"]] = new + row["id"].removeprefix(old)
        for row in _rows("legal_acts"):
            self.ids[row["id"]] = (
                f"{'strategy' if row['kind'] == 'strategy' else 'act'}/{row['id']}"
            )
        self._organisations()
        self._bodies()
        self._calls()
        self._projects()
        self._acts()
        for row in _rows("platforms"):
            values = {"label": _both(row["name"]), "operator": self.ids.get(row["operator"])}
            self._add(self.ids[row["id"]], "Platform", "PLATFORM", values)

    def _add(self, thing: str, name: str, kind: str | None, values: dict[str, Any]) -> None:
        filled = {field: value for field, value in values.items() if value not in (None, "", [])}
        self.found[thing] = Record(thing, name, kind, filled)

    def _topics(self, text: str) -> list[str]:
        found = [f"topic/{slug}" for slug in _many(text)]
        for topic in found:
            self._add(topic, "Topic", "TOPIC", {"label": _both(topic.removeprefix("topic/"))})
        return found

    def _member(self, one: str, body: str) -> None:
        if one in self.ids and body in self.ids:
            values = {"organisation": self.ids[one], "body": self.ids[body]}
            self._add(f"membership/{one}-{body}", "Membership", None, values)

    def _organisations(self) -> None:
        for row in _rows("organisations"):
            values = {
                "label": _both(row["name"]),
                "topics": self._topics(row["topics"]),
                "founded": row["founded"],
                "legalForm": row["kind"],
            }
            self._add(self.ids[row["id"]], "Organisation", "ORGANISATION", values)
            for body in _many(row["memberships"]):
                self._member(row["id"], body)

    def _bodies(self) -> None:
        for row in _rows("bodies"):
            one = self.ids[row["id"]]
            council = one.startswith("council/")
            values = {
                "label": _both(row["name"]),
                "topics": self._topics(row["topics"]),
                "established": row["established"],
                "parent": self.ids.get(row["parent"]),
                "legalActs": [self.ids[act] for act in _many(row["legal_act"]) if act in self.ids],
            }
            name, kind = ("Council", "COUNCIL") if council else ("WorkingGroup", "WORKING_GROUP")
            self._add(one, name, kind, values)
            for member in _many(row["members"]):
                self._member(member, row["id"])

    def _calls(self) -> None:
        for row in _rows("funds"):
            programme = f"programme/{_slug(row['programme'])}" if row["programme"] else None
            if programme:
                self._add(programme, "Programme", "PROGRAMME", {"label": _both(row["programme"])})
            values = {
                "label": _both(row["name"]),
                "topics": self._topics(row["topics"]),
                "programme": programme,
                "funder": self.ids.get(row["funder"]),
                "year": int(row["year"]) if row["year"].isdigit() else None,
                "opens": row["opens"],
                "closes": row["closes"],
            }
            self._add(self.ids[row["id"]], "Call", "CALL", values)

    def _projects(self) -> None:
        for row in _rows("projects"):
            values = {
                "label": _both(row["title"]),
                "topics": self._topics(row["topics"]),
                "lead": self.ids.get(row["beneficiary"]),
                "partners": [self.ids[one] for one in _many(row["partners"]) if one in self.ids],
                "calls": [self.ids[row["fund"]]] if row["fund"] in self.ids else [],
                "year": int(row["year"]) if row["year"].isdigit() else None,
            }
            self._add(self.ids[row["id"]], "Project", "PROJECT", values)

    def _acts(self) -> None:
        for row in _rows("legal_acts"):
            one = self.ids[row["id"]]
            values = {
                "label": _both(row["title_ro"]),
                "date": row["date"],
                "concerns": [self.ids[it] for it in _many(row["concerns"]) if it in self.ids],
            }
            strategy = one.startswith("strategy/")
            self._add(
                one,
                "Strategy" if strategy else "LegalAct",
                "STRATEGY" if strategy else "LEGAL_ACT",
                values,
            )

    def scan(self, kinds: Sequence[str] = ()) -> Iterator[Record]:
        for _, record in sorted(self.found.items()):
            if record.kind is not None and (not kinds or record.kind in kinds):
                yield record

    def scan_type(self, name: str) -> Iterator[Record]:
        return (record for _, record in sorted(self.found.items()) if record.type == name)

    def statements(self, subject: str) -> list[Statement]:
        record = self.found[subject]
        return [
            Statement(subject, name, other, None, None, (SOURCE,))
            for name in record.values
            if name not in ("label", "founded", "established", "date", "year", "opens", "closes")
            for other in record.refs(name)
        ]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return Tables()


@pytest.fixture(scope="session")
def timisoara(tables: Tables) -> City:
    return project(tables)  # type: ignore[arg-type]


def random_city(count: int, links: int, seed: int = 1) -> City:
    """A synthetic city: organisations and projects, hubs likelier, no two the same twice."""
    chance = random.Random(seed)
    kinds = ("ORGANISATION", "ORGANISATION", "PROJECT")
    nodes = [
        Node(f"thing/{at:06}", kinds[at % 3], f"Lucrul {at}", f"Thing {at}", (f"topic/t{at % 7}",))
        for at in range(count)
    ]
    ends = [0]
    made: list[Link] = []
    for at in range(links):
        one = at if at < count else chance.randrange(count)
        other = chance.choice(ends) if chance.random() < 0.7 else chance.randrange(count)
        if one != other:
            year = 2015 + chance.randrange(10)
            made.append(Link(nodes[one].id, nodes[other].id, "partner", 1.0, year, year))
            ends += [one, other]
    return city(nodes, made)


@pytest.fixture(scope="session")
def synthetic() -> City:
    return random_city(200, 420)
