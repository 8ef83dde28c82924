"""One organisation (or other thing) as identity sees it: names, identifier, kind, city, website."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from stdnum.ro import cui as ro_cui

from graph.catalogue.base import Record
from ingest.identity.fiscal_code import CUI_SCHEMES, clean_cui
from ingest.identity.folding import fold, repaired
from ingest.identity.hosts import host_of
from ingest.identity.lexicon import Role, lexicon
from ingest.identity.names import Name, parse, shorter

PLAIN = "PLAIN"
"""The kind of things whose names are plain titles."""


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
