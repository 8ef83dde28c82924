"""The dossier of an action: its text and target, ranked partners and money, councils, past projects, gaps; for print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi.responses import Response

from graph.catalogue.base import Record
from graph.catalogue.plans import by_code
from graph.match.base import MISSING, Match, Subject
from ontology.errors import NotFoundError, Said
from viz.asked import Asked, PageDef
from viz.pages.cards import Chip, chips
from viz.pages.commitment import period
from viz.pages.compared import Comparison, compare
from viz.pages.matching import Line, lines
from viz.pages.note import Note, Part, note
from viz.pages.plan import GAPS, measured, newest_plan
from viz.pages.shortlist import Picked, picked, picks_asked, shortlist_csv
from viz.pages.sorts import SortChoice, filter_for, sort_asked, sort_choices
from viz.pages.targets import TargetLine, target_line

PARTNERS, MONEY, COUNCILS, PROJECTS = 12, 8, 6, 6


@dataclass(frozen=True)
class Ranked:
    """Matches and the same as lines of which none is chosen yet."""

    matches: tuple[Match, ...]
    lines: tuple[Line, ...]

    def chosen(self, picks: Sequence[str]) -> tuple[Line, ...]:
        """The lines, with those of the shortlist marked."""
        return tuple(replace(li, picked=True) if li.pick in picks else li for li in self.lines)


@dataclass(frozen=True)
class Beside:
    """The action before or after this one in the plan."""

    code: str
    name: Mapping[str, str]
    url: str


@dataclass(frozen=True)
class Dossier:
    """`partners`, `money`, `councils`, `projects` ranked with reasons; `objectives` and `problem` are the commitment's; `chosen` is the shortlist of the address, `compared` the same side by side, `sorts` narrow the partners to one `sort`."""

    id: str
    code: str
    name: Mapping[str, str]
    commitment_code: str
    commitment_name: Mapping[str, str]
    commitment_url: str
    objectives: tuple[Mapping[str, str], ...]
    problem: Mapping[str, str]
    period: str
    topics: tuple[Chip, ...]
    targets: tuple[TargetLine, ...]
    gaps: tuple[str, ...]
    partners: tuple[Line, ...]
    money: tuple[Line, ...]
    councils: tuple[Line, ...]
    projects: tuple[Line, ...]
    sort: str
    sorts: tuple[SortChoice, ...]
    chosen: tuple[Picked, ...]
    compared: Comparison | None
    csv_url: str
    note_url: str
    match_url: str
    network_url: str
    before: Beside | None
    after: Beside | None


def beside(asked: Asked, record: Record) -> tuple[Beside | None, Beside | None]:
    """The actions before and after one in the plan."""
    row: list[Record | None] = [None, *_actions(asked), None]
    at = next(i for i, one in enumerate(row) if one is not None and one.id == record.id)
    return _beside(asked, row[at - 1]), _beside(asked, row[at + 1])


def _beside(asked: Asked, record: Record | None) -> Beside | None:
    if record is None or not record.values.get("code"):
        return None
    code = str(record.values["code"])
    return Beside(code, record.values["label"], f"/{asked.lang}/actions/{code}")


def _actions(asked: Asked) -> list[Record]:
    """The actions of the newest plan, in the order of their codes."""
    plan, catalogue = newest_plan(asked).id, asked.ground.data.catalogue

    def held() -> list[Record]:
        return by_code(r for r in catalogue.scan(("ACTION",)) if r.id.startswith(f"{plan}/"))

    return asked.ground.once("actions", held)


def action_by_code(asked: Asked) -> Record:
    """The action of the newest plan with the code in the address. Raises NotFoundError with codes near it."""
    wanted = asked.path["code"].replace(" ", "").upper()
    codes = []
    for record in _actions(asked):
        code = str(record.values.get("code", ""))
        codes.append(code)
        if code.upper() == wanted:
            return record
    near = [c for c in codes if c[:2] == wanted[:2]] or codes
    raise NotFoundError(
        Said(
            f"acțiunea „{asked.path['code'][:40]}” nu există în plan",
            f"the plan has no action '{asked.path['code'][:40]}'",
        ),
        Said(f"Poate ați vrut: {', '.join(near)}.", f"Did you mean: {', '.join(near)}."),
    )


def ranked(
    asked: Asked, subject: Subject, want: Sequence[str], first: int, sort: str = ""
) -> Ranked:
    """Matches of one block of the page, in words; choosing some of them does not rank or word them again."""
    ground, name = asked.ground, (subject.id, tuple(want), first, sort)

    def match() -> tuple[Match, ...]:
        narrowed = filter_for(sort)
        return ground.data.matcher.match(
            subject, want, first=first, filter=narrowed, as_of=ground.today
        ).matches

    found = ground.once(("ranked", *name), match)
    told = ground.once(("told", asked.lang, *name), lambda: lines(asked, found))
    return Ranked(found, told)


def build(asked: Asked) -> Any:
    """The dossier of the action in the address; its shortlist with `format=csv` or, as a note, `format=docx`."""
    record = action_by_code(asked)
    data, lang = asked.ground.data, asked.lang
    subject = Subject(record.id, None)
    picks = picks_asked(asked)
    if asked.one("format") == "csv":
        return shortlist_csv(asked, subject, picks, f"{record.values.get('code', 'action')}")
    commitment = data.catalogue.records(list(record.refs("commitment")))[0]
    assert commitment is not None
    targets = [r for r in data.catalogue.records(list(record.refs("targets"))) if r is not None]
    gaps, met = measured(asked, newest_plan(asked).id)
    missing, _ = gaps.get(record.id, ((), 0.0))
    code = str(record.values.get("code", ""))
    sort = sort_asked(asked)
    before, after = beside(asked, record)
    partners = ranked(asked, subject, ("ORGANISATION",), PARTNERS, sort)
    money = ranked(asked, subject, ("PROGRAMME", "CALL"), MONEY)
    councils = ranked(asked, subject, ("COUNCIL", "WORKING_GROUP"), COUNCILS)
    projects = ranked(asked, subject, ("PROJECT",), PROJECTS)
    held = picked(
        asked,
        subject,
        picks,
        [m for block in (partners, money, councils, projects) for m in block.matches],
    )
    page = Dossier(
        id=record.id,
        code=code,
        name=record.values["label"],
        commitment_code=str(commitment.values.get("code", "")),
        commitment_name=commitment.values["label"],
        commitment_url=f"/{lang}/plan/{commitment.values.get('code', '')}",
        objectives=asked.speech.spoken(commitment.values.get("objectives", ())),
        problem=commitment.values.get("problem") or {},
        period=period(asked, commitment),
        topics=chips(asked, record.refs("topics")),
        targets=tuple(target_line(asked, t, met) for t in targets),
        gaps=tuple(GAPS[n](lang) for n in MISSING if n in missing),
        partners=partners.chosen(picks),
        money=money.chosen(picks),
        councils=councils.chosen(picks),
        projects=projects.chosen(picks),
        sort=sort,
        sorts=sort_choices(asked),
        chosen=held,
        compared=compare([one.line for one in held if one.line is not None], lang),
        csv_url=asked.link(format="csv"),
        note_url=asked.link(format="docx"),
        match_url=f"/{lang}/match?subject={record.id}",
        network_url=f"/{lang}/network?around={record.id}&depth=2",
        before=before,
        after=after,
    )
    return _note(asked, page) if asked.one("format") == "docx" else page


def _note(asked: Asked, page: Dossier) -> Response:
    """What the head of the dossier says, and the shortlist, as a document to send on."""
    say, lang = asked.speech.say, asked.lang

    def of(words: Mapping[str, str]) -> str:
        return words.get(lang) or next(iter(words.values()), "")

    aim = [of(objective) for objective in page.objectives]
    if page.problem:
        aim.append(f"{say('The problem:')} {of(page.problem)}")
    if page.period:
        aim.append(say("Planned for %(period)s", period=page.period))
    targets = [
        " · ".join(part for part in (of(t.text), t.wanted, t.progress, t.counted) if part)
        for t in page.targets
    ]
    belongs = f"{page.commitment_code} {of(page.commitment_name)}"
    parts = [
        Part(say("The commitment it belongs to"), (belongs, *aim)),
        Part(say("Target results"), tuple(targets)),
        Part(say("Still missing:").rstrip(":"), tuple(filter(None, (", ".join(page.gaps),)))),
    ]
    title = say("Note: action %(code)s, %(name)s", code=page.code, name=of(page.name))
    held = tuple(part for part in parts if part.lines)
    return note(asked, Note(page.code, title, "", held), page.chosen)


PAGES = (PageDef("dossier", "/actions/{code}", build, "dossier.html", Dossier),)
