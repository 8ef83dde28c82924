"""Reads what a source declares in its folder: source.yml, every word of it checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.source import Column, IdRule, Source
from ontology.errors import FileError, MappingError, Said, UnknownWordError
from ontology.loading import load_model
from ontology.model import PropertyDef

SOURCES = Path(__file__).parent / "sources"
_TOP = {
    "slug",
    "title",
    "publisher",
    "licence",
    "landing_page",
    "scheme",
    "priority",
    "retrieved",
    "every",
    "read",
    "cell_sources",
    "page",
    "class",
    "id",
    "columns",
    "ignore",
    "minimum",
    "options",
    "identity",
    "connector",
    "same",
    "by_name",
}
_COLUMN = {"field", "to", "lang", "split", "codes", "scheme", "refer", "names", "use", "only"}


def _wrong(where: str, ro: str, en: str, fix_ro: str, fix_en: str) -> MappingError:
    return MappingError(Said(ro, en), Said(fix_ro, fix_en), where)


def _mapping(raw: Mapping[str, Any], key: str, where: str) -> Mapping[Any, Any]:
    """What stands under a key, as names and values; empty when the key is missing."""
    held = raw.get(key) or {}
    if not isinstance(held, Mapping):
        raise _wrong(
            f"{where}, {key}",
            "nu este o listă de perechi nume: valoare",
            "is not a list of name: value pairs",
            "Scrieți câte o pereche „nume: valoare” pe rând, ca în docs/add-a-source.md.",
            "Write one `name: value` pair a line, as in docs/add-a-source.md.",
        )
    return held


def _whole(raw: object, where: str) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise _wrong(
        where,
        f"„{raw}” nu este un număr întreg",
        f"'{raw}' is not a whole number",
        "Scrieți un număr, fără ghilimele.",
        "Write a number, without quotes.",
    )


def _said(raw: object, where: str) -> Said:
    if isinstance(raw, Mapping) and {"ro", "en"} <= raw.keys():
        return Said(str(raw["ro"]), str(raw["en"]))
    if isinstance(raw, str):
        return Said(raw, raw)
    raise _wrong(
        where,
        "lipsește titlul",
        "the title is missing",
        "Scrieți title: {ro: …, en: …}.",
        "Write title: {ro: …, en: …}.",
    )


def _checked_field(
    target: str, only: tuple[str, ...], classes: Sequence[str], spot: str
) -> PropertyDef | None:
    """The property a column fills; MappingError unless every class it applies to has it."""
    prop: PropertyDef | None = None
    for name in only or classes:
        try:
            prop = load_model().cls(name).property(target)
        except UnknownWordError as error:
            raise MappingError(error.what, error.fix, spot) from None
    return prop


def _words(raw: object) -> tuple[str, ...]:
    if not raw:
        return ()
    return (raw,) if isinstance(raw, str) else tuple(str(one) for one in raw)  # type: ignore[attr-defined]


def _column(name: str, raw: object, classes: Sequence[str], where: str) -> Column:
    spot = f"{where}, columns.{name}"
    if isinstance(raw, str):
        raw = {"field": raw}
    if not isinstance(raw, Mapping):
        raise _wrong(
            spot,
            "nu este o corespondență",
            "is not a mapping",
            "Scrieți numele câmpului, sau {field: …, split: …}.",
            "Write the field's name, or {field: …, split: …}.",
        )
    unknown = set(raw) - _COLUMN
    if unknown:
        raise _wrong(
            spot,
            f"cuvânt necunoscut: {', '.join(sorted(unknown))}",
            f"unknown word: {', '.join(sorted(unknown))}",
            f"Se pot folosi: {', '.join(sorted(_COLUMN))}.",
            f"Known words: {', '.join(sorted(_COLUMN))}.",
        )
    target, only = raw.get("field"), _words(raw.get("only"))
    if not target and not raw.get("use"):
        raise _wrong(
            spot,
            "nu spune în ce câmp merge",
            "does not say which field it fills",
            "Adăugați field: sau use: true, ori treceți coloana la ignore.",
            "Add field: or use: true, or list the column under ignore.",
        )
    prop = _checked_field(str(target), only, classes, spot) if target else None
    lang = raw.get("lang")
    if prop is not None and prop.kind.name == "text" and lang not in ("ro", "en"):
        raise _wrong(
            spot,
            "este un text fără limbă",
            "is a text without a language",
            "Adăugați lang: ro sau lang: en.",
            "Add lang: ro or lang: en.",
        )
    return Column(
        name=name,
        target=str(target) if target else None,
        to=_upper_end(raw, prop, only, classes, spot),
        lang=str(lang) if lang else None,
        split=str(raw["split"]) if raw.get("split") else None,
        codes={
            str(k): (None if v is None else str(v)) for k, v in _mapping(raw, "codes", spot).items()
        },
        refer=_words(raw.get("refer")),
        names=str(raw["names"]) if raw.get("names") else None,
        scheme=str(raw["scheme"]) if raw.get("scheme") else None,
        use=bool(raw.get("use")),
        only=only,
    )


_WITH_ENDS = ("decimal", "integer", "percent", "date", "calendar")


def _upper_end(
    raw: Mapping[str, Any],
    prop: PropertyDef | None,
    only: tuple[str, ...],
    classes: Sequence[str],
    spot: str,
) -> str | None:
    """The field of the upper end, which must be of the same kind as that of the lower one."""
    if not raw.get("to"):
        return None
    upper = _checked_field(str(raw["to"]), only, classes, spot)
    if (
        prop is None
        or upper is None
        or prop.kind is not upper.kind
        or prop.kind.name not in _WITH_ENDS
        or raw.get("split")
    ):
        raise _wrong(
            spot,
            "to: nu se potrivește cu field:",
            "to: does not go with field:",
            "Cele două câmpuri sunt ambele sume, numere sau date; split nu se folosește aici.",
            "Both fields are amounts, numbers or dates; split is not used here.",
        )
    return upper.name


def _classes(raw: object, where: str) -> tuple[Mapping[str, str], str | None]:
    """The class of every row (`""`), or the class by the word in one column."""
    if raw is None:
        return {}, None
    if isinstance(raw, Mapping):
        by = raw.get("by")
        if not by:
            raise _wrong(
                f"{where}, class",
                "nu spune coloana",
                "does not say the column",
                "Scrieți class: {by: kind, cuvânt: Clasă}.",
                "Write class: {by: kind, word: Class}.",
            )
        found = {str(k): str(v) for k, v in raw.items() if k != "by"}
    else:
        by, found = None, {"": str(raw)}
    for name in found.values():
        try:
            load_model().cls(name)
        except UnknownWordError as error:
            raise MappingError(error.what, error.fix, f"{where}, class") from None
    return found, str(by) if by else None


def _id_rule(raw: object, where: str) -> IdRule:
    if not isinstance(raw, Mapping) or not raw.get("column"):
        raise _wrong(
            where,
            "lipsește regula pentru id",
            "the id rule is missing",
            "Scrieți id: {column: id, prefix: org/}.",
            "Write id: {column: id, prefix: org/}.",
        )
    return IdRule(
        column=str(raw["column"]),
        strip=_words(raw.get("strip")),
        prefix=str(raw["prefix"]) if raw.get("prefix") is not None else None,
        slug=bool(raw.get("slug")),
    )


def load_source(path: Path) -> Source:
    """Reads a source.yml. Raises FileError or MappingError naming the key and what to write."""
    file = path / "source.yml" if path.is_dir() else path
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileError(
            Said("fișierul nu există", "the file does not exist"),
            Said("Verificați calea.", "Check the path."),
            str(file),
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FileError(
            Said(f"nu este YAML corect ({error})", f"is not correct YAML ({error})"),
            Said("Îndreptați fișierul.", "Mend the file."),
            str(file),
        ) from None
    where = f"{file.parent.name}/{file.name}"
    if not isinstance(raw, Mapping):
        raise _wrong(
            where,
            "este gol",
            "is empty",
            "Vedeți docs/add-a-source.md.",
            "See docs/add-a-source.md.",
        )
    unknown = set(raw) - _TOP
    if unknown:
        raise _wrong(
            where,
            f"cheie necunoscută: {', '.join(sorted(unknown))}",
            f"unknown key: {', '.join(sorted(unknown))}",
            f"Chei posibile: {', '.join(sorted(_TOP))}.",
            f"Known keys: {', '.join(sorted(_TOP))}.",
        )
    slug = str(raw.get("slug") or file.parent.name)
    classes, class_by = _classes(raw.get("class"), where)
    columns = {
        str(k): _column(str(k), v, tuple(classes.values()), where)
        for k, v in _mapping(raw, "columns", where).items()
    }
    ignore_raw = raw.get("ignore") or {}
    ignore = (
        {str(k): str(v) for k, v in ignore_raw.items()}
        if isinstance(ignore_raw, Mapping)
        else {str(k): "" for k in ignore_raw}
    )
    return Source(
        slug=slug,
        folder=file.parent,
        title=_said(raw.get("title"), where),
        publisher=str(raw.get("publisher") or ""),
        licence=str(raw.get("licence") or ""),
        landing_page=str(raw["landing_page"]) if raw.get("landing_page") else None,
        scheme=str(raw.get("scheme") or slug),
        priority=_whole(raw.get("priority") or 50, f"{where}, priority"),
        retrieved=str(raw["retrieved"]) if raw.get("retrieved") else None,
        every=str(raw["every"]) if raw.get("every") else None,
        read=_mapping(raw, "read", where),
        page={str(k): str(v) for k, v in _mapping(raw, "page", where).items()},
        cell_sources=raw.get("cell_sources"),
        classes=classes,
        class_by=class_by,
        id_rule=_id_rule(raw.get("id"), f"{where}, id") if classes else None,
        columns=columns,
        ignore=ignore,
        minimum={
            str(k): _whole(v, f"{where}, minimum.{k}")
            for k, v in _mapping(raw, "minimum", where).items()
        },
        options=_mapping(raw, "options", where),
        identity=bool(raw.get("identity", True)),
        same={str(k): str(v) for k, v in _mapping(raw, "same", where).items()},
        connector=str(raw["connector"]) if raw.get("connector") else None,
        by_name=bool(raw.get("by_name", False)),
    )


@cache
def bundled() -> tuple[Source, ...]:
    """The sources that come with the project, in the order their `priority` gives; read once."""
    found = [load_source(path.parent) for path in SOURCES.glob("*/source.yml")]
    return tuple(sorted(found, key=lambda source: (source.priority, source.slug)))
