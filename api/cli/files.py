"""Commands on files of one's own: plan, reconcile, validate."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.out import json_bytes
from api.cli.state import state
from ontology.errors import InputError, Said

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_TOLD = 20
"""Rows that could not be read, and contradictions, that are told one by one."""


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(plan)
    app.command()(reconcile)
    app.command()(validate)


def plan(
    path: Annotated[
        str,
        typer.Argument(metavar="PATH", help="The published plan: txt, md, html, docx, odt or pdf."),
    ],
    output: Annotated[str | None, typer.Option("-o", help="Where to write plan.yml.")] = None,
    json: Json = False,
) -> None:
    """Read a published plan into a YAML that a clerk can review.

    Example: `resurse plan plan.docx -o plan.yml`, then `resurse ingest plan.yml`
    """
    from ingest.plan import read_plan

    held = state()
    document = read_plan(held.path(path))
    data = json_bytes(document.to_json_dict()) if json else document.to_yaml().encode()
    held.deliver(data, output)
    for warning in document.warnings:
        held.out.warn(f"{warning.where}: {warning.message}")


def reconcile(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A table with a column of names.")],
    column: Annotated[
        str,
        typer.Option(
            "--column", help="The column that holds the names: its heading or its number."
        ),
    ],
    output: Annotated[
        str | None, typer.Option("-o", help="Where to write; standard output otherwise.")
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="What the names name.")] = "ORGANISATION",
    no_header: Annotated[
        bool, typer.Option("--no-header", help="The first row is data: its columns are 1, 2, 3 …")
    ] = False,
    json: Json = False,
) -> None:
    """Give back a spreadsheet of names with `id label score answer` beside each row.

    Example: `resurse reconcile partners.csv --column Denumire -o partners-with-ids.csv`
    """
    from api.reconcile import reconcile_file, written_suffix

    held = state()
    suffix = "" if json else written_suffix(output)
    with held.out.progress() as report:
        made = reconcile_file(
            held.installation.snapshot.catalogue,
            held.installation.home,
            held.path(file),
            column,
            kind.upper(),
            header=not no_header,
            progress=report,
        )
        held.deliver(made.as_json() if json else made.as_table(suffix), output)
    for problem in made.problems[:_TOLD]:
        held.out.warn(problem.message(held.lang))
    if made.wrong > _TOLD:
        held.out.warn(f"… {made.wrong - _TOLD}")
    counts = made.counts
    said = Said(
        f"{counts['same']} la fel, {counts['ask']} de întrebat, {counts['none']} negăsite",
        f"{counts['same']} same, {counts['ask']} to ask, {counts['none']} not found",
    )
    held.out.warn(said(held.lang))


def validate(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="RDF (ttl, trig, nq, jsonld), a plan.yml or a source.yml."
        ),
    ],
    json: Json = False,
) -> None:
    """Check a file without loading it.

    Example: `resurse validate data.ttl`
    """
    from api.validation import validate_file

    held = state()
    report = validate_file(held.path(file), held.installation.base)
    if json:
        held.out.write(json_bytes([one.as_json() for one in report]))
    else:
        for one in report:
            held.out.say(f"{one.severity}: {one.message(held.lang)}")
        if not report:
            held.out.say(Said("Fără probleme.", "No problems.")(held.lang))
    if any(one.severity == "violation" for one in report):
        raise InputError(
            Said("fișierul are greșeli", "the file has mistakes"),
            Said("Îndreptați-le și verificați din nou.", "Mend them and check again."),
            file,
        )
