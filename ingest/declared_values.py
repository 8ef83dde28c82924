"""The plain values of a source.yml: each is what its key needs, or the key is named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from ontology.days import clean_duration
from ontology.errors import MappingError, RowError, Said


def wrong(where: str, ro: str, en: str, fix_ro: str, fix_en: str) -> MappingError:
    """A refusal that names the spot in source.yml."""
    return MappingError(Said(ro, en), Said(fix_ro, fix_en), where)


def mapping(raw: Mapping[str, Any], key: str, where: str) -> Mapping[Any, Any]:
    """What stands under a key, as names and values; empty when the key is missing."""
    held = raw.get(key) or {}
    if not isinstance(held, Mapping):
        raise wrong(
            f"{where}, {key}",
            "nu este o listă de perechi nume: valoare",
            "is not a list of name: value pairs",
            "Scrieți câte o pereche „nume: valoare” pe rând, ca în docs/add-a-source.md.",
            "Write one `name: value` pair a line, as in docs/add-a-source.md.",
        )
    return held


def whole(raw: object, where: str) -> int:
    """A whole number."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    raise wrong(
        where,
        f"„{raw}” nu este un număr întreg",
        f"'{raw}' is not a whole number",
        "Scrieți un număr, fără ghilimele.",
        "Write a number, without quotes.",
    )


_WORD = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")


def word(raw: object, where: str) -> str:
    """What becomes part of ids, of graph names and of folders: letters, digits, dots and hyphens."""
    text = str(raw)
    if _WORD.fullmatch(text) and ("/" not in text or where.endswith("prefix")):
        return text
    raise wrong(
        where,
        f"„{text}” are alte semne decât litere fără diacritice, cifre, puncte și cratime",
        f"'{text}' has other characters than plain letters, digits, dots and hyphens",
        "Scrieți, de exemplu, cluburi-de-lectura.",
        "Write reading-clubs, for example.",
    )


def every(raw: object, where: str) -> str | None:
    """How often the source is to be read, as a duration."""
    if not raw:
        return None
    try:
        return clean_duration(str(raw))
    except RowError as error:
        raise MappingError(
            error.what, Said("Scrieți P30D, P1M sau P1Y.", "Write P30D, P1M or P1Y."), where
        ) from None


def said(raw: object, where: str) -> Said:
    """A sentence in both languages, or one for both."""
    if isinstance(raw, Mapping) and {"ro", "en"} <= raw.keys():
        return Said(str(raw["ro"]), str(raw["en"]))
    if isinstance(raw, str):
        return Said(raw, raw)
    raise wrong(
        where,
        "lipsește titlul",
        "the title is missing",
        "Scrieți title: {ro: …, en: …}.",
        "Write title: {ro: …, en: …}.",
    )


def words(raw: object) -> tuple[str, ...]:
    """A list of words; one word counts as a list of one."""
    if not raw:
        return ()
    return (raw,) if isinstance(raw, str) else tuple(str(one) for one in raw)  # type: ignore[attr-defined]


def refuse_unknown(
    raw: Mapping[Any, Any], known: Collection[str], where: str, noun: tuple[str, str]
) -> None:
    """MappingError for a key that is none of the known ones; `noun` says in both languages what it is."""
    unknown = ", ".join(sorted(str(key) for key in set(raw) - set(known)))
    if unknown:
        there = ", ".join(sorted(known))
        raise wrong(
            where,
            f"{noun[0]}: {unknown}",
            f"{noun[1]}: {unknown}",
            f"Se pot folosi: {there}.",
            f"Known words: {there}.",
        )
