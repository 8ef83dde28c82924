"""The first page: one search box, three doors, what is in the map, how fresh it is, the next deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.base import Filter
from graph.match.forecast import opened_in, usual_month
from ontology.loading import load_model
from viz.asked import Asked, PageDef, href
from viz.ground import Ground
from viz.pages.cards import Card, cards
from viz.pages.programmes import runs

_LISTS = {
    "ORGANISATION": "organisations",
    "PROJECT": "projects",
    "PROGRAMME": "funding",
    "CALL": "funding",
    "COUNCIL": "groups",
    "WORKING_GROUP": "groups",
}
_SHOWN = (
    "ORGANISATION",
    "PROJECT",
    "PROGRAMME",
    "CALL",
    "GRANT",
    "COUNCIL",
    "WORKING_GROUP",
    "LEGAL_ACT",
    "PLATFORM",
    "PLACE",
)


@dataclass(frozen=True)
class Count:
    """How many things of one kind, with the address of their list."""

    type: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class CommitmentLine:
    """A commitment of the plan with how many actions it has."""

    code: str
    name: Mapping[str, str]
    url: str
    actions: int


@dataclass(frozen=True)
class Expected:
    """A programme with the month in which it `opened` before, and in which years."""

    name: Mapping[str, str]
    url: str
    month: int
    opened: str


@dataclass(frozen=True)
class Reading:
    """A source that was read: its title, the day, how many of its rows were taken in."""

    title: str
    url: str
    day: str
    rows: int


@dataclass(frozen=True)
class Home:
    """`fresh` the sources read last, `stale` how many are due again; `counts` by kind; `updated` the newest source; `deadlines` the next calls; `expected` a forecast where none is open."""

    counts: tuple[Count, ...]
    updated: str | None
    fresh: tuple[Reading, ...]
    stale: int
    statements: int
    commitments: tuple[CommitmentLine, ...]
    deadlines: tuple[Card, ...]
    expected: tuple[Expected, ...]
    examples: tuple[str, ...]


def _fresh(asked: Asked) -> tuple[Reading, ...]:
    """The sources read last, the largest first among those of one day."""
    read = [s for s in asked.ground.sources if s.version is not None and s.retrieved]
    read.sort(key=lambda s: (s.retrieved or "", s.accepted, s.slug), reverse=True)
    url = f"/{asked.lang}/sources"
    return tuple(
        Reading(s.title(asked.lang), f"{url}#source-{s.slug}", str(s.retrieved), s.accepted)
        for s in read[:4]
    )


def _expected(asked: Asked) -> tuple[Expected, ...]:
    """Programmes that opened in past years in a month of the next half year, soonest first."""
    catalogue, today = asked.ground.data.catalogue, asked.ground.today
    calls = {c.id: c for c in catalogue.scan(("CALL",))}
    programmes = list(catalogue.scan(("PROGRAMME",)))
    held = catalogue.links([programme.id for programme in programmes], "calls")
    found = []
    for programme in programmes:
        editions = [calls[c] for c in held[programme.id] if c in calls]
        recent = [c for c in editions if (c.values.get("year") or 0) >= today.year - 2]
        month = usual_month(recent)
        if month is not None and len(editions) > 1:
            ahead = (month - today.month) % 12
            if ahead <= 6:
                name, url = programme.values["label"], href(asked.lang, programme.id)
                years = runs(opened_in(recent, month))
                found.append((ahead, Expected(name, url, month, years)))
    return tuple(one for _, one in sorted(found, key=lambda pair: (pair[0], str(pair[1].name)))[:5])


def _deadlines(ground: Ground) -> tuple[str, ...]:
    """The open calls that close next."""
    wanted = Filter(kinds=("CALL",), open=True)
    return ground.data.catalogue.page(wanted, "closes", 6, None, ground.today).ids


def _commitments(asked: Asked) -> tuple[CommitmentLine, ...]:
    """The commitments of all plans, by their codes."""
    catalogue = asked.ground.data.catalogue
    records = list(catalogue.scan(("COMMITMENT",)))
    actions = catalogue.links([r.id for r in records], "actions")
    return tuple(
        CommitmentLine(
            str(r.values.get("code", "")),
            r.values["label"],
            f"/{asked.lang}/plan/{r.values.get('code', '')}",
            len(actions[r.id]),
        )
        for r in records
    )


def build(asked: Asked) -> Home:
    """The home page."""
    data = asked.ground.data
    catalogue = data.catalogue
    counts = asked.ground.once("counts", catalogue.counts)
    kinds = load_model().kinds
    base = f"/{asked.lang}"
    shown = tuple(
        Count(
            kinds[k].name,
            asked.speech.of(counts[k], kinds[k].label(asked.lang), kinds[k].plural(asked.lang)),
            counts[k],
            f"{base}/{_LISTS[k]}" if k in _LISTS else f"{base}/search?kind={k}",
        )
        for k in _SHOWN
        if counts.get(k)
    )
    ground = asked.ground
    coming = ground.once("deadlines", lambda: _deadlines(ground))
    dates = [v.retrieved for v in data.versions if v.retrieved]
    examples = (
        ("bani pentru festival de teatru", "cine lucrează cu tineri în Mehala", "date deschise")
        if asked.lang == "ro"
        else ("money for a theatre festival", "who works with young people", "open data")
    )
    return Home(
        shown,
        max(dates, default=None),
        _fresh(asked),
        sum(s.stale for s in asked.ground.sources),
        sum(v.statements for v in data.versions),
        asked.ground.once(("commitments", asked.lang), lambda: _commitments(asked)),
        cards(asked, coming),
        () if coming else asked.ground.once(("expected", asked.lang), lambda: _expected(asked)),
        examples,
    )


PAGES = (PageDef("home", "", build, "home.html", Home),)
