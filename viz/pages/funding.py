"""Money: open, forthcoming and past calls, programmes with what to expect, deadlines, and "may I apply?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.calls import CLOSED, FORTHCOMING, OPEN, call_state
from graph.match.eligibility import Application, judge
from graph.match.forecast import usual_month
from graph.match.territory import lies_in
from graph.search.text import tokens
from ontology.model import load_model
from viz.charts import Chart, money_chart
from viz.figures import announced
from viz.pages.cards import Card, card
from viz.pages.matching import ANSWERS, RuleLine, rule_lines
from viz.site import Asked, PageDef, href

PAST = 60
"""How many past calls are shown at once; the list page has them all."""


@dataclass(frozen=True)
class CallLine:
    """A call with its conditions in short and, when an organisation was chosen, whether it may apply."""

    card: Card
    conditions: tuple[str, ...]
    answer: str | None
    answer_label: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme with the editions seen and the month in which it usually opens."""

    name: Mapping[str, str]
    url: str
    years: tuple[int, ...]
    month: int | None
    level: str
    answer: str | None
    answer_label: str
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True)
class MonthLine:
    """One month of the calendar: deadlines that are known, and programmes that usually open then."""

    label: str
    deadlines: tuple[Card, ...]
    expected: tuple[ProgrammeLine, ...]


@dataclass(frozen=True)
class Choice:
    """One option of a field of the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Guess:
    """An organisation that may be meant, with this page's address for it."""

    name: str
    url: str


@dataclass(frozen=True)
class Funding:
    """`applicant` is the chosen organisation; the lists hold only what its facts or the form's words let through.

    `guesses` are organisations that a name may mean; `money` draws what all calls announced, whoever asks.
    """

    applicant: Card | None
    applicant_given: str
    guesses: tuple[Guess, ...]
    forms: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    town: str
    amount: str
    open: tuple[CallLine, ...]
    forthcoming: tuple[CallLine, ...]
    unknown: tuple[CallLine, ...]
    programmes: tuple[ProgrammeLine, ...]
    past: tuple[CallLine, ...]
    past_total: int
    calendar: tuple[MonthLine, ...]
    money: Chart | None
    ics_url: str
    filtered: bool
    hidden: int


@dataclass(frozen=True)
class Who:
    """Who asks: a legal form, a town, topics, a sum; or an organisation with its own facts."""

    form: str
    town: str
    topics: frozenset[str]
    amount: float | None
    record: Record | None

    @property
    def says_anything(self) -> bool:
        """True when some filter is set."""
        return bool(
            self.form
            or self.town
            or self.topics
            or self.amount is not None
            or self.record is not None
        )

    def lets(self, call: Record) -> bool:
        """False when a stated condition of the call excludes what is known of who asks."""
        if self.form:
            allowed = [
                f
                for r in call.values.get("rules", ())
                if r.get("kind") == "legal_form"
                for f in r.get("legalForms", ())
            ]
            if allowed and self.form not in allowed:
                return False
        if self.town:
            area = next(
                (
                    r.get("territory")
                    for r in call.values.get("rules", ())
                    if r.get("kind") == "territory"
                ),
                None,
            )
            if area and lies_in(self.town, str(area)) == "NO":
                return False
        if self.topics and not self.topics & _wide(call):
            return False
        ceiling = call.values.get("maxGrant")
        return not (self.amount is not None and ceiling is not None and self.amount > ceiling)


def _wide(call: Record) -> set[str]:
    slugs = {t.removeprefix("topic/") for t in call.refs("topics")}
    return slugs | {up for s in slugs for up in load_model().ancestors(s)}


def _who(asked: Asked) -> tuple[Who, Card | None, tuple[Guess, ...]]:
    """Who asks, by id or by a name that is surely meant; else organisations that may be meant."""
    given = asked.one("org")
    catalogue = asked.ground.data.catalogue
    record = None
    near: list[Record] = []
    if given:
        found = catalogue.resolve([given])[0]
        if found is None:
            hits = asked.ground.data.search.query(given, kinds=("ORGANISATION",), first=5).hits
            ids = [*(h.id for h in hits), *catalogue.nearest(given, 5)]
            near = [
                r
                for r in catalogue.records(list(dict.fromkeys(ids)))
                if r is not None and r.type == "Organisation"
            ]
            record = _surely(given, near)
        else:
            record = catalogue.records([found])[0]
        if record is not None and record.type != "Organisation":
            record = None
    topics = frozenset(t.removeprefix("topic/") for t in asked.many("topic"))
    who = Who(asked.one("form"), asked.one("town"), topics, asked.amount("amount"), record)
    if record is not None:
        return who, card(asked, record), ()
    guesses = tuple(Guess(r.label(asked.lang), asked.link(org=r.id)) for r in near[:5])
    return who, None, guesses


def _surely(given: str, near: list[Record]) -> Record | None:
    """The one organisation that bears this name, or the only one whose name has all its words."""
    named = {
        r.id: [
            tokens(name) for name in (*r.values["label"].values(), *r.values.get("altLabels", ()))
        ]
        for r in near
    }
    asked_for = tokens(given)
    if not asked_for:
        return None
    same = [r for r in near if asked_for in named[r.id]]
    held = [r for r in near if any(set(asked_for) <= set(name) for name in named[r.id])]
    return next((found[0] for found in (same, held) if len(found) == 1), None)


def _conditions(asked: Asked, call: Record) -> tuple[str, ...]:
    """The conditions of a call in short."""
    texts = [(r.get("text") or {}) for r in call.values.get("rules", ())]
    return tuple(t.get(asked.lang) or next(iter(t.values()), "") for t in texts if t)


def _line(asked: Asked, call: Record, who: Who) -> CallLine:
    found = (
        judge(Application(who.record, call, asked.ground.today, amount=who.amount))
        if who.record is not None
        else None
    )
    return CallLine(
        card(asked, call),
        _conditions(asked, call),
        found.answer if found else None,
        ANSWERS[found.answer](asked.lang) if found else "",
        rule_lines(asked, found),
    )


def _programmes(asked: Asked, calls: Mapping[str, Record], who: Who) -> tuple[ProgrammeLine, ...]:
    catalogue = asked.ground.data.catalogue
    held = list(catalogue.scan(("PROGRAMME",)))
    linked = catalogue.links([p.id for p in held], "calls")
    levels = load_model().codes["FundingLevel"].codes
    made = []
    for programme in held:
        editions = sorted(
            (calls[c] for c in linked[programme.id] if c in calls),
            key=lambda c: -(c.values.get("year") or 0),
        )
        if not editions or not who.lets(editions[0]):
            continue
        years = tuple(sorted({int(c.values["year"]) for c in editions if c.values.get("year")}))
        found = (
            judge(
                Application(who.record, editions[0], asked.ground.today),
                ("legal_form", "territory", "partners", "amount", "cofinancing", "topic"),
            )
            if who.record is not None
            else None
        )
        level = str(programme.values.get("level") or "")
        made.append(
            ProgrammeLine(
                programme.values["label"],
                href(asked.lang, programme.id),
                years,
                usual_month(editions),
                levels[level].label(asked.lang) if level in levels else "",
                found.answer if found else None,
                ANSWERS[found.answer](asked.lang) if found else "",
                rule_lines(asked, found),
            )
        )
    return tuple(sorted(made, key=_hope))


def _hope(line: ProgrammeLine) -> tuple[int, int, int, str]:
    """Order of programmes: those that say yes, those nearest to it, those that say no; the latest first."""
    met = sum(rule.answer == "YES" for rule in line.rules)
    last = line.years[-1] if line.years else 0
    order = {"YES": 0, "UNKNOWN": 1, "NO": 2}.get(line.answer or "", 1)
    return order, -met, -last, str(line.name)


def _calendar(
    asked: Asked, coming: list[Record], programmes: tuple[ProgrammeLine, ...]
) -> tuple[MonthLine, ...]:
    """The next six months: stated deadlines as facts, usual openings as a forecast."""
    today = asked.ground.today
    first = today.replace(day=1)
    recent = [p for p in programmes if p.years and p.years[-1] >= today.year - 2]
    months = []
    for ahead in range(6):
        month = (first.month - 1 + ahead) % 12 + 1
        year = first.year + (first.month - 1 + ahead) // 12
        deadlines = [
            c
            for c in coming
            if str(c.values.get("closes") or c.values.get("opens"))[:7] == f"{year}-{month:02d}"
        ]
        expected = tuple(p for p in recent if p.month == month)
        if deadlines or expected:
            label = asked.speech.month(date(year, month, 1))
            months.append(MonthLine(label, tuple(card(asked, c) for c in deadlines), expected))
    return tuple(months)


def build(asked: Asked) -> Funding:
    """The funding page."""
    catalogue, today, lang = asked.ground.data.catalogue, asked.ground.today, asked.lang
    who, applicant, guesses = _who(asked)
    calls = {c.id: c for c in catalogue.scan(("CALL",))}
    states: dict[str, list[Record]] = {}
    hidden = 0
    for call in calls.values():
        if not who.lets(call):
            hidden += 1
            continue
        states.setdefault(call_state(call.values, today), []).append(call)
    openings = sorted(states.get(OPEN, []), key=lambda c: str(c.values.get("closes")))
    coming = sorted(
        states.get(FORTHCOMING, []),
        key=lambda c: str(c.values.get("opens") or c.values.get("year")),
    )
    past = sorted(states.get(CLOSED, []), key=lambda c: (-(c.values.get("year") or 0), c.id))
    programmes = _programmes(asked, calls, who)
    forms = load_model().codes["LegalForm"].codes
    topics = load_model().topics
    return Funding(
        applicant=applicant,
        applicant_given=asked.one("org"),
        guesses=guesses,
        forms=tuple(
            Choice(c.value, c.label(lang), c.value == who.form)
            for c in forms.values()
            if not c.is_function and c.value != "unknown"
        ),
        topics=tuple(
            Choice(t.slug, t.label(lang), t.slug in who.topics)
            for t in sorted(topics.values(), key=lambda t: t.label(lang))
        ),
        town=who.town,
        amount=asked.one("amount"),
        open=tuple(_line(asked, c, who) for c in openings),
        forthcoming=tuple(_line(asked, c, who) for c in coming),
        unknown=tuple(_line(asked, c, who) for c in states.get("UNKNOWN", [])),
        programmes=programmes,
        past=tuple(_line(asked, c, who) for c in past[:PAST]),
        past_total=len(past),
        calendar=_calendar(asked, [*openings, *coming], programmes),
        money=money_chart(
            announced(catalogue),
            "RON",
            lang,
            asked.speech.say("Money announced by calls, by programme and year (lei)"),
        ),
        ics_url=f"/{lang}/funding.ics",
        filtered=who.says_anything,
        hidden=hidden,
    )


def build_ics(asked: Asked) -> Response:
    """Deadlines of open and forthcoming calls as iCalendar (RFC 5545), the same bytes for the same data and day."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Resurse//deadlines//RO")
    calendar.add("version", "2.0")
    ground = asked.ground
    for call in ground.data.catalogue.scan(("CALL",)):
        state, closes = call_state(call.values, ground.today), call.values.get("closes")
        if state not in (OPEN, FORTHCOMING) or not closes:
            continue
        day = date.fromisoformat(str(closes)[:10])
        event = Event()
        event.add("uid", ground.base.thing(call.id))
        event.add("dtstamp", date.fromisoformat(call.updated or ground.today.isoformat()))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", call.label(asked.lang))
        event.add("description", call.text("description", asked.lang) or "")
        calendar.add_component(event)
    return Response(
        calendar.to_ical(),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="resurse.ics"'},
    )


PAGES = (
    PageDef("calendar", "/funding.ics", build_ics, "", Funding),
    PageDef("funding", "/funding", build, "funding.html", Funding),
)
