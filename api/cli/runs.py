"""How the outcome of an ingest is told to a clerk: counts, then each thing and field, then what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from api.cli.state import State
from ontology.errors import Said
from ontology.loading import load_model
from ontology.vocab import expand

if TYPE_CHECKING:
    from ingest.pipeline import Change, Outcome

_COUNTS = {
    "read": Said("citite", "read"),
    "accepted": Said("primite", "accepted"),
    "rejected": Said("respinse", "rejected"),
    "merged": Said("îmbinate", "merged"),
    "unchanged": Said("neschimbate", "unchanged"),
    "added": Said("adăugate", "added"),
    "changed": Said("schimbate", "changed"),
    "removed": Said("scoase", "removed"),
}
"""Rows up to `unchanged`, things from `added` on."""

RESULTS = {
    "updated": Said("adusă la zi", "updated"),
    "unchanged": Said("neschimbată", "unchanged"),
    "stopped": Said("oprită", "stopped"),
    "dry-run": Said("probă", "dry-run"),
}
"""How a run ended."""

_WHAT = {
    "added": Said("s-ar adăuga", "would be added"),
    "changed": Said("s-ar schimba", "would change"),
    "removed": Said("s-ar scoate", "would be removed"),
    "merged": Said("s-ar îmbina", "would be merged"),
}
_MOST = 25
"""Things of one sort that are told one by one; `--json` tells all."""

_PROBLEMS = 20
_LONGEST = 120
_LABEL = expand("skos:prefLabel")
_UNSAID = frozenset(
    map(expand, ("rdf:type", "dcterms:source", "dcterms:identifier", "skos:prefLabel"))
)


def tell(held: State, outcomes: list[Outcome]) -> None:
    """Everything about the runs of one command."""
    lang = held.lang
    rows = [
        [one.source, RESULTS[one.result](lang), *(getattr(one.counts, name) for name in _COUNTS)]
        for one in outcomes
    ]
    heads = [Said("sursa", "source"), Said("rezultat", "result"), *_COUNTS.values()]
    held.out.table("", [said(lang) for said in heads], rows)
    for one in outcomes:
        _tell_changes(held, one.changes)
        _tell_refused(held, one)


def _tell_changes(held: State, changes: Iterable[Change]) -> None:
    first: dict[str, list[Change]] = {what: [] for what in _WHAT}
    count: Counter[str] = Counter()
    for change in changes:
        count[change.what] += 1
        if len(first[change.what]) < _MOST:
            first[change.what].append(change)
    for what, some in first.items():
        for change in some:
            _tell_change(held, change)
        if (left := count[what] - len(some)) > 0:
            more = Said(
                f"… și încă {left} ({_WHAT[what].ro}); toate cu --json",
                f"… and {left} more ({_WHAT[what].en}); all of them with --json",
            )
            held.out.say(f"  {more(held.lang)}")


def _tell_change(held: State, change: Change) -> None:
    named = next((after or before for path, before, after in change.fields if path == _LABEL), ())
    name = f": {_cut(named[0])}" if named else ""
    where = f" ({change.where})" if change.where else ""
    held.out.say(f"  {_WHAT[change.what](held.lang)}: {change.id}{name}{where}")
    for path, before, after in change.fields:
        if path in _UNSAID and (change.what != "changed" or path != _LABEL):
            continue
        old, new = (", ".join(_cut(_short(held, one)) for one in some) for some in (before, after))
        said = new if change.what == "added" else f"{old or '∅'} → {new or '∅'}"
        held.out.say(f"      {_field(path, held.lang)}: {said}")


def _field(path: str, lang: str) -> str:
    """What people call a property."""
    for cls in load_model().classes.values():
        for prop in cls.properties.values():
            if prop.path == path and not prop.inverse:
                return prop.label(lang)
    return path.replace("#", "/").rsplit("/", 1)[-1]


def _short(held: State, value: str) -> str:
    """A thing of ours by its id."""
    return held.installation.base.id_of(value) or value


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _tell_refused(held: State, one: Outcome) -> None:
    lang = held.lang
    for problem in one.problems[:_PROBLEMS]:
        held.out.warn(f"  {problem.message(lang)}")
    if len(one.problems) > _PROBLEMS:
        more = Said("și încă", "and more:")
        held.out.warn(f"  … {more(lang)} {len(one.problems) - _PROBLEMS}")
    if one.rejects is None:
        return
    said = Said(f"rândurile respinse: {one.rejects}", f"rejected rows: {one.rejects}")
    held.out.warn(f"{one.source}: {said(lang)}")
    if one.result == "updated":
        back = Said(
            f"corectați o copie și dați-o înapoi: resurse ingest {one.source} --corrections COPIA.csv",
            f"correct a copy and hand it back: resurse ingest {one.source} --corrections COPY.csv",
        )
        held.out.warn(f"{one.source}: {back(lang)}")
