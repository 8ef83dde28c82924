"""One record out of what several sources state: who wins where only one value fits, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.catalogue.base import Statement
from ontology.model import ClassDef, PropertyDef


@dataclass(frozen=True)
class Fact:
    """One value of one field as one graph states it; `rank` is the source's priority, lower first.

    `place` is where the value stands in the source's list, if its order says something.
    """

    field: str
    value: object
    lang: str | None
    rank: int
    sources: tuple[str, ...]
    place: int | None = None


@dataclass
class Merged:
    """The values of a record, every statement behind them, and where sources disagree."""

    values: dict[str, Any] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    also: dict[str, list[str]] = field(default_factory=dict)
    """By field that holds one code, the other codes that are stated of it."""


def _key(fact: Fact) -> str:
    return repr(fact.value)


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Equal values once, with the sources of all: by rank, then as the source lists them, then by value."""
    found: dict[tuple[str, str | None], Fact] = {}
    for fact in sorted(facts, key=lambda f: (f.rank, f.place is None, f.place or 0, _key(f))):
        key = (_key(fact), fact.lang)
        if key in found:
            first = found[key]
            sources = tuple(dict.fromkeys(first.sources + fact.sources))
            found[key] = replace(first, sources=sources)
        else:
            found[key] = fact
    return list(found.values())


def _one_text(facts: list[Fact]) -> dict[str, str]:
    made: dict[str, str] = {}
    for fact in facts:
        made.setdefault(fact.lang or "ro", str(fact.value))
    return made


def _many_texts(facts: list[Fact]) -> list[dict[str, str]]:
    return [{fact.lang or "ro": str(fact.value)} for fact in facts]


def _value(prop: PropertyDef, facts: list[Fact]) -> Any:
    if prop.kind.name == "text":
        return _many_texts(facts) if prop.many else _one_text(facts)
    plain = [fact.value for fact in facts]
    return plain if prop.many else plain[0]


def merge(subject: str, cls: ClassDef, facts: Iterable[Fact]) -> Merged:
    """Merges all facts about a thing.

    Where one value fits, the source with the lowest priority number wins; another name becomes
    another name, any other loser stays among the statements and is told as a contradiction.
    """
    by_field: dict[str, list[Fact]] = {}
    for fact in facts:
        by_field.setdefault(fact.field, []).append(fact)
    merged = Merged()
    other_names: list[str] = []
    for name, prop in cls.properties.items():
        if prop.inverse or name not in by_field:
            continue
        distinct = _distinct(by_field[name])
        merged.values[name] = _value(prop, distinct)
        if not prop.many and _disagree(prop, distinct):
            if name == "label":
                kept = set(merged.values[name].values())
                other_names += [str(f.value) for f in distinct if str(f.value) not in kept]
            else:
                merged.contradictions.append(name)
                if prop.kind.name == "code":
                    merged.also[name] = [str(fact.value) for fact in distinct[1:]]
        merged.statements += [_statement(subject, prop, fact) for fact in distinct]
    if other_names:
        have = list(merged.values.get("altLabels", ()))
        merged.values["altLabels"] = have + [n for n in dict.fromkeys(other_names) if n not in have]
    return merged


def _disagree(prop: PropertyDef, facts: list[Fact]) -> bool:
    if prop.kind.name == "text":
        langs = [fact.lang for fact in facts]
        return len(langs) != len(set(langs))
    return len(facts) > 1


def _statement(subject: str, prop: PropertyDef, fact: Fact) -> Statement:
    kind = prop.kind.name
    if kind in ("reference", "part"):
        target = fact.value["id"] if isinstance(fact.value, Mapping) else str(fact.value)
        return Statement(subject, prop.name, target, None, None, fact.sources)
    return Statement(subject, prop.name, None, fact.value, fact.lang, fact.sources)
