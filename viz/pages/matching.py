"""Matches as pages show them: a card, its score as a meter, reasons with their sources, the rules' answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.catalogue.base import SourceRef, Statement
from graph.match.base import Eligibility, Match
from graph.match.features import ALL
from ontology.errors import Said
from ontology.loading import load_model
from ontology.model import PropertyDef
from viz.asked import Asked, href
from viz.pages.cards import Card, cards

LONGEST = 160
"""Letters of a value in a statement."""

PROOFS = 2
"""Statements shown under one reason; the pages of both things have them all."""

FEATURE_NAMES: dict[str, Said] = {
    "named_in_plan": Said("numit în plan", "named in the plan"),
    "semantic": Said("apropiat ca înțeles", "close in meaning"),
    "words": Said("cuvinte apropiate", "close words"),
    "topics": Said("teme comune", "shared topics"),
    "track_record": Said("proiecte anterioare", "track record"),
    "place": Said("loc", "place"),
    "capacity": Said("capacitate", "capacity"),
    "mandate": Said("mandat", "mandate"),
    "network": Said("legături", "network"),
    "forecast": Said("prognoză", "forecast"),
}
"""What each feature is called on pages; its whole description is on the about page."""

ANSWERS: dict[str, Said] = {
    "YES": Said("da", "yes"),
    "NO": Said("nu", "no"),
    "UNKNOWN": Said("nu se știe", "unknown"),
}


@dataclass(frozen=True)
class Proof:
    """One statement behind a reason, in words, with the page it was read from."""

    words: str
    url: str | None
    source: SourceRef | None


@dataclass(frozen=True)
class Why:
    """One reason: the feature's name, its share of the score (0 to 100), the sentence, its proofs."""

    name: str
    share: int
    text: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class RuleLine:
    """One rule of eligibility with its answer, sentence and missing facts."""

    label: str
    answer: str
    answer_label: str
    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One match: `score` from 0 to 100; `pick` is the value that puts it on the shortlist."""

    card: Card
    score: int
    eligible: str
    eligible_label: str
    why: tuple[Why, ...]
    rules: tuple[RuleLine, ...]
    pick: str
    picked: bool


def rule_lines(asked: Asked, found: Eligibility | None) -> tuple[RuleLine, ...]:
    """The answers of every rule."""
    names = load_model().codes["RuleKind"].codes
    lang = asked.lang
    return tuple(
        RuleLine(
            label=names[r.rule].label(lang),
            answer=r.answer,
            answer_label=ANSWERS[r.answer](lang),
            text=r.text(lang),
            missing=tuple(m(lang) for m in r.missing),
        )
        for r in (found.rules if found else ())
    )


class _Proofs:
    """Says statements in words; everything they name is loaded together."""

    def __init__(self, asked: Asked, statements: Sequence[Statement]) -> None:
        self.asked = asked
        catalogue = asked.ground.data.catalogue
        ids = list(
            dict.fromkeys(
                [s.subject for s in statements] + [s.object for s in statements if s.object]
            )
        )
        self.records = {r.id: r for r in catalogue.records(ids) if r is not None}
        pages = list(dict.fromkeys(p for s in statements for p in s.sources[:1]))
        self.pages = dict(zip(pages, catalogue.source(pages), strict=True))

    def of(self, one: Statement) -> Proof:
        """One statement as a proof."""
        lang = self.asked.lang
        subject, target = self.records.get(one.subject), self.records.get(one.object or "")
        prop = (
            load_model().cls(subject.type).properties.get(one.field)
            if subject is not None
            else None
        )
        name = prop.label(lang) if prop else one.field
        if target is not None:
            what = target.label(lang)
        else:
            what = self._value(prop, one.value if one.value is not None else one.object)
        if len(what) > LONGEST:
            what = what[: LONGEST - 1].rstrip() + "…"
        page = self.pages.get(one.sources[0]) if one.sources else None
        url = href(lang, one.subject) if subject is not None and subject.kind else None
        return Proof(f"{self._name(one.subject)}: {name} — {what}", url, page)

    def _value(self, prop: PropertyDef | None, value: object) -> str:
        """A value in the words of the page: codes by their names, days and numbers as people write them."""
        kind = prop.kind.name if prop else ""
        if prop is not None and prop.code_list:
            codes = load_model().codes[prop.code_list].codes
            return codes[str(value)].label(self.asked.lang) if str(value) in codes else str(value)
        if kind in ("date", "calendar"):
            return self.asked.speech.day(value)
        if kind in ("decimal", "integer") and isinstance(value, (int, float)) and prop is not None:
            return str(value) if prop.name == "year" else self.asked.speech.number(value)
        return str(value)

    def _name(self, id_: str) -> str:
        record = self.records.get(id_)
        if record is None:
            return id_
        if record.kind is None:
            return load_model().cls(record.type).label(self.asked.lang)
        return record.label(self.asked.lang)


def _telling(evidence: Sequence[Statement], lang: str) -> list[Statement]:
    """Statements of which none says in the other language what another says in this one."""
    here = {(s.subject, s.field) for s in evidence if s.lang == lang}
    return [s for s in evidence if s.lang in (None, lang) or (s.subject, s.field) not in here]


def lines(asked: Asked, matches: Sequence[Match], picked: Sequence[str] = ()) -> tuple[Line, ...]:
    """Matches as lines of a list."""
    shown = {c.id: c for c in cards(asked, [m.id for m in matches])}
    proofs = _Proofs(asked, [s for m in matches for r in m.reasons for s in r.evidence])
    lang = asked.lang
    return tuple(
        Line(
            card=shown[m.id],
            score=round(100 * m.score),
            eligible=m.eligible,
            eligible_label=ANSWERS[m.eligible](lang),
            why=tuple(
                Why(
                    FEATURE_NAMES[r.kind](lang),
                    round(100 * r.contribution),
                    r.text(lang),
                    tuple(proofs.of(s) for s in _telling(r.evidence, lang)[:PROOFS]),
                )
                for r in m.reasons
            ),
            rules=rule_lines(asked, m.eligibility),
            pick=m.id,
            picked=m.id in picked,
        )
        for m in matches
        if m.id in shown
    )


assert set(ALL) | {"forecast"} == set(FEATURE_NAMES)
