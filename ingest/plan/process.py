"""Reads how a plan was made: the debates held, with their days and numbers, and who prepared it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.plan.measure_words import WORDED_COUNT
from ingest.plan.numbers import number
from ingest.plan.periods import MONTH_WORD, read_period
from ingest.plan.records import PlanEvent, PlanGroup, PlanMember, PlanNamed
from ingest.plan.text import Span, Text

_EVENT = re.compile(
    r"(?P<public_debate>dezbater\w*|dezbatut\w*)(?: publice?\w*)?|(?P<consultation>consultar(?:e|ea|i|ile) public\w*|sesiun\w* de consultare)|"
    r"(?P<training>instruir\w*|sesiun\w* de formare|training\w*)|"
    r"(?P<meeting>intalnir\w*|atelier\w*|workshop\w*|focus[ -]grup\w*|sedint\w* public\w*|forum\w*)"
)
_DATE = re.compile(
    rf"(?<![\d./])(?:\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}} {MONTH_WORD} \d{{4}})(?![\d/])"
)
_OF_ACT = re.compile(r"\b(?:hcl|hcj|hotar\w*|leg\w+|nr\.?)[^,;]{0,40}$")
_PEOPLE = re.compile(
    rf"(?P<n>{WORDED_COUNT})(?: ?\([a-z ]{{2,40}}\))? (?:de )?(?:persoane|participanti|reprezentanti|cetateni|oameni|locuitori|membri|invitati|respondenti)\b"
)
_GROUP = re.compile(
    r"(?P<name>(?:grup(?:ul|ului)?|comitet(?:ul|ului)?|echip[ae]i?|task[ -]force) (?:local(?:ul|ului)? )?(?:de (?:initiativa|lucru|coordonare|implementare)|multi-?actor\w*|de proiect)(?: local[a]?)?|(?:grup|comitet|echipa) local[a]?(?= (?:constituit|infiintat|format)))"
)
_SET_UP = re.compile(r"\b(?:constituit|infiintat|format|alcatuit|compus|creat|stabilit)\w*\b")
_BETWEEN = re.compile(
    r"\b(?:intre|format\w* din(?: reprezentanti(?:i)? ai)?|alcatuit\w* din(?: reprezentanti(?:i)? ai)?|compus\w* din|din partea|din care fac(?:e|eau)? parte|(?:din|la) care (?:participa|s-au alaturat)|ai carui membri sunt|membrii? (?:sunt|grupului sunt):?|cu participarea) (?=\S)"
)
_NAMES: dict[str, str] = {
    "public_debate": "Dezbatere publică", "consultation": "Consultare publică", "training": "Instruire",
    "meeting": "Întâlnire",
}  # fmt: skip


_SHORT = re.compile(r"\b(?:nr|art|str|dl|dna|prof|ing|dr|etc)$")
"""Short forms whose full stop ends no sentence."""


def sentences(text: Text, span: Span) -> Iterator[Span]:
    """The sentences of prose; abbreviations and dates do not end one."""
    for block in text.blocks(span):
        start = block[0]
        for stop in re.compile(r"[.!?](?=\s+[A-ZĂÂÎȘȚ\"„])").finditer(text.clean, *block):
            if _SHORT.search(text.fold, max(start, stop.start() - 6), stop.start()):
                continue
            yield start, stop.end()
            start = text.trim((stop.end(), block[1]))[0]
        yield start, block[1]


def read_events(text: Text, front: Span) -> list[PlanEvent]:
    """Every debate or consultation with a day, in the order told."""
    found: list[PlanEvent] = []
    for sentence in sentences(text, front):
        first = _EVENT.search(text.fold, *sentence)
        if first is None:
            continue
        dates = [
            m
            for m in _DATE.finditer(text.fold, *sentence)
            if not _OF_ACT.search(text.fold[sentence[0] : m.start()])
        ]
        for index, day in enumerate(dates):
            stop = dates[index + 1].start() if index + 1 < len(dates) else sentence[1]
            found.append(_event(text, sentence, day, stop))
    return [one for one in found if one.date]


def _event(text: Text, sentence: Span, day: re.Match[str], stop: int) -> PlanEvent:
    near = list(_EVENT.finditer(text.fold, *sentence))
    event = min(near, key=lambda m: abs(m.start() - day.start()))
    kind = next(name for name in _NAMES if event[name])
    people = _PEOPLE.search(text.fold, day.end(), stop)
    count = number(people["n"]) if people else None
    return PlanEvent(
        name=_NAMES[kind],
        type=kind,
        date=read_period(day[0]).start,
        attendance=int(count) if count is not None else None,
        evidence=text.passage(sentence),
    )


def read_groups(text: Text, front: Span, acts: list[PlanNamed]) -> list[PlanGroup]:
    """The group that prepared the plan: its act and members, where the text names them."""
    for sentence in sentences(text, front):
        match = _GROUP.search(text.fold, *sentence)
        if match is None or not _SET_UP.search(text.fold, *sentence):
            continue
        named = text.words(match.span("name"))
        act = next((a for a in acts if a.evidence and _within(text, a, sentence)), None)
        return [
            PlanGroup(
                name=_nominative(named),
                legal_act=act.name if act else None,
                members=tuple(_members(text, sentence)),
                evidence=text.passage(sentence),
            )
        ]
    return []


def _within(text: Text, act: PlanNamed, sentence: Span) -> bool:
    whole = text.passage(sentence)
    if act.evidence is None or not act.evidence.spans or not whole.spans:
        return False
    start, end = whole.spans[0]
    return start <= act.evidence.spans[0][0] < end


def _nominative(name: str) -> str:
    head, _, rest = name.partition(" ")
    plain = {"grupului": "grupul", "comitetului": "comitetul", "echipei": "echipa"}.get(
        head.lower(), head
    )
    return f"{plain} {rest}"


def _members(text: Text, sentence: Span) -> Iterator[PlanMember]:
    lead = _BETWEEN.search(text.fold, *sentence)
    if lead is None:
        return
    start = lead.end()
    limit = sentence[1]
    for mark in re.compile(r",? (?:respectiv|si|precum si) |, ?|$").finditer(
        text.fold, start, limit
    ):
        if mark.start() < start:
            continue
        span = text.trim((start, mark.start()))
        name = text.words(span).rstrip(".")
        if name[:1].isupper():
            yield PlanMember(name=name)
        elif name:
            return
        start = mark.end()
