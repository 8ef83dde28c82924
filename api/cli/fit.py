"""Commands that match: match, explain, gaps."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.find import First, Json, kinds_of
from api.cli.fit_json import gap_json, match_json, matches_json
from api.cli.out import json_bytes
from api.cli.state import State, state
from graph.catalogue.calls import today
from ontology.errors import InputError, Said

if TYPE_CHECKING:
    from graph.match.engine import MatchResult, Subject

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="The day the dates of calls are judged by; today otherwise."
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(match)
    app.command()(explain)
    app.command()(gaps)


def day(text: str | None) -> date:
    """A day as typed, today when none was."""
    if text is None:
        return today()
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise InputError(
            Said(f"„{text}” nu este o dată", f"'{text}' is not a date"),
            Said("Scrieți 2026-05-31.", "Write 2026-05-31."),
            "--as-of",
        ) from None


def _subject(held: State, subject: str | None, text: str | None) -> Subject:
    matcher = held.installation.snapshot.matcher
    if (subject is None) == (text is None):
        raise typer.BadParameter("give SUBJECT or --text, not both")
    if text is not None:
        return matcher.subject(text=text)
    return matcher.subject(any=subject)


_GROUPS = (("ORGANISATION",), ("PROGRAMME", "CALL"), ("COUNCIL", "WORKING_GROUP"))
"""What is shown when nothing is asked for: the best of each group."""


def match(
    subject: Annotated[
        str | None, typer.Argument(metavar="[SUBJECT]", help="An action code (A1.6) or an id.")
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", help="An idea in free text, instead of SUBJECT.")
    ] = None,
    want: Annotated[
        list[str] | None,
        typer.Option("--want", help="Which kinds; partners, money and councils if none."),
    ] = None,
    first: First = 10,
    weight: Annotated[
        list[str] | None, typer.Option("--weight", help="feature=x; 0 switches it off.")
    ] = None,
    as_of: AsOf = None,
    include_ineligible: Annotated[
        bool, typer.Option("--include-ineligible", help="Also those that a rule excludes.")
    ] = False,
    json: Json = False,
) -> None:
    """Who could take on an action, and which money fits it, with reasons.

    Example: `resurse match A1.6 --want organisation`
    """
    from graph.match.score import parse_weights

    held = state()
    matcher = held.installation.snapshot.matcher
    about = _subject(held, subject, text)
    groups = (kinds_of(want),) if want else _GROUPS
    results = [
        matcher.match(
            about,
            group,
            first=first,
            include_ineligible=include_ineligible,
            weights=parse_weights(",".join(weight or ())),
            as_of=day(as_of),
        )
        for group in groups
    ]
    if json:
        found = matches_json(held.installation.snapshot.catalogue, about.id, results, held.lang)
        held.out.write(json_bytes(found))
        return
    for one in results:
        _show(held, one)


def _show(held: State, found: MatchResult) -> None:
    """One list for people: each match with its reasons."""
    records = held.installation.snapshot.catalogue.records([one.id for one in found.matches])
    for one, record in zip(found.matches, records, strict=True):
        if record is None:
            continue
        held.out.say(
            f"{one.score:.2f}  {record.label(held.lang)}  [{record.kind}]  {one.id}  {one.eligible}"
        )
        for reason in one.reasons:
            held.out.say(
                f"        {reason.contribution:+.2f} {reason.kind}: {reason.text(held.lang)}"
            )
    if found.note:
        held.out.say(found.note(held.lang))


def explain(
    subject: Annotated[str, typer.Argument(metavar="SUBJECT")],
    candidate: Annotated[str, typer.Argument(metavar="CANDIDATE")],
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Why something fits an action, or why not.

    Example: `resurse explain A1.6 org/fundatia-comunitara-timisoara`
    """
    held = state()
    matcher = held.installation.snapshot.matcher
    one = matcher.explain(matcher.subject(any=subject), candidate, as_of=day(as_of))
    if json:
        catalogue = held.installation.snapshot.catalogue
        held.out.write(json_bytes(match_json(catalogue, one, held.lang)))
        return
    held.out.say(f"{one.score:.2f}  {one.id}  {one.eligible}")
    if one.note:
        held.out.say(f"  {one.note(held.lang)}")
    for reason in one.reasons:
        held.out.say(
            f"  {reason.contribution:+.2f} = {reason.weight:.2f} × {reason.value:.2f}  {reason.kind}: {reason.text(held.lang)}"
        )
        for statement in reason.evidence:
            held.out.say(
                f"           {statement.subject} · {statement.field} · {statement.object or statement.value}  ({', '.join(statement.sources)})"
            )
    for rule in one.eligibility.rules if one.eligibility else ():
        held.out.say(f"  {rule.answer:8} {rule.rule}: {rule.text(held.lang)}")
        for missing in rule.missing:
            held.out.say(f"           ? {missing(held.lang)}")


def gaps(json: Json = False) -> None:
    """Plan actions without responsible, partner, money, group, indicator or news.

    Example: `resurse gaps --json`
    """
    held = state()
    snapshot = held.installation.snapshot
    found = snapshot.matcher.gaps(as_of=today())
    records = snapshot.catalogue.records([one.action for one in found])
    if json:
        pairs = zip(found, records, strict=True)
        rows = [gap_json(snapshot.catalogue, one, record, held.lang) for one, record in pairs]
        held.out.write(json_bytes(rows))
        return
    held.out.table(
        "",
        ["action", "title", "missing", "severity", "best candidate"],
        [
            [
                r.values.get("code"),
                r.label(held.lang),
                ", ".join(one.missing),
                f"{one.severity:.2f}",
                one.best.id if one.best else "",
            ]
            for one, r in zip(found, records, strict=True)
            if r is not None
        ],
    )
