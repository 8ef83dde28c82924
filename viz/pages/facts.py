"""The facts of a thing as its page tells them, each value with the sources that state it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from graph.catalogue.base import Record, Statement
from ontology.loading import load_model
from ontology.model import PropertyDef
from viz.asked import Asked, href
from viz.pages.targets import wanted

APART = frozenset({"label", "description", "topics", "identifiers", "altLabels"})
"""Fields that the head of the page tells."""


ASIDE = frozenset({"currency", "edition", "order"})
"""Fields that the page needs no line for: sums carry their currency; the rest are for machines."""

FIGURE = frozenset({"comparator", "value", "lower", "upper", "unit", "ratePeriod"})
"""Fields of a target that are told together, as one figure."""


@dataclass(frozen=True)
class Piece:
    """One value as it is shown: plain words, or a link; `source` is the number of its source in the list below."""

    words: Markup
    url: str | None
    source: tuple[int, ...]


@dataclass(frozen=True)
class Fact:
    """One field with its values; `contested` when sources disagree about it."""

    name: str
    label: str
    hint: str
    values: tuple[Piece, ...]
    contested: bool


def _words(asked: Asked, prop: PropertyDef, value: Any, record: Record) -> Markup:
    speech, kind = asked.speech, prop.kind.name
    if kind == "text":
        return speech.text(value if isinstance(value, Mapping) else {"ro": str(value)})
    if kind == "code" and prop.code_list:
        codes = load_model().codes[prop.code_list].codes
        return Markup.escape(codes[value].label(asked.lang) if value in codes else value)
    if kind in ("date", "calendar"):
        return Markup('<time datetime="{0}">{1}</time>').format(value, speech.day(value))
    if kind == "decimal" and prop.name in ("amount", "budget", "minGrant", "maxGrant"):
        return Markup.escape(speech.money(value, record.values.get("currency")))
    if kind == "percent":
        return Markup.escape(speech.percent(value))
    if kind == "decimal" or (kind == "integer" and prop.name != "year"):
        return Markup.escape(speech.number(value))
    if kind == "boolean":
        return Markup.escape(speech.say("yes") if value else speech.say("no"))
    if kind == "point":
        return Markup.escape(f"{value[0]:.5f}, {value[1]:.5f}")
    return Markup.escape(str(value))


def facts_of(
    asked: Asked,
    record: Record,
    statements: list[Statement],
    numbers: Mapping[str, int],
    contested: set[str],
) -> tuple[Fact, ...]:
    """Fields of the record in the ontology's order, each value with the sources that state it."""
    said: dict[tuple[str, str], tuple[int, ...]] = {}
    for one in statements:
        key = (one.field, str(one.object if one.object is not None else one.value))
        said[key] = tuple(numbers[s] for s in one.sources if s in numbers)
    told = [p for p in _lines(record) if record.values.get(p.name) is not None]
    ends = {t for p in told if p.kind.name == "reference" for t in record.refs(p.name)}
    names = {r.id: r for r in asked.ground.data.catalogue.records(sorted(ends)) if r is not None}
    facts = [_figure(asked, record, said)] if wanted(asked, record) else []
    for prop in told:
        value = record.values[prop.name]
        if prop.kind.name == "text" and value == record.values.get("label"):
            continue
        many = value if isinstance(value, list) and prop.kind.name != "point" else [value]
        if prop.kind.name == "text" and prop.many:
            many = list(asked.speech.spoken(many))
        pieces = tuple(_piece(asked, prop, one, record, said, names) for one in many)
        label, hint = prop.label(asked.lang).removesuffix(" (%)"), prop.definition(asked.lang)
        facts.append(Fact(prop.name, label, hint, pieces, prop.name in contested))
    return tuple(facts)


def unknown_of(asked: Asked, record: Record) -> tuple[str, ...]:
    """What no source states of the fields that hold one plain value, by their labels."""
    if wanted(asked, record):
        return ()
    return tuple(
        prop.label(asked.lang).removesuffix(" (%)")
        for prop in _lines(record)
        if record.values.get(prop.name) is None
        and not prop.many
        and prop.kind.name not in ("point", "text", "duration")
        and prop.name != "page"
    )


def _lines(record: Record) -> list[PropertyDef]:
    """The fields that get a line of their own; lists of things are groups of the page."""
    figure = FIGURE if record.type == "Target" else frozenset()
    return [
        prop
        for name, prop in load_model().cls(record.type).properties.items()
        if not (
            name in APART | ASIDE | figure
            or prop.inverse
            or prop.kind.name == "part"
            or (prop.kind.name == "reference" and prop.many)
        )
    ]


def _figure(asked: Asked, record: Record, said: Mapping[tuple[str, str], tuple[int, ...]]) -> Fact:
    """What a target wants, as one figure."""
    say = asked.speech.say
    piece = Piece(Markup.escape(wanted(asked, record)), None, _of_fields(said, FIGURE))
    return Fact(
        "wanted", say("target figure"), say("The figure that the target sets."), (piece,), False
    )


def _of_fields(
    said: Mapping[tuple[str, str], tuple[int, ...]], fields: Collection[str]
) -> tuple[int, ...]:
    """The sources of some fields, whatever they state."""
    return tuple(dict.fromkeys(n for (field, _), ns in said.items() if field in fields for n in ns))


def _piece(
    asked: Asked,
    prop: PropertyDef,
    value: Any,
    record: Record,
    said: Mapping[tuple[str, str], tuple[int, ...]],
    names: Mapping[str, Record],
) -> Piece:
    """One value: a link where it is a thing or an address."""
    kind, source = prop.kind.name, said.get((prop.name, str(value)), ())
    if kind == "reference":
        target = names.get(value)
        words = asked.speech.name(target.values.get("label")) if target else Markup.escape(value)
        return Piece(words, href(asked.lang, value), source)
    if kind == "url":
        short = str(value).removeprefix("https://").removeprefix("http://").rstrip("/")
        return Piece(Markup.escape(short), str(value), source)
    if kind == "text":
        source = _of_fields(said, (prop.name,))
    return Piece(_words(asked, prop, value, record), None, source)


def named_only(asked: Asked, record: Record) -> Fact | None:
    """Members and actors that are known by name only."""
    catalogue = asked.ground.data.catalogue
    names = []
    for field in ("members", "actors"):
        ids = catalogue.links([record.id], field)[record.id]
        for one in catalogue.records(ids):
            if one is not None and not one.refs("organisation") and not one.refs("participant"):
                words = one.text("genericGroup", asked.lang) or str(one.values.get("name") or "")
                if words:
                    names.append(Piece(Markup.escape(words), None, ()))
    if not names:
        return None
    say = asked.speech.say
    return Fact(
        "named",
        say("also named"),
        say("Named by the source without being identified."),
        tuple(names),
        False,
    )
