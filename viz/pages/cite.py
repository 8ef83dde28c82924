"""How to cite the map or one thing of it: in words, and as BibTeX, RIS, CSL-JSON and DataCite.

Formats: BibTeX `@misc`; RIS `TY - DATA`; CSL-JSON 1.0 (citationstyles.org); the JSON of the DataCite
metadata schema 4. The address that is cited is the IRI, which stays when a server moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from fastapi.responses import Response

from graph.catalogue.base import Record, SourceRef
from ontology.errors import NotFoundError, Said
from viz.asked import Asked, PageDef

TITLE = Said("Resurse: harta resurselor Timișoarei", "Resurse: the map of Timișoara's resources")
PUBLISHER = "Resurse"


@dataclass(frozen=True)
class Work:
    """What is cited: the map (`whole` is None) or one thing of it (`whole` is the map's title).

    `map_url` is the address of the map.
    `day` is when its newest source was read, `origins` are the pages it was read from.
    """

    key: str
    title: str
    whole: str | None
    url: str
    map_url: str
    version: str
    day: date
    lang: str
    licences: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True)
class Citation:
    """The citation in words, and links to its forms as (label, address)."""

    text: str
    forms: tuple[tuple[str, str], ...]


def work(asked: Asked, record: Record | None, sources: tuple[SourceRef, ...] = ()) -> Work:
    """What a page asks to cite; without a record the whole map."""
    ground, lang = asked.ground, asked.lang
    read = [v.retrieved for v in ground.data.versions if v.retrieved]
    day = (record.updated if record is not None else max(read, default=None)) or str(ground.today)
    licences = (
        [s.licence for s in sources] if record is not None else [s.licence for s in ground.sources]
    )
    return Work(
        key="resurse"
        if record is None
        else "resurse-" + re.sub(r"[^A-Za-z0-9_-]+", "-", record.id),
        title=TITLE(lang) if record is None else record.label(lang),
        whole=None if record is None else TITLE(lang),
        url=ground.base.iri if record is None else ground.base.thing(record.id),
        map_url=ground.base.iri,
        version=ground.data.version,
        day=date.fromisoformat(str(day)[:10]),
        lang=lang,
        licences=tuple(dict.fromkeys(one for one in licences if one)),
        origins=tuple(s.url for s in sources if s.url),
    )


def in_words(asked: Asked, one: Work) -> str:
    """The citation as a sentence."""
    say = asked.speech.say
    name = one.title
    if one.whole is not None:
        name = say("%(name)s. In: %(whole)s", name=name, whole=one.whole)
    return say(
        "%(name)s, data version %(version)s, %(day)s. %(url)s",
        name=name,
        version=one.version,
        day=asked.speech.day(one.day),
        url=one.url,
    )


def citation(asked: Asked, one: Work, id_: str | None = None) -> Citation:
    """The citation as pages show it."""
    query = "" if id_ is None else f"?id={id_}"
    return Citation(
        in_words(asked, one),
        tuple((f.label, f"/{asked.lang}/cite.{name}{query}") for name, f in FORMS.items()),
    )


_TEX = re.compile(r"[\\{}$&#%_^~]")
_TEX_WORDS = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    # BibTeX counts braces also behind a backslash: one that is not closed would swallow what follows.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}


def _tex(text: str) -> str:
    return _TEX.sub(lambda m: _TEX_WORDS.get(m[0], "\\" + m[0]), " ".join(text.split()))


def _bibtex(one: Work) -> str:
    fields = {
        "title": "{" + _tex(one.title) + "}",
        "author": "{" + PUBLISHER + "}",
        "year": str(one.day.year),
        "month": f"{one.day:%m}",
        "version": one.version,
        "howpublished": _tex(one.whole or "") or None,
        "url": one.url,
        "language": {"ro": "romanian", "en": "english"}[one.lang],
        "note": _tex("; ".join(one.licences)) or None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{one.key},", *lines, "}", ""])


def _ris(one: Work) -> str:
    fields = [
        ("TY", "DATA"),
        ("ID", one.key),
        ("TI", one.title),
        ("T2", one.whole),
        ("AU", PUBLISHER),
        ("PB", PUBLISHER),
        ("PY", str(one.day.year)),
        ("DA", f"{one.day:%Y/%m/%d}"),
        ("ET", one.version),
        ("LA", one.lang),
        ("UR", one.url),
        *(("L2", origin) for origin in one.origins),
        ("N1", "; ".join(one.licences)),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _json(made: Any) -> str:
    return orjson.dumps(made, option=orjson.OPT_INDENT_2).decode()


def _csl(one: Work) -> str:
    made = {
        "id": one.key,
        "type": "dataset",
        "title": one.title,
        "container-title": one.whole,
        "author": [{"literal": PUBLISHER}],
        "publisher": PUBLISHER,
        "version": one.version,
        "issued": {"date-parts": [[one.day.year, one.day.month, one.day.day]]},
        "language": one.lang,
        "license": "; ".join(one.licences),
        "URL": one.url,
    }
    return _json([{name: value for name, value in made.items() if value}])


def _datacite(one: Work) -> str:
    related = [("IsDerivedFrom", origin) for origin in one.origins]
    if one.whole is not None:
        related.append(("IsPartOf", one.map_url))
    return _json(
        {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
            "identifiers": [{"identifier": one.url, "identifierType": "URL"}],
            "creators": [{"name": PUBLISHER, "nameType": "Organizational"}],
            "titles": [{"title": one.title, "lang": one.lang}],
            "publisher": PUBLISHER,
            "publicationYear": str(one.day.year),
            "dates": [{"date": one.day.isoformat(), "dateType": "Updated"}],
            "language": one.lang,
            "version": one.version,
            "rightsList": [{"rights": licence} for licence in one.licences],
            "relatedIdentifiers": [
                {"relatedIdentifier": url, "relatedIdentifierType": "URL", "relationType": how}
                for how, url in related
            ],
        }
    )


@dataclass(frozen=True)
class Form:
    """One way to write a citation down."""

    label: str
    media: str
    write: Callable[[Work], str]


FORMS = {
    "bib": Form("BibTeX", "application/x-bibtex; charset=utf-8", _bibtex),
    "ris": Form("RIS", "application/x-research-info-systems; charset=utf-8", _ris),
    "csl.json": Form("CSL-JSON", "application/vnd.citationstyles.csl+json", _csl),
    "datacite.json": Form("DataCite", "application/vnd.datacite.datacite+json", _datacite),
}


def build(asked: Asked) -> Response:
    """The citation in the form of the address, of the thing `id` or of the whole map."""
    name, given = asked.path["form"], asked.one("id")
    if name not in FORMS:
        known = ", ".join(FORMS)
        raise NotFoundError(
            Said(f"forma „{name[:40]}” nu există", f"there is no form '{name[:40]}'"),
            Said(f"Formele sunt: {known}.", f"The forms are: {known}."),
        )
    catalogue = asked.ground.data.catalogue
    record: Record | None = None
    sources: tuple[SourceRef, ...] = ()
    if given:
        found = catalogue.resolve([given])[0]
        record = catalogue.records([found])[0] if found else None
        if found is None or record is None:
            raise NotFoundError(
                Said(f"„{given[:80]}” nu există pe hartă", f"'{given[:80]}' is not on the map"),
                Said("Căutați după nume.", "Search by name."),
            )
        sources = tuple(catalogue.sources([found])[found])
    one = work(asked, record, sources)
    return Response(
        FORMS[name].write(one),
        headers={
            "Content-Type": FORMS[name].media,
            "Content-Disposition": f'attachment; filename="{one.key}.{name}"',
        },
    )


PAGES = (PageDef("cite", "/cite.{form}", build, "", Citation),)
