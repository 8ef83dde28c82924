"""One organisation (or other thing) as identity sees it: names, identifier, kind, city, website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from stdnum.ro import cnp
from stdnum.ro import cui as ro_cui

from graph.catalogue.base import Record
from ingest.identity.folding import fold, repaired
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.names import Name, parse, shorter
from ontology.errors import RowError, Said

CUI_SCHEMES = frozenset({"ro-cui", "cui", "cif", "fiscal_code"})
_PERSONAL = re.compile(r"(?<!\d)[1-9]\d{12}(?!\d)")
SHARED_HOSTS = (
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "wordpress.com",
    "blogspot.com",
    "google.com",
    "wikipedia.org",
    "linktr.ee",
    "gmail.com",
    "yahoo.com",
    "yahoo.ro",
    "ymail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "protonmail.com",
    "gmx.de",
    "rdslink.ro",
    "mail.com",
    "twitter.com",
    "x.com",
)
"""Hosts that lend pages or mailboxes to many: the same host there says nothing."""


def personal_code(text: str) -> bool:
    """True when a valid personal numeric code (CNP, 13 digits) stands in the text."""
    return any(
        cnp.is_valid(code) for code in _PERSONAL.findall(re.sub(r"(?<=\d)[ ./-](?=\d)", "", text))
    )


def clean_cui(text: str) -> str | None:
    """The bare digits of a Romanian fiscal code; None for an empty cell.

    Takes `RO 185 472 90` and the like, and checks the control digit. Raises RowError for 13 digits
    (a personal code: never repeated in the message) and for anything else that is no such code.
    """
    bare = re.sub(r"[\s.\-/]", "", text).upper()
    digits = bare.removeprefix("RO")
    if not bare:
        return None
    if len(re.sub(r"\D", "", bare)) == 13 or personal_code(text):
        raise RowError(
            Said(
                "codul are 13 cifre: e al unei persoane și nu se păstrează",
                "the code has 13 digits: it belongs to a person and is not kept",
            ),
            Said(
                "Ștergeți-l; scrieți codul de înregistrare fiscală al organizației.",
                "Delete it; write the fiscal code of the organisation.",
            ),
        )
    if not ro_cui.is_valid(digits):
        shown = text.strip()[:20]
        raise RowError(
            Said(
                f"„{shown}” nu este un cod fiscal: cifra de control nu se potrivește",
                f"'{shown}' is not a fiscal code: the check digit does not agree",
            ),
            Said("Verificați cifrele.", "Check the digits."),
            value=shown,
        )
    return str(ro_cui.compact(digits))


_CODED = re.compile(
    r"[\s,;(–-]*\b(?:c\.?\s?u\.?\s?i\.?|c\.?\s?i\.?\s?f\.?|cod(?:ul)?\s+(?:unic|fiscal)[a-zăâîșț ]{0,30}?)\s*[:.]?\s*"
    r"((?:ro)?\s?\d[\d ]{0,11}\d)\s*\)?",
    re.IGNORECASE,
)


def without_code(written: str) -> tuple[str, str | None]:
    """A name without the fiscal code written after it, and that code when its check digit agrees."""
    match = _CODED.search(written)
    if match is None:
        return written, None
    digits = re.sub(r"\D", "", match[1])
    name = (written[: match.start()] + " " + written[match.end() :]).strip(" ,;-–(")
    return (name or written), (str(ro_cui.compact(digits)) if ro_cui.is_valid(digits) else None)


def host_of(website: str | None) -> str | None:
    """The host of an address (or mail address) without `www.`; None for hosts that many share."""
    website = next(iter(re.split(r"[\s,;]+", (website or "").strip())))
    if not website:
        return None
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return None  # an address that no browser opens identifies nobody
    host = host.removeprefix("www.")
    shared = any(host == one or host.endswith("." + one) for one in SHARED_HOSTS)
    return None if shared or "." not in host else host


@dataclass(frozen=True)
class Party:
    """What is known of one body: `names` in all spellings and languages, the first one preferred.

    `kind` is a LegalForm code, or `PLAIN` for things that are no organisations (projects, calls,
    places): their names have no legal form. `cui` may be written in any usual way; RowError when
    its check digit is wrong or it is a personal code.
    """

    id: str
    names: tuple[str, ...]
    kind: str | None = None
    cui: str | None = None
    city: str | None = None
    website: str | None = None
    county: str | None = None

    def __post_init__(self) -> None:
        if self.kind == "unknown":
            object.__setattr__(self, "kind", None)
        if self.cui is not None:
            object.__setattr__(self, "cui", clean_cui(self.cui))

    @property
    def label(self) -> str:
        """The preferred name; the id when there is none."""
        return self.names[0] if self.names else self.id

    @cached_property
    def parsed(self) -> tuple[Name, ...]:
        """Every name in its parts; what parses alike is kept once."""
        plain = self.kind == PLAIN
        whole = [parse(written, plain) for written in self.names]
        short = [] if plain else [name for written in self.names for name in shorter(written)]
        found: dict[tuple[str, ...], Name] = {}
        for name in (*whole, *short):
            if name.key:
                found.setdefault(name.key, name)
        return tuple(found.values())

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """What its names give in brackets, and its short names."""
        asides = {short for name in self.parsed for short in name.aside}
        return frozenset(asides | {n.compact for n in self.parsed if len(n.compact) <= 8})

    @cached_property
    def branch(self) -> bool:
        """True when its preferred name says that it is a part of a larger body."""
        return bool(self.names) and bool(parse(self.names[0]).of(Role.BRANCH))

    @cached_property
    def forms(self) -> frozenset[str]:
        """The legal forms that its names or its kind state."""
        stated = frozenset().union(*(name.of(Role.FORM) for name in self.parsed))
        return stated | lexicon().kinds.get(self.kind or "", frozenset())

    @cached_property
    def public(self) -> bool:
        """True when a name without a legal form says that it is a university, council, museum …"""
        heads = lexicon().public_heads
        return any(name.of(Role.HEAD) & heads and not name.of(Role.FORM) for name in self.parsed)

    @cached_property
    def cities(self) -> frozenset[str]:
        """The town of its city field, or else the county; empty when unknown.

        A village that the lexicon does not know is a place too, by its folded name.
        """
        levels = lexicon().place_levels
        known = parse(self.city or "").of(Role.PLACE)
        known -= {wide for one in known for wide in levels(one)[1:]}
        return known or _village(self.city or "") or parse(self.county or "").of(Role.PLACE)

    @cached_property
    def places(self) -> frozenset[str]:
        """Every place that its names or its city say, countries too."""
        return self.cities | frozenset().union(*(name.of(Role.PLACE) for name in self.parsed))

    @cached_property
    def host(self) -> str | None:
        """The host of its website, when it is its own."""
        return host_of(self.website)


_SETTLEMENT = re.compile(
    r"^(?:com(?:una)?|sat(?:ul)?|oras(?:ul)?|mun(?:icipiul)?|loc(?:alitatea)?)\b\.?\s*"
)
_NO_PLACE = frozenset(
    {"na", "n/a", "nu", "nespecificat", "necunoscut", "unknown", "online", "none"}
)


def _village(city: str) -> frozenset[str]:
    """The first part of a cell that holds words only."""
    name = _SETTLEMENT.sub("", fold(repaired(city)).split(",")[0].strip())
    is_name = len(name) >= 3 and re.fullmatch(r"[a-z][a-z -]+", name) is not None
    return frozenset({name}) if is_name and name not in _NO_PLACE else frozenset()


PLAIN = "PLAIN"
"""The kind of things whose names are plain titles."""


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (str(one) for one in value.values() if one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)


def party_of(record: Record) -> Party:
    """A record of the catalogue as a party; a record's identifiers were checked when it came in."""
    values = record.values
    names = dict.fromkeys([*_strings(values.get("label")), *_strings(values.get("altLabels"))])
    codes = [
        i["value"] for i in values.get("identifiers") or () if i["scheme"].lower() in CUI_SCHEMES
    ]
    organisation = record.type == "Organisation"
    return Party(
        id=record.id,
        names=tuple(names) or (record.id,),
        kind=values.get("legalForm") if organisation else PLAIN,
        cui=codes[0] if codes and ro_cui.is_valid(codes[0]) else None,
        city=values.get("city") if organisation else None,
        website=values.get("homepage") if organisation else None,
    )


def parties_of(records: Iterable[Record]) -> Iterator[Party]:
    """Every record as a party."""
    return map(party_of, records)
