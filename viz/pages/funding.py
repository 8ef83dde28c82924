"""Money: open, forthcoming and past calls, programmes with what to expect, deadlines, and "may I apply?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.calls import CLOSED, FORTHCOMING, OPEN, call_state
from ontology.loading import load_model
from viz.asked import Asked, PageDef
from viz.charts import Chart, money_chart
from viz.figures import announced
from viz.pages.applicant import Choice, form_choices, who_asks
from viz.pages.calls import CallLine, call_line, money_table
from viz.pages.cards import Card, card
from viz.pages.deadlines import MonthLine, build_ics, calendar
from viz.pages.feed import build_atom
from viz.pages.matching import ANSWERS
from viz.pages.named import Doubt
from viz.pages.programmes import ProgrammeLine, programme_lines

PAST = 60
"""How many past calls are shown at once; the list page has them all."""


@dataclass(frozen=True)
class Tally:
    """To how many programmes the answer is this one."""

    answer: str
    label: str
    count: int


@dataclass(frozen=True)
class Funding:
    """`applicant` is the chosen organisation, `described` the one that the form describes instead.

    The lists hold only what the form's words let through: a condition closes the `hidden` calls, those
    `elsewhere` are about other topics.
    `tally` counts the answers of the programmes; `ics_url` and `feed_url` bring what may be applied for.
    `doubt` holds what a name may mean; `money` draws what all calls announced, whoever asks.
    """

    applicant: Card | None
    described: str
    tally: tuple[Tally, ...]
    applicant_given: str
    doubt: Doubt | None
    forms: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    town: str
    amount: str
    open: tuple[CallLine, ...]
    forthcoming: tuple[CallLine, ...]
    unknown: tuple[CallLine, ...]
    programmes: tuple[ProgrammeLine, ...]
    programmes_past: tuple[ProgrammeLine, ...]
    past: tuple[CallLine, ...]
    past_total: int
    calendar: tuple[MonthLine, ...]
    money: Chart | None
    ics_url: str
    feed_url: str
    csv_url: str
    idea_url: str
    filtered: bool
    hidden: int
    elsewhere: int


def _tally(programmes: Sequence[ProgrammeLine], lang: str) -> tuple[Tally, ...]:
    counts = Counter(one.answer for one in programmes)
    return tuple(
        Tally(answer, said(lang), counts[answer])
        for answer, said in ANSWERS.items()
        if counts[answer]
    )


def _money(asked: Asked) -> Chart | None:
    title = asked.speech.say("Money announced by calls, by programme and year (lei)")
    return money_chart(announced(asked.ground.data.catalogue), "RON", asked.lang, title)


def build(asked: Asked) -> Funding | Response:
    """The funding page, or with `format=csv` what it shows as a table."""
    page = _page(asked)
    if asked.one("format") != "csv":
        return page
    calls = (*page.open, *page.forthcoming, *page.unknown, *page.past)
    return money_table(asked, calls, (*page.programmes, *page.programmes_past))


def _page(asked: Asked) -> Funding:
    catalogue, today, lang = asked.ground.data.catalogue, asked.ground.today, asked.lang
    who, doubt = who_asks(asked)
    calls = {c.id: c for c in catalogue.scan(("CALL",))}
    states: dict[str, list[Record]] = {}
    hidden = elsewhere = 0
    for call in calls.values():
        if not who.about(call):
            elsewhere += 1
            continue
        if not who.lets(call, today):
            hidden += 1
            continue
        states.setdefault(call_state(call.values, today), []).append(call)
    openings = sorted(states.get(OPEN, []), key=lambda c: str(c.values.get("closes")))
    coming = sorted(
        states.get(FORTHCOMING, []),
        key=lambda c: str(c.values.get("opens") or c.values.get("year")),
    )
    past = sorted(states.get(CLOSED, []), key=lambda c: (-(c.values.get("year") or 0), c.id))
    programmes = programme_lines(asked, calls, who)
    topics = load_model().topics
    return Funding(
        applicant=card(asked, who.record) if who.record else None,
        described=who.in_words(lang),
        tally=_tally(programmes, lang),
        applicant_given=asked.one("org"),
        doubt=doubt,
        forms=form_choices(who, lang),
        topics=tuple(
            Choice(t.slug, t.label(lang), t.slug in who.topics)
            for t in sorted(topics.values(), key=lambda t: t.label(lang))
        ),
        town=who.town,
        amount=asked.one("amount"),
        open=tuple(call_line(asked, c, who) for c in openings),
        forthcoming=tuple(call_line(asked, c, who) for c in coming),
        unknown=tuple(call_line(asked, c, who) for c in states.get("UNKNOWN", [])),
        programmes=tuple(p for p in programmes if p.lately),
        programmes_past=tuple(p for p in programmes if not p.lately),
        past=tuple(call_line(asked, c, who) for c in past[:PAST]),
        past_total=len(past),
        calendar=calendar(
            asked,
            [call for call in (*openings, *coming) if who.may(call, today)],
            tuple(line for line in programmes if line.answer != "NO"),
        ),
        money=asked.ground.once(("announced", lang), lambda: _money(asked)),
        ics_url=who.address(asked, "funding.ics"),
        csv_url=asked.link(format="csv"),
        feed_url=who.address(asked, "funding.atom"),
        idea_url=replace(who, topics=frozenset()).address(asked, "match"),
        filtered=who.says_anything,
        hidden=hidden,
        elsewhere=elsewhere,
    )


PAGES = (
    PageDef("calendar", "/funding.ics", build_ics, "", Funding),
    PageDef("feed", "/funding.atom", build_atom, "", Funding),
    PageDef("funding", "/funding", build, "funding.html", Funding),
)
