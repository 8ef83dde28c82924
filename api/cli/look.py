"""Commands on the network: its page, what changed between two years, who joins the circles."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.out import json_bytes
from api.cli.state import state
from ontology.errors import Said

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
First = Annotated[int, typer.Option("--first", min=1, max=500, help="How many of each list.")]
Year = Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999)]


def register(app: typer.Typer) -> None:
    """Adds the commands of this group."""
    app.command()(network)
    app.command()(change)
    app.command()(bridges)


def network(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID…]", help="Around these things; the whole city if none."),
    ] = None,
    output: Annotated[str, typer.Option("-o", help="The page to write.")] = "network.html",
    depth: Annotated[int, typer.Option("--depth", min=0, max=4, help="How many steps around.")] = 1,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=20000, help="How many things at the most.")
    ] = 300,
    sharing: Annotated[
        str | None,
        typer.Option(
            "--sharing",
            help="Organisations tied by what they share: projects, calls, funders or councils.",
        ),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="ro or en.")] = None,
) -> None:
    """Write a self-contained page with the network around some things.

    Example: `resurse network org/fitt --depth 2 -o fitt.html`
    """
    from api.networks import page_of

    held = state()
    html, shown, truncated = page_of(
        held.installation.snapshot,
        ids or [],
        depth=depth,
        limit=limit,
        lang=lang or held.lang,
        sharing=sharing,
    )
    held.deliver(html.encode(), output)
    if output != "-":
        said = Said(
            f"{output}: {shown} lucruri{', listă tăiată' if truncated else ''}",
            f"{output}: {shown} things{', cut short' if truncated else ''}",
        )
        held.out.say(said(held.lang))


def change(before: Year, after: Year, first: First = 20, json: Json = False) -> None:
    """What came and what went in the network between two years.

    Example: `resurse change 2022 2023`
    """
    from api.networks import change_json

    held = state()
    found = change_json(held.installation.snapshot, before, after, first, held.lang)
    if json:
        held.out.write(json_bytes(found))
        return
    for name, count, title in (
        ("newThings", "newThingCount", Said(f"lucruri apărute în {after}", f"new in {after}")),
        ("goneThings", "goneThingCount", Said(f"numai în {before}", f"only in {before}")),
    ):
        rows = [[one["kind"], one["label"], one["id"]] for one in found[name]]
        held.out.table(f"{title(held.lang)}: {found[count]}", ["kind", "name", "id"], rows)
    for name, count, title in (
        ("newLinks", "newLinkCount", Said(f"legături apărute în {after}", f"new links in {after}")),
        (
            "goneLinks",
            "goneLinkCount",
            Said(f"legături numai în {before}", f"links only in {before}"),
        ),
    ):
        rows = [[one["text"], one["yearFrom"], one["yearTo"]] for one in found[name]]
        held.out.table(f"{title(held.lang)}: {found[count]}", ["link", "from", "to"], rows)
    kept, undated = found["keptLinkCount"], found["undatedLinkCount"]
    said = Said(
        f"{kept} legături există în amândoi anii; {undated} nu au dată și nu sunt comparate",
        f"{kept} links are there in both years; {undated} have no date and are not compared",
    )
    held.out.say(said(held.lang))


def bridges(first: First = 20, json: Json = False) -> None:
    """Who joins several circles, and the single ties that hold parts of the network together.

    Example: `resurse bridges --first 10`
    """
    from api.networks import bridges_json

    held = state()
    found = bridges_json(held.installation.snapshot, first, held.lang)
    if json:
        held.out.write(json_bytes(found))
        return
    title = Said("Cine leagă mai multe cercuri", "Who joins several circles")
    rows = [
        [one["label"], one["kind"], f"{one['betweenness']:.3f}", "; ".join(one["circles"])]
        for one in found["brokers"]
    ]
    held.out.table(
        f"{title(held.lang)}: {found['brokerCount']}",
        ["name", "kind", "betweenness", "circles"],
        rows,
    )
    title = Said(
        "Legături unice, cu câte lucruri s-ar desprinde fără ele",
        "Single ties, with how many things would be cut off without them",
    )
    held.out.table(
        f"{title(held.lang)}: {found['bridgeCount']}",
        ["one", "other", "cut"],
        [[one["one"]["label"], one["other"]["label"], one["cut"]] for one in found["bridges"]],
    )
