"""Search results and the lists of each kind: facets with counts, sorting, paging, the same list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi.responses import Response

from graph.catalogue.base import Facet, Filter
from graph.search.finding import find
from ontology.errors import NotFoundError, Said
from ontology.model import load_model
from viz.pages.cards import STATES, Card, Chip, cards, chips
from viz.site import Asked, PageDef

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
class FacetLink:
    """One value of a facet: a link that adds or takes it away, and how many results have it."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """One way to narrow the list."""

    name: str
    label: str
    values: tuple[FacetLink, ...]


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


_FACETS: Mapping[str, tuple[str, Said]] = {
    "kind": ("kind", Said("Fel", "Kind")),
    "topics": ("topic", Said("Temă", "Topic")),
    "legalForm": ("form", Said("Formă juridică", "Legal form")),
    "place": ("place", Said("Loc", "Place")),
    "year": ("year", Said("An", "Year")),
    "state": ("state", Said("Starea apelului", "State of the call")),
}

_SORTS: Mapping[str, Said] = {
    "": Said("potrivire", "relevance"),
    "label": Said("nume", "name"),
    "-year": Said("an, cele noi întâi", "year, newest first"),
    "-amount": Said("sumă, cele mari întâi", "amount, largest first"),
    "closes": Said("termen", "deadline"),
}


def filter_of(asked: Asked, kinds: tuple[str, ...]) -> Filter:
    """The filter that the address says. Words that mean nothing narrow to nothing and are told by the chips."""
    known = load_model().kinds
    chosen = tuple(k.upper().replace("-", "_") for k in asked.many("kind"))
    unknown = [k for k in chosen if k not in known]
    if unknown:
        raise NotFoundError(
            Said(f"felul „{unknown[0]}” nu există", f"there is no kind '{unknown[0]}'"),
            Said(f"Felurile sunt: {', '.join(known)}.", f"The kinds are: {', '.join(known)}."),
        )
    years = [int(y) for y in asked.many("year") if y.isdigit() and len(y) == 4]
    states = asked.many("state")
    places = asked.many("place")
    return Filter(
        kinds=chosen or kinds,
        topics=tuple(t if t.startswith("topic/") else f"topic/{t}" for t in asked.many("topic")),
        legal_forms=asked.many("form"),
        place=places[0] if places else None,
        open=True if "OPEN" in states or asked.one("open") == "1" else None,
        amount_min=asked.amount("min"),
        amount_max=asked.amount("max"),
        year_from=min(years) if years else None,
        year_to=max(years) if years else None,
    )


def facet_label(asked: Asked, facet: str, value: str, places: Mapping[str, str]) -> str:
    """What a value of a facet is called."""
    model = load_model()
    if facet == "kind":
        return model.kinds[value].plural(asked.lang)
    if facet == "topics":
        topic = model.topics.get(value.removeprefix("topic/"))
        return topic.label(asked.lang) if topic else value
    if facet == "legalForm":
        codes = model.codes["LegalForm"].codes
        return codes[value].label(asked.lang) if value in codes else value
    if facet == "state":
        return STATES[value](asked.lang)
    return places.get(value, value)


def boxes(
    asked: Asked, facets: tuple[Facet, ...] | list[Facet]
) -> tuple[tuple[FacetBox, ...], tuple[FacetLink, ...]]:
    """The facets as boxes of links, and the values that are chosen now."""
    ids = [v for f in facets if f.name == "place" for v, _ in f.values]
    places = {
        r.id: r.label(asked.lang) for r in asked.ground.data.catalogue.records(ids) if r is not None
    }
    made, chosen = [], []
    for facet in facets:
        if facet.name not in _FACETS or not facet.values:
            continue
        parameter, label = _FACETS[facet.name]
        held = asked.many(parameter)
        links = []
        for value, count in facet.values[:40]:
            short = value.removeprefix("topic/")
            on = short in held
            rest = [one for one in held if one != short]
            url = asked.link(**{parameter: rest if on else [*held, short], "after": None})
            link = FacetLink(facet_label(asked, facet.name, value, places), count, url, on)
            links.append(link)
            if on:
                chosen.append(link)
        if len(links) > 1 or any(one.chosen for one in links):
            made.append(FacetBox(facet.name, label(asked.lang), tuple(links)))
    return tuple(made), tuple(chosen)


def marked(snippet: str | None) -> tuple[tuple[str, bool], ...]:
    """A snippet as pieces: (text, found or not). The marks are `<em>`; all else is plain text."""
    if not snippet:
        return ()
    pieces = []
    for at, part in enumerate(snippet.replace("</em>", "<em>").split("<em>")):
        if part:
            pieces.append((part, at % 2 == 1))
    return tuple(pieces)


def _snippet(highlight: Mapping[str, str], lang: str) -> tuple[str, str | None]:
    """The snippet in the page's language, else in the other, with the language it is in."""
    if highlight.get(lang):
        return lang, highlight[lang]
    return next(((other, words) for other, words in highlight.items() if words), (lang, None))


def _told(card_: Card, lang: str, snippet: str | None, why: tuple[str, ...]) -> ResultLine:
    """A result; a line that the snippet says again, with its marks, is left to the snippet."""
    pieces = marked(snippet)
    words = "".join(piece for piece, _ in pieces).strip(" …")
    if words and words in card_.line.get(lang, "") and len(words) > 0.8 * len(card_.line[lang]):
        card_ = replace(card_, line={})
    return ResultLine(card_, pieces, lang, why)


def _csv(asked: Asked, ids: list[str], name: str) -> Response:
    """The whole list as CSV, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    speech = asked.speech
    writer.writerow(
        [
            "id",
            speech.say("kind"),
            speech.say("name"),
            speech.say("description"),
            speech.say("topics"),
            speech.say("facts"),
            "url",
        ]
    )
    for one in cards(asked, ids[:MOST_ROWS]):
        cells = [
            one.id,
            one.kind_label,
            one.name.get(asked.lang) or next(iter(one.name.values())),
            one.line.get(asked.lang) or next(iter(one.line.values()), ""),
            "; ".join(c.label for c in one.topics),
            "; ".join(one.facts),
            one.url,
        ]
        writer.writerow([harmless(cell) for cell in cells])
    return Response(
        "\ufeff" + out.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


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
            lang=asked.lang,
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
                lang=asked.lang,
                first=MOST_ROWS,
                after=None,
                today=today,
            )
            return _csv(asked, [h.id for h in hits.hits], name)
        lines = [
            (
                h.id,
                *_snippet(h.highlight, asked.lang),
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
            from graph.search.documents import DEFAULT_KINDS

            allowed = Filter(**{**allowed.__dict__, "kinds": DEFAULT_KINDS})
        page = data.catalogue.page(allowed, sort or "label", PER_PAGE, after, today)
        if asked.one("format") == "csv":
            whole = data.catalogue.page(allowed, sort or "label", MOST_ROWS, None, today)
            return _csv(asked, list(whole.ids), name)
        lines = [(id_, asked.lang, None, ()) for id_ in page.ids]
        total, facets, has_next = (
            page.total,
            tuple(data.catalogue.facets(allowed, today)),
            page.has_next,
        )
        last = page.end
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
            SortLink(label(asked.lang), asked.link(sort=key or None, after=None), sort == key)
            for key, label in _SORTS.items()
            if key or q
        ),
        next_url=asked.link(after=last) if has_next and last else None,
        first_url=asked.link(after=None) if after else None,
        csv_url=asked.link(format="csv", after=None),
    )


def _page(name: str) -> PageDef:
    return PageDef(name, f"/{name}", lambda asked: _listing(name, asked), "listing.html", Listing)


PAGES = tuple(_page(name) for name in LISTS)
