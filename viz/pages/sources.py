"""Where everything comes from: publisher, licence, counts, last check, rejected rows; and everything to download."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi.responses import Response
from markupsafe import Markup

from ontology.errors import NotFoundError, Said
from ontology.loading import load_model
from viz.asked import Asked, PageDef
from viz.charts import Chart, money_chart, topics_chart
from viz.figures import announced, awarded
from viz.pages.cite import Citation, citation, work
from viz.pages.schema_org import dataset_ld

FORMATS = (
    ("trig", Said("tot, cu sursele (TriG)", "everything, with sources (TriG)")),
    ("nq", Said("tot (N-Quads)", "everything (N-Quads)")),
    ("ttl", Said("afirmațiile curente (Turtle)", "the current statements (Turtle)")),
    ("jsonld", Said("JSON-LD", "JSON-LD")),
    ("csv", Said("un tabel (CSV)", "one table (CSV)")),
    ("xlsx", Said("foi pe feluri (XLSX)", "sheets by kind (XLSX)")),
    ("gexf", Said("rețeaua (GEXF, Gephi)", "the network (GEXF, Gephi)")),
    ("graphml", Said("rețeaua (GraphML)", "the network (GraphML)")),
    ("geojson", Said("harta (GeoJSON)", "the map (GeoJSON)")),
)


@dataclass(frozen=True)
class SourceLine:
    """One source; `rejects_url` where rows were refused."""

    slug: str
    title: str
    publisher: str
    licence: str
    page: str | None
    read: int
    accepted: int
    merged: int
    rejected: int
    statements: int
    retrieved: str | None
    checked: str | None
    stale: bool
    held: bool
    rejects_url: str | None


@dataclass(frozen=True)
class SourcesPage:
    """`downloads` as (address, words); `charts` with their tables."""

    sources: tuple[SourceLine, ...]
    downloads: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    citation: Citation
    json_ld: Markup


def _charts(asked: Asked) -> tuple[Chart, ...]:
    catalogue, lang, say = asked.ground.data.catalogue, asked.lang, asked.speech.say
    labels = {f"topic/{slug}": t.label(lang) for slug, t in load_model().topics.items()}
    labels |= {slug: t.label(lang) for slug, t in load_model().topics.items()}
    sums, grants = announced(catalogue), awarded(catalogue)
    made = (
        money_chart(
            sums, "RON", lang, say("Money announced by calls, by programme and year (lei)")
        ),
        topics_chart(sums, labels, "RON", lang, say("Topics by money announced (lei)")),
        money_chart(grants, "RON", lang, say("Money awarded, by programme and year (lei)")),
    )
    return tuple(one for one in made if one is not None)


def build(asked: Asked) -> SourcesPage:
    """The sources page."""
    lang = asked.lang
    rows = tuple(
        SourceLine(
            r.slug,
            r.title(lang),
            r.publisher,
            r.licence,
            r.landing_page,
            r.read,
            r.accepted,
            r.merged,
            r.rejected,
            r.statements,
            r.retrieved,
            r.last_run[:10] if r.last_run else None,
            r.stale,
            r.version is not None,
            f"/{lang}/sources/{r.slug}/rejects.csv" if r.slug in asked.ground.rejects else None,
        )
        for r in asked.ground.sources
    )
    return SourcesPage(
        rows,
        tuple((f"/export/city.{f}", words(lang)) for f, words in FORMATS),
        asked.ground.once(("charts", lang), lambda: _charts(asked)),
        citation(asked, work(asked, None)),
        dataset_ld(asked, work(asked, None), [f for f, _ in FORMATS]),
    )


def rejects(asked: Asked) -> Any:
    """The rejected rows of a source, as the CSV that can be corrected and fed back."""
    path = asked.ground.rejects.get(asked.path["slug"])
    if path is None:
        raise NotFoundError(
            Said("sursa nu are rânduri respinse", "the source has no rejected rows"),
            Said("Vedeți pagina surselor.", "See the sources page."),
        )
    return Response(
        Path(path).read_bytes(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{asked.path["slug"]}-rejects.csv"'},
    )


PAGES = (
    PageDef("sources", "/sources", build, "sources.html", SourcesPage),
    PageDef("rejects", "/sources/{slug}/rejects.csv", rejects, "", SourcesPage),
)
