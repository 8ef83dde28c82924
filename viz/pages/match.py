"""Matching for anything: an organisation, a project idea in free text, a call, an action; weights, "why not", shortlist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from graph.match.base import Subject
from graph.match.features import described
from graph.match.score import FEATURES
from ontology.loading import load_model
from viz.asked import Asked, PageDef
from viz.pages.applicant import NOBODY, Choice, form_choices, who_asks
from viz.pages.blocks import DEFAULT, GROUPS, WANT, Block, blocks, moved
from viz.pages.cards import Card, card
from viz.pages.compared import Comparison, compare
from viz.pages.facets import kinds_of
from viz.pages.matching import FEATURE_NAMES, Line, lines
from viz.pages.named import Doubt, doubt, meant
from viz.pages.note import Note, note
from viz.pages.shortlist import Picked, picked, picks_asked, shortlist_csv
from viz.pages.sorts import sort_asked

_NAMED = ("ORGANISATION", "PROJECT", "CALL", "PROGRAMME", "COMMITMENT", "ACTION")
"""Kinds of things that one begins from by their name."""

_LIKE_AN_ID = re.compile(r"\w+[/:]\S+|[A-Za-z][0-9]+([.][0-9]+)?")


@dataclass(frozen=True)
class WantBox:
    """Kinds that are wanted together, as one checkbox; its value names them all."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Slider:
    """The weight of one feature, from 0 (off) to 100."""

    name: str
    label: str
    hint: str
    value: int


@dataclass(frozen=True)
class Advised:
    """One thing that would raise a score: the feature's name, by how many of 100, what to do."""

    name: str
    gain: int
    text: str


@dataclass(frozen=True)
class WhyNot:
    """The answer to "why not X?": the pair in full, and what would raise its score."""

    line: Line
    advice: tuple[Advised, ...]


@dataclass(frozen=True)
class MatchPage:
    """`subject` and `idea` are what is asked about; without either the page asks for one.

    `applicant` is who would ask for the money, `described` one that is not on the map, `sort` the sort of partners, `compared` the chosen ones
    side by side. `doubt` holds what the name in "why not" may mean, `subject_doubt` what the name to
    begin from may mean, `applicant_doubt` who may be meant as applicant.
    """

    subject: Card | None
    idea: str
    wants: tuple[WantBox, ...]
    sliders: tuple[Slider, ...]
    ineligible: bool
    blocks: tuple[Block, ...]
    why: WhyNot | None
    why_given: str
    doubt: Doubt | None
    subject_given: str
    subject_doubt: Doubt | None
    applicant: Card | None
    applicant_given: str
    applicant_doubt: Doubt | None
    described: str
    forms: tuple[Choice, ...]
    town: str
    sort: str
    chosen: tuple[Picked, ...]
    compared: Comparison | None
    csv_url: str
    note_url: str
    understood: tuple[str, ...]


def _idea(asked: Asked) -> str:
    """The free text; `q` is what other pages call the words of a visitor."""
    return asked.one("text") or asked.one("q")


def _subject(asked: Asked) -> tuple[Subject | None, Doubt | None]:
    """The subject of this id, code or whole name, else of the free text; else the things that may be meant.

    Raises NotFoundError for an id that is not on the map.
    """
    given, idea = asked.one("subject"), _idea(asked)
    matcher = asked.ground.data.matcher
    if not given:
        return (matcher.subject(text=idea) if idea else None), None
    found = meant(asked, given, _NAMED)
    if found.record is not None:
        return matcher.subject(id=found.record.id), None
    if found.near and not _LIKE_AN_ID.fullmatch(given):
        return None, doubt(asked, given, found.near, subject="{id}")
    return matcher.subject(any=given), None


def _why(asked: Asked, subject: Subject, given: str) -> tuple[WhyNot | None, Doubt | None]:
    """The answer for the candidate of this id or exact name; else the things that may be meant."""
    if not given:
        return None, None
    found = meant(asked, given)
    if found.record is None:
        return None, doubt(asked, given, found.near, why="{id}")
    matcher, today = asked.ground.data.matcher, asked.ground.today
    made = lines(asked, [matcher.explain(subject, found.record.id, as_of=today)])
    if not made:
        return None, None
    advice = matcher.advice(subject, found.record.id, as_of=today)[:4]
    return WhyNot(
        made[0],
        tuple(
            Advised(FEATURE_NAMES[a.kind](asked.lang), round(100 * a.gain), a.text(asked.lang))
            for a in advice
        ),
    ), None


def build(asked: Asked) -> Any:
    """The match page."""
    data, lang = asked.ground.data, asked.lang
    subject, unsure = _subject(asked)
    picks = picks_asked(asked)
    record = data.catalogue.records([subject.id])[0] if subject is not None and subject.id else None
    if subject is not None and asked.one("format") == "csv":
        return shortlist_csv(asked, subject, picks, "match")
    if subject is not None and asked.one("format") == "docx":
        title = asked.speech.say("Who and what fits")
        lead = record.label(lang) if record is not None else _idea(asked)
        return note(asked, Note("match", title, lead, ()), picked(asked, subject, picks))
    wanted = kinds_of(asked, "want")
    usual = WANT.get((record.kind or "") if record else "TEXT", DEFAULT)
    chosen = wanted or usual
    ineligible = asked.one("all") == "1"
    # An organisation that is asked about applies itself: the form has no field for another.
    itself = record is not None and record.kind == "ORGANISATION"
    who, unknown = (NOBODY, None) if itself else who_asks(asked)
    held = picked(asked, subject, picks) if subject is not None else ()
    hints = described()
    why, doubt_ = _why(asked, subject, asked.one("why")) if subject is not None else (None, None)
    factors = moved(asked)
    return MatchPage(
        subject=card(asked, record) if record is not None else None,
        idea=_idea(asked),
        wants=tuple(
            WantBox(",".join(group), title(lang), any(kind in chosen for kind in group))
            for group, title in GROUPS
        ),
        sliders=tuple(
            Slider(n, FEATURE_NAMES[n](lang), hints[n](lang), round(50 * factors.get(n, 1.0)))
            for n in FEATURES
        ),
        ineligible=ineligible,
        blocks=blocks(asked, subject, chosen, who.applying) if subject is not None else (),
        why=why,
        why_given=asked.one("why"),
        doubt=doubt_,
        subject_given=asked.one("subject"),
        subject_doubt=unsure,
        applicant=card(asked, who.record) if who.record is not None else None,
        applicant_given=asked.one("org"),
        applicant_doubt=unknown,
        described=who.in_words(lang),
        forms=form_choices(who, lang),
        town=who.town,
        sort=sort_asked(asked),
        chosen=held,
        compared=compare([one.line for one in held if one.line is not None], lang),
        csv_url=asked.link(format="csv"),
        note_url=asked.link(format="docx"),
        understood=tuple(
            load_model().topics[t.removeprefix("topic/")].label(lang)
            for t in (subject.topics if subject else ())
            if t.removeprefix("topic/") in load_model().topics
        ),
    )


PAGES = (PageDef("match", "/match", build, "match.html", MatchPage),)
