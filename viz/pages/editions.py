"""When a programme comes back and on which conditions: what its editions say, the newest one above all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.catalogue.base import Record
from graph.match.forecast import opened_in, usual_month
from ontology.loading import load_model
from ontology.model import Code
from viz.asked import Asked, href
from viz.pages.programmes import newest_first, runs


@dataclass(frozen=True)
class Rule:
    """One eligibility rule of a call."""

    label: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Editions:
    """The years a programme `ran`, the `month` (1 to 12) in which most editions `opened`, in which years, and the newest."""

    ran: str
    month: int | None
    opened: str
    newest: Mapping[str, str]
    newest_url: str


def editions_of(asked: Asked, record: Record) -> tuple[Editions | None, tuple[Rule, ...]]:
    """The editions of a programme with the conditions of the newest; of a call its own conditions."""
    if record.kind != "PROGRAMME":
        return None, rules_of(record, asked.lang)
    catalogue = asked.ground.data.catalogue
    held = catalogue.records(catalogue.links([record.id], "calls")[record.id])
    editions = newest_first(one for one in held if one is not None)
    if not editions:
        return None, ()
    years = sorted({int(one.values["year"]) for one in editions if one.values.get("year")})
    newest = editions[0]
    month = usual_month(editions)
    found = Editions(
        runs(years),
        month,
        runs(opened_in(editions, month)) if month else "",
        newest.values.get("label") or {"ro": newest.id},
        href(asked.lang, newest.id),
    )
    return found, rules_of(newest, asked.lang)


def rules_of(record: Record, lang: str) -> tuple[Rule, ...]:
    """The conditions that a call states."""
    kinds = load_model().codes["RuleKind"].codes
    return tuple(_rule(kinds[one["kind"]], one, lang) for one in record.values.get("rules", ()))


def _rule(kind: Code, rule: Mapping[str, Any], lang: str) -> Rule:
    """A condition under the name of its kind, which its text need not say again."""
    said = {}
    for code, words in (rule.get("text") or {}).items():
        head, _, rest = words.partition(": ")
        again = rest and kind.label(code).casefold().startswith(head.casefold())
        said[code] = rest[:1].upper() + rest[1:] if again else words
    return Rule(kind.label(lang), said)
