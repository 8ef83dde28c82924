"""Judged lists: for a subject, who and what a person would turn to, graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from graph.match.base import Subject
from ontology.errors import FileError, Said

if TYPE_CHECKING:
    from graph.match.engine import Matcher

WANTED: Final[Mapping[str, tuple[str, ...]]] = {
    "partners": ("ORGANISATION",),
    "calls": ("CALL",),
    "councils": ("COUNCIL", "WORKING_GROUP"),
}
"""The kinds behind each list of a judged set."""

DAY: Final = date(2026, 1, 15)
"""The day of the judgements: calls were judged by what they pay for, so it changes no order."""


@dataclass(frozen=True)
class Judged:
    """One list of one subject: ids graded 1 (worth a word), 2 (helps), 3 (asked first)."""

    subject: Subject
    kind: str
    lang: str
    wanted: str
    relevant: Mapping[str, int]


def read_pairs(matcher: Matcher, path: Path) -> list[Judged]:
    """The judged lists of a YAML file, ids made canonical; ids that name nothing are dropped.

    Raises FileError for a file of another form.
    """
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
        scheme, prefix = told.get("scheme"), told.get("prefix", {})
        return [
            made
            for query in told["queries"]
            for wanted in WANTED
            if (made := _judged(matcher, query, wanted, scheme, prefix.get(wanted, "")))
        ]
    except (OSError, UnicodeError, yaml.YAMLError, LookupError, TypeError, ValueError,
            AttributeError) as error:  # fmt: skip
        raise FileError(
            Said(f"perechile judecate nu se pot citi ({error})",
                 f"the judged pairs cannot be read ({error})"),
            Said("Scrieți: queries: [{subject: A1.1, lang: ro, partners: {3: [org/…]}}].",
                 "Write: queries: [{subject: A1.1, lang: ro, partners: {3: [org/…]}}]."),
            str(path),
        ) from error  # fmt: skip


def _judged(
    matcher: Matcher, query: Mapping[str, Any], wanted: str, scheme: str | None, prefix: str
) -> Judged | None:
    grades = {name: grade for grade, names in query.get(wanted, {}).items() for name in names}
    names = [f"{scheme}:{prefix}{name}" if scheme else str(name) for name in grades]
    ids = matcher.catalogue.resolve(names)
    relevant = {
        id_: int(grade) for id_, grade in zip(ids, grades.values(), strict=True) if id_ is not None
    }
    if not relevant:
        return None
    if "text" in query:
        subject, kind = Subject(None, str(query["text"])), "TEXT"
    else:
        subject = matcher.subject(any=str(query["subject"]))
        kind = matcher.profile(subject).kind
    return Judged(subject, kind, str(query["lang"]), wanted, relevant)
