"""Reads what a source declares in its folder: source.yml, every word of it checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.declared_columns import column_of
from ingest.declared_values import every, mapping, refuse_unknown, said, whole, word, words, wrong
from ingest.source import IdRule, Source
from ontology.errors import FileError, MappingError, Said, UnknownWordError
from ontology.kinds import tidy
from ontology.loading import load_model

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
    "dates",
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


def _classes(raw: object, where: str) -> tuple[Mapping[str, str], str | None]:
    """The class of every row (`""`), or the class by the word in one column."""
    if raw is None:
        return {}, None
    if isinstance(raw, Mapping):
        by = raw.get("by")
        if not by:
            raise wrong(
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
        raise wrong(
            where,
            "lipsește regula pentru id",
            "the id rule is missing",
            "Scrieți id: {column: id, prefix: org/}.",
            "Write id: {column: id, prefix: org/}.",
        )
    return IdRule(
        column=tidy(str(raw["column"])),
        strip=words(raw.get("strip")),
        prefix=word(raw["prefix"], f"{where}.prefix") if raw.get("prefix") else raw.get("prefix"),
        slug=bool(raw.get("slug")),
    )


def _month_first(raw: object, where: str) -> bool:
    """Whether the month stands before the day in dates of digits."""
    if raw in (None, "day-first", "month-first"):
        return raw == "month-first"
    raise wrong(
        where,
        f"„{raw}” nu spune cum sunt scrise datele",
        f"'{raw}' does not say how dates are written",
        "Scrieți day-first (15/03/2024, ca atunci când cheia lipsește) sau month-first (03/15/2024).",
        "Write day-first (15/03/2024, as when the key is missing) or month-first (03/15/2024).",
    )


def _yaml(file: Path, where: str) -> Mapping[str, Any]:
    """What a source.yml holds, none of its keys unknown."""
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
    if not isinstance(raw, Mapping):
        raise wrong(
            where,
            "este gol",
            "is empty",
            "Vedeți docs/add-a-source.md.",
            "See docs/add-a-source.md.",
        )
    refuse_unknown(raw, _TOP, where, ("cheie necunoscută", "unknown key"))
    return raw


def _ignored(raw: object, where: str) -> dict[str, str]:
    """The columns that are passed over, each with the reason; a plain list, or one name, gives none."""
    if isinstance(raw, Mapping):
        return {tidy(str(k)): str(v) for k, v in raw.items()}
    if not isinstance(raw, str | list):
        raise wrong(
            where,
            "nu este o listă de coloane",
            "is not a list of columns",
            "Scrieți [coloană, …] sau {coloană: motiv}.",
            "Write [column, …] or {column: reason}.",
        )
    return {tidy(one): "" for one in words(raw)}


def load_source(path: Path) -> Source:
    """Reads a source.yml. Raises FileError or MappingError naming the key and what to write."""
    file = path / "source.yml" if path.is_dir() else path
    where = f"{file.parent.name}/{file.name}"
    raw = _yaml(file, where)
    slug = word(raw.get("slug") or file.parent.name, f"{where}, slug")
    classes, class_by = _classes(raw.get("class"), where)
    columns = {
        tidy(str(k)): column_of(tidy(str(k)), v, tuple(classes.values()), where)
        for k, v in mapping(raw, "columns", where).items()
    }
    return Source(
        slug=slug,
        folder=file.parent,
        title=said(raw.get("title"), where),
        publisher=str(raw.get("publisher") or ""),
        licence=str(raw.get("licence") or ""),
        landing_page=str(raw["landing_page"]) if raw.get("landing_page") else None,
        scheme=word(raw.get("scheme") or slug, f"{where}, scheme"),
        priority=whole(raw.get("priority") or 50, f"{where}, priority"),
        retrieved=str(raw["retrieved"]) if raw.get("retrieved") else None,
        every=every(raw.get("every"), f"{where}, every"),
        read=mapping(raw, "read", where),
        page={str(k): str(v) for k, v in mapping(raw, "page", where).items()},
        cell_sources=raw.get("cell_sources"),
        classes=classes,
        class_by=class_by,
        id_rule=_id_rule(raw.get("id"), f"{where}, id") if classes else None,
        columns=columns,
        ignore=_ignored(raw.get("ignore") or {}, f"{where}, ignore"),
        minimum={
            str(k): whole(v, f"{where}, minimum.{k}")
            for k, v in mapping(raw, "minimum", where).items()
        },
        options=mapping(raw, "options", where),
        identity=bool(raw.get("identity", True)),
        same={str(k): str(v) for k, v in mapping(raw, "same", where).items()},
        connector=str(raw["connector"]) if raw.get("connector") else None,
        month_first=_month_first(raw.get("dates"), f"{where}, dates"),
        by_name=bool(raw.get("by_name", False)),
    )


@cache
def bundled() -> tuple[Source, ...]:
    """The sources that come with the project, in the order their `priority` gives; read once."""
    found = [load_source(path.parent) for path in SOURCES.glob("*/source.yml")]
    return tuple(sorted(found, key=lambda source: (source.priority, source.slug)))
