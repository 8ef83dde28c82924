"""Commands that bring facts in and say what is held: ingest, sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.out import json_bytes
from api.cli.runs import RESULTS, tell
from api.cli.state import State, state
from graph.catalogue.calls import today
from ontology.errors import FileError, Said

if TYPE_CHECKING:
    from ingest.source import Source

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


_SOURCE_HEADS = (
    Said("sursa", "source"),
    Said("titlu", "title"),
    Said("licență", "licence"),
    Said("citită", "retrieved"),
    Said("lucruri", "entities"),
    Said("ultima verificare", "last checked"),
    Said("rezultat", "result"),
    Said("prospețime", "freshness"),
)
_STALE = Said("depășită", "stale")
_PAGE_HEADS = (Said("pagina", "page"), Said("starea", "state"))
_TOGETHER = Said("--file și --mapping merg împreună", "--file and --mapping go together")
_ONE_SOURCE = Said(
    "--corrections merge cu o singură sursă", "--corrections goes with exactly one source"
)


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(ingest)
    app.command()(sources)


def ingest(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE…]", help="Sources, or a plan.yml; all bundled ones if none."
        ),
    ] = None,
    file: Annotated[str | None, typer.Option("--file", help="A table of your own.")] = None,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", help="The source.yml that says what its columns mean."),
    ] = None,
    corrections: Annotated[
        str | None,
        typer.Option("--corrections", help="Rejected rows of the one named source, corrected."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, write nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Bring sources into the graph; every row is accepted, or rejected with a reason.

    Example: `resurse ingest timisoara-funds --dry-run`
    """
    held = state()
    chosen = _chosen(held, names or [], file, mapping, dry_run)
    store = held.installation.store  # asked for first, so that the serving process gets the command
    assert store is not None
    with _corrected(held, chosen, corrections, dry_run), held.out.progress() as report:
        outcomes = held.installation.ingest(chosen, today=today(), dry_run=dry_run, progress=report)
    if json:
        held.out.write(json_bytes([one.as_json() for one in outcomes]))
    else:
        tell(held, outcomes)
    if any(one.result == "stopped" for one in outcomes):
        raise typer.Exit(1)


def _chosen(
    held: State, names: list[str], file: str | None, mapping: str | None, dry_run: bool
) -> list[Source]:
    if (file is None) != (mapping is None):
        raise typer.BadParameter(_TOGETHER(held.lang))
    if file is not None and mapping is not None:
        from ingest.declaration import load_source

        source = load_source(held.path(mapping)).reading(held.path(file))
        if dry_run or not held.path(file).is_file():
            return [source]
        return [held.installation.adopt(held.path(mapping), held.path(file))]
    plans = [name for name in names if name.endswith((".yml", ".yaml"))]
    found = [held.installation.plan_source(held.path(name)) for name in plans]
    rest = [name for name in names if name not in plans]
    return found + (held.installation.chosen(rest) if rest or not plans else [])


@contextmanager
def _corrected(
    held: State, chosen: list[Source], given: str | None, dry_run: bool
) -> Iterator[None]:
    """Puts corrected rows where runs of their source find them; for a dry run, only while it lasts.

    Raises FileError for a file that holds no corrected rows: it would stand in the way of every later run.
    """
    if given is None:
        yield
        return
    if len(chosen) != 1:
        raise typer.BadParameter(_ONE_SOURCE(held.lang))
    from ingest.pipeline.corrections import check_corrections

    path = held.installation.home.folder / "corrections" / f"{chosen[0].slug}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, before = path.with_suffix(".given"), path.read_bytes() if path.exists() else None
    draft.write_bytes(held.read(given))
    try:
        check_corrections(draft, given)
    except FileError:
        draft.unlink()
        raise
    draft.replace(path)
    try:
        yield
    finally:
        if dry_run and before is None:
            path.unlink()
        elif dry_run and before is not None:
            path.write_bytes(before)


def sources(
    check_links: Annotated[
        bool,
        typer.Option(
            "--check-links", help="Ask every page that facts rest on whether it is still there."
        ),
    ] = False,
    first: Annotated[
        int | None, typer.Option("--first", min=1, help="Check only so many pages.")
    ] = None,
    json: Json = False,
) -> None:
    """What is held, from whom, under which licence, when it was read, and how that went.

    Example: `resurse sources --json`

    With `--check-links`, the pages are asked one by one, hosts in turns, robots.txt obeyed; those
    that are gone or have moved are listed. The status is 1 when one is gone.
    """
    held = state()
    if check_links:
        _check_pages(held, first, json)
        return
    found = held.installation.source_reports()
    if json:
        held.out.write(json_bytes([one.as_json() for one in found]))
        return
    held.out.table(
        "",
        [said(held.lang) for said in _SOURCE_HEADS],
        [
            [
                r.slug,
                r.title(held.lang),
                r.licence,
                r.retrieved,
                r.entities,
                r.last_run,
                RESULTS[r.result](held.lang) if r.result in RESULTS else r.result,
                _STALE(held.lang) if r.stale else "",
            ]
            for r in found
        ],
    )


def _check_pages(held: State, first: int | None, json: bool) -> None:
    addresses = held.installation.page_addresses()[:first]
    found = []
    with held.out.progress() as report:
        for number, one in enumerate(held.installation.check_pages(addresses), start=1):
            found.append(one)
            report("pages", number)
    broken = [one for one in found if one.ok is False]
    if json:
        rows = [
            {"url": one.url, "ok": one.ok, "status": one.status, "movedTo": one.moved_to,
             "ro": one.said.ro, "en": one.said.en}
            for one in found
        ]  # fmt: skip
        held.out.write(json_bytes(rows))
    else:
        told = [one for one in found if one.ok is not True or one.moved_to]
        heads = [said(held.lang) for said in _PAGE_HEADS]
        held.out.table("", heads, [[one.url, one.said(held.lang)] for one in told])
        summary = Said(
            f"{len(found)} pagini verificate, {len(broken)} nu mai răspund",
            f"{len(found)} pages checked, {len(broken)} no longer answer",
        )
        held.out.say(summary(held.lang))
    if broken:
        raise typer.Exit(1)
