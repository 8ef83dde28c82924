"""Turns page definitions into routes: one language, one context, one template each; errors become pages."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from cachetools import LRUCache
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ontology.errors import InputError, NotFoundError, RefusedError, ResurseError, Said
from ontology.model import load_model
from viz.ground import Ground
from viz.languages import SPEECH, Speech
from viz.palette import badge, kind_css

HERE = Path(__file__).parent
STATIC = HERE / "static"
HTML = "text/html; charset=utf-8"
MAX_QUERY = 1_000
"""Characters of one parameter that a page reads; more is told, not cut in silence."""


@dataclass(frozen=True)
class Asked:
    """One request as a page sees it: where it stands, its language, the words of its address."""

    ground: Ground
    lang: str
    query: Mapping[str, list[str]]
    path: Mapping[str, str]
    url: str

    @property
    def speech(self) -> Speech:
        """Words and numbers in the page's language."""
        return SPEECH[self.lang]

    def one(self, name: str, default: str = "") -> str:
        """The last value of a parameter. InputError when it is too long."""
        value = (self.query.get(name) or [default])[-1].strip()
        if len(value) > MAX_QUERY:
            raise InputError(
                Said(
                    f"textul are {len(value)} de caractere; se citesc cel mult {MAX_QUERY}",
                    f"the text is {len(value)} characters long; at most {MAX_QUERY} are read",
                ),
                Said("Scurtați-l la câteva cuvinte.", "Shorten it to a few words."),
                name,
            )
        return value

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a parameter, without empty ones and repeats."""
        return tuple(dict.fromkeys(v.strip() for v in self.query.get(name, []) if v.strip()))[:50]

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number within limits; the default where there is none. InputError for other text."""
        text = self.one(name)
        if not text:
            return default
        if not text.lstrip("-").isdigit() or len(text) > 9:
            raise InputError(
                Said(f"„{text[:40]}” nu este un număr", f"'{text[:40]}' is no number"),
                Said(
                    f"Scrieți un număr de la {low} la {high}.",
                    f"Write a number from {low} to {high}.",
                ),
                name,
            )
        return min(high, max(low, int(text)))

    def amount(self, name: str) -> float | None:
        """A sum; None where there is none. InputError for other text."""
        from ontology.kinds import clean_decimal

        text = self.one(name)
        return float(clean_decimal(text)) if text else None

    def link(self, **changes: object) -> str:
        """This page's address with some parameters changed (None removes one)."""
        held = {name: list(values) for name, values in self.query.items()}
        for name, value in changes.items():
            if value is None:
                held.pop(name, None)
            else:
                held[name] = (
                    [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
                )
        words = urlencode([(name, v) for name, values in held.items() for v in values])
        return f"{self.url}?{words}" if words else self.url


@dataclass(frozen=True)
class PageDef:
    """One page: its path below `/{lang}`, the function that makes its context, its template.

    The context is a dataclass; the template sees its fields and nothing else of ours but the
    helpers that every page has. A function may give a Response instead (a CSV, a redirect).
    """

    name: str
    path: str
    build: Callable[[Asked], Any]
    template: str
    context: type


def href(lang: str, id_: str) -> str:
    """The page of a thing."""
    return f"/{lang}/r/{quote(id_)}"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(badge=badge, href=href, model=load_model())
    return made


ENVIRONMENT = _environment()


def context_dict(context: Any) -> dict[str, Any]:
    """The fields of a page's context, as the template sees them."""
    return {one.name: getattr(context, one.name) for one in fields(context)}


def render(template: str, asked: Asked, values: Mapping[str, Any]) -> str:
    """A page as HTML."""
    speech = asked.speech
    other = "en" if asked.lang == "ro" else "ro"
    shared = {
        "lang": asked.lang,
        "other_lang": other,
        "asked": asked,
        "_": speech.say,
        "n_": speech.count,
        "number": speech.number,
        "money": speech.money,
        "day": speech.day,
        "text": speech.text,
        "name_of": speech.name,
        "percent": speech.percent,
        "month_name": month_name,
        "other_url": _in_language(asked, other),
        "contact": asked.ground.contact,
        "data_version": asked.ground.data.version,
    }
    return ENVIRONMENT.get_template(template).render({**shared, **values})


def month_name(number: int, lang: str) -> str:
    """The name of a month (1 to 12)."""
    return str(SPEECH[lang].locale.months["format"]["wide"][number])


def _in_language(asked: Asked, other: str) -> str:
    return f"/{other}" + asked.link()[3:]


def _asked(request: Request, ground: Ground, lang: str) -> Asked:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return Asked(ground, lang, query, dict(request.path_params), quote(request.url.path))


def _status(error: ResurseError) -> int:
    return (
        404
        if isinstance(error, NotFoundError)
        else 400
        if isinstance(error, (InputError, RefusedError))
        else 503
    )


def _problem(
    asked: Asked, status: int, sentence: str, suggestions: Sequence[tuple[str, str]] = ()
) -> Response:
    html = render(
        "problem.html", asked, {"status": status, "sentence": sentence, "suggestions": suggestions}
    )
    return Response(html, status, media_type=HTML)


def _suggestions(asked: Asked) -> list[tuple[str, str]]:
    """Pages of things that look like what the address names."""
    wanted = asked.path.get("id") or asked.path.get("code") or ""
    ids = asked.ground.data.catalogue.nearest(wanted[:200]) if wanted else []
    records = asked.ground.data.catalogue.records(ids)
    return [(href(asked.lang, r.id), r.label(asked.lang)) for r in records if r is not None]


def _page(html: bytes, lang: str) -> Response:
    return Response(html, media_type=HTML, headers={"Content-Language": lang})


def _answer(page: PageDef, asked: Asked) -> Response:
    try:
        made = page.build(asked)
        if isinstance(made, Response):
            return made
        html = render(page.template, asked, context_dict(made))
        return _page(html.encode(), asked.lang)
    except ResurseError as error:
        suggestions = _suggestions(asked) if isinstance(error, NotFoundError) else []
        return _problem(asked, _status(error), error.message(asked.lang), suggestions)


class Shelf:
    """Finished pages of the edition in use, so that what many ask for is made once.

    A page depends on its address, the edition (data, last readings, settings) and the day;
    all of that is in the key, so nothing stale is ever served. Bounded by bytes, oldest out first.
    """

    def __init__(self, size: int = 32 << 20) -> None:
        self._pages: LRUCache[Hashable, bytes] = LRUCache(size, getsizeof=len)
        self._lock = threading.Lock()

    def answer(self, page: PageDef, asked: Asked, query: str) -> Response:
        """The page from the shelf, or made now and put there."""
        ground = asked.ground
        key = (ground.edition, ground.today, asked.url, query)
        with self._lock:
            kept = self._pages.get(key)
        if kept is not None:
            return _page(kept, asked.lang)
        made = _answer(page, asked)
        if made.status_code == 200 and made.media_type == HTML and len(made.body) < 1 << 20:
            with self._lock:
                self._pages[key] = bytes(made.body)
        return made


def mount(app: FastAPI, pages: Sequence[PageDef], ground: Callable[[], Ground]) -> None:
    """Adds every page in both languages, the door `/`, the palette, and the page for addresses that mean nothing."""

    shelf = Shelf()

    def route(page: PageDef, lang: str) -> None:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(
                lambda: shelf.answer(page, _asked(request, ground(), lang), request.url.query)
            )

        app.add_api_route(
            f"/{lang}{page.path}",
            answer,
            methods=["GET", "HEAD"],
            include_in_schema=False,
            name=f"{page.name}:{lang}",
        )

    for page in pages:
        for lang in SPEECH:
            route(page, lang)

    @app.get("/", include_in_schema=False)
    def door(request: Request) -> Response:
        first = request.headers.get("accept-language", "ro").lower()
        return RedirectResponse(
            "/en" if first.startswith("en") else "/ro", 302, headers={"Vary": "Accept-Language"}
        )

    @app.get("/kinds.css", include_in_schema=False)
    def kinds() -> Response:
        return Response(
            kind_css(), media_type="text/css", headers={"Cache-Control": "max-age=86400"}
        )

    @app.exception_handler(HTTPException)
    async def missing(request: Request, error: HTTPException) -> Response:
        if not request.url.path.startswith(("/ro", "/en")):
            return Response(
                f'{{"error":"{error.status_code}"}}',
                error.status_code,
                media_type="application/json",
            )
        lang = "en" if request.url.path.startswith("/en") else "ro"
        said = (
            Said("Pagina nu există.", "There is no such page.")
            if error.status_code == 404
            else Said("Cererea nu poate fi servită.", "The request cannot be served.")
        )
        return await run_in_threadpool(
            lambda: _problem(_asked(request, ground(), lang), error.status_code, said(lang))
        )
