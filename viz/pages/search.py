"""Search results and the lists of each kind: facets with counts, sorting, paging, the same list as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urlencode

from fastapi.responses import Response

from graph.catalogue.base import Filter
from graph.search.documents import DEFAULT_KINDS
from graph.search.finding import find
from graph.search.result import Hit
from ontology.errors import LANGS, Said
from viz.asked import Asked, PageDef
from viz.pages.cards import Card, Chip, cards, chips
from viz.pages.facets import FacetBox, FacetLink, boxes, filter_of
from viz.pages.tables import table

PER_PAGE = 20
MOST_ROWS = 5_000
"""Rows of a CSV of a list."""

LISTS: Mapping[str, tuple[tuple[str, ...], Said]] = {
    "search": ((), Said("Căutare", "Search")),
    "organisations": (("ORGANISATION",), Said("Organizații", "Organisations")),
    "projects": (("PROJECT",), Said("Proiecte", "Projects")),
    "groups": (("COUNCIL", "WORKING_GROUP"), Said("Consilii și grupuri", "Councils and groups")),
}


@dataclass(frozen=True)
class ResultLine:
    """A card with why it is here: a snippet with marks in its language, and reasons."""

    card: Card
    snippet: tuple[tuple[str, bool], ...]
    snippet_lang: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class SortLink:
    """One order of the list."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Listing:
    """`q` the words asked for; `understood` the topics they mean; `suggestion` a better spelling; `title` of the list."""

    name: str
    title: str
    q: str
    total: int
    results: tuple[ResultLine, ...]
    facets: tuple[FacetBox, ...]
    understood: tuple[Chip, ...]
    suggestion: str | None
    suggestion_url: str | None
    chosen: tuple[FacetLink, ...]
    sorts: tuple[SortLink, ...]
    next_url: str | None
    first_url: str | None
    csv_url: str
    idea_url: str | None


_ORDERS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("label",),
    "groups": ("label",),
    "projects": ("label", "-year", "-amount"),
}
"""Orders that mean something for a list of one kind; a search has all."""

_SORTS: Mapping[str, Said] = {
    "": Said("potrivire", "relevance"),
    "label": Said("nume", "name"),
    "-year": Said("an, cele noi întâi", "year, newest first"),
    "-amount": Said("sumă, cele mari întâi", "amount, largest first"),
    "closes": Said("termen", "deadline"),
}


def marked(snippet: str | None) -> tuple[tuple[str, bool], ...]:
    """A snippet as pieces of plain text: (text, found or not). It comes as HTML with `<em>` for marks."""
    if not snippet:
        return ()
    pieces = []
    for at, part in enumerate(snippet.replace("</em>", "<em>").split("<em>")):
        if part:
            pieces.append((unescape(part), at % 2 == 1))
    return tuple(pieces)


def _snippet(hit: Hit, lang: str) -> tuple[str, str | None]:
    """The snippet in the page's language, else in the other, with the language it is in."""
    for one in (lang, *(other for other in LANGS if other != lang)):
        if words := hit.snippet(one):
            return one, words
    return lang, None


def _told(card_: Card, lang: str, snippet: str | None, why: tuple[str, ...]) -> ResultLine:
    """A result; a line that the snippet says again, with its marks, is left to the snippet; the name is not said twice."""
    pieces = marked(snippet)
    words = "".join(piece for piece, _ in pieces).strip(" …")
    if words in card_.name.values():
        return ResultLine(card_, (), lang, why)
    if words and words in card_.line.get(lang, "") and len(words) > 0.8 * len(card_.line[lang]):
        card_ = replace(card_, line={})
    return ResultLine(card_, pieces, lang, why)


def _csv(asked: Asked, ids: list[str], name: str) -> Response:
    """The whole list as CSV."""
    say = asked.speech.say
    head = ["id", *(say(w) for w in ("kind", "name", "description", "topics", "facts")), "url"]
    return table(
        name,
        head,
        (
            [
                one.id,
                one.kind_label,
                one.name.get(asked.lang) or next(iter(one.name.values())),
                one.line.get(asked.lang) or next(iter(one.line.values()), ""),
                "; ".join(c.label for c in one.topics),
                "; ".join(one.facts),
                one.url,
            ]
            for one in cards(asked, ids[:MOST_ROWS])
        ),
    )


def _listing(name: str, asked: Asked) -> Listing | Response:
    kinds, title = LISTS[name]
    ground = asked.ground
    data, today = ground.data, ground.today
    filter_ = filter_of(asked, kinds)
    q, sort, after = asked.one("q"), asked.one("sort"), asked.one("after") or None
    lines: list[tuple[str, str, str | None, tuple[str, ...]]] = []
    understood: tuple[Chip, ...] = ()
    suggestion: str | None = None
    if q and not sort:
        found = find(
            data.search,
            data.catalogue,
            q,
            kinds=filter_.kinds,
            filter=filter_,
            first=PER_PAGE,
            after=after,
            today=today,
        )
        if asked.one("format") == "csv":
            hits = find(
                data.search,
                data.catalogue,
                q,
                kinds=filter_.kinds,
                filter=filter_,
                first=MOST_ROWS,
                after=None,
                today=today,
            )
            return _csv(asked, [h.id for h in hits.hits], name)
        lines = [
            (
                h.id,
                *_snippet(h, asked.lang),
                tuple(w(asked.lang) for w in h.why),
            )
            for h in found.hits
        ]
        total, facets, has_next = found.total, found.facets, found.has_next
        understood, suggestion = chips(asked, found.understood), found.suggestion
        last = found.hits[-1].cursor if found.hits else None
    else:
        allowed = filter_
        if q:
            allowed = Filter(**{**filter_.__dict__, "text": q})
        if not allowed.kinds:
            allowed = Filter(**{**allowed.__dict__, "kinds": DEFAULT_KINDS})
        page = data.catalogue.page(allowed, sort or "label", PER_PAGE, after, today)
        if asked.one("format") == "csv":
            whole = data.catalogue.page(allowed, sort or "label", MOST_ROWS, None, today)
            return _csv(asked, list(whole.ids), name)
        lines = [(id_, asked.lang, None, ()) for id_ in page.ids]
        total, facets, has_next = (
            page.total,
            ground.once(("facets", allowed), lambda: tuple(data.catalogue.facets(allowed, today))),
            page.has_next,
        )
        last = page.end
    usual = "" if q else "label"
    held = {c.id: c for c in cards(asked, [id_ for id_, *_ in lines])}
    made, chosen = boxes(asked, facets)
    return Listing(
        name=name,
        title=title(asked.lang),
        q=q,
        total=total,
        results=tuple(
            _told(held[id_], lang, snippet, why) for id_, lang, snippet, why in lines if id_ in held
        ),
        facets=made,
        understood=understood,
        suggestion=suggestion,
        suggestion_url=asked.link(q=suggestion, after=None) if suggestion else None,
        chosen=chosen,
        sorts=tuple(
            SortLink(
                label(asked.lang), asked.link(sort=key or None, after=None), (sort or usual) == key
            )
            for key, label in _SORTS.items()
            if (q if not key else key in _ORDERS.get(name, _SORTS))
        ),
        next_url=asked.link(after=last) if has_next and last else None,
        first_url=asked.link(after=None) if after else None,
        csv_url=asked.link(format="csv", after=None),
        idea_url=f"/{asked.lang}/match?{urlencode({'text': q})}" if q else None,
    )


def _page(name: str) -> PageDef:
    return PageDef(name, f"/{name}", lambda asked: _listing(name, asked), "listing.html", Listing)


PAGES = tuple(_page(name) for name in LISTS)
