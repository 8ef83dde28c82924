"""What search reads of each thing: its names, what it does, what it is linked to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from graph.catalogue.base import Catalogue, Record
from graph.search.text import LANGS, fold, tokens

DEFAULT_KINDS: Final = (
    "ORGANISATION", "PROJECT", "CALL", "WORKING_GROUP", "COUNCIL",
    "PLATFORM", "STRATEGY", "LEGAL_ACT", "COMMITMENT", "ACTION",
)  # fmt: skip
"""What a search without kinds covers; other kinds only when asked for."""

MOST_NEIGHBOURS: Final = 24
"""How many linked names a document takes in, so that a hub does not match all it touches."""

_HAVE_A_PLACE: Final = frozenset({"label", "altLabels", "topics", "identifiers"})
_CODES: Final = ("code", "number", "edition", "year")
_AS_WRITTEN: Final = ("partnerNames", "city", "territory", "software")
_LINKING: Final = ("Membership", "Involvement")
_FACETS: Final = {"legalForm": "form", "year": "year", "place": "place", "status": "status"}


PARTS: Final = {"name": 3, "activities": 2, "rest": 1}
"""How often a word counts by where it stands: names and aliases first, what is linked last."""


@dataclass(frozen=True)
class Document:
    """One thing as search reads it; texts by language (`ro`, `en`), topics as slugs.

    `name` and `aliases` weigh most, then `activities` (what it says about itself), then `rest`
    (the names of what it is linked to). `codes` are found only as typed. `facets` are the
    (field, value) pairs, beside its kind, that `field:value` in a query narrows by. `linked` are
    ids.
    """

    id: str
    kind: str
    name: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    activities: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    linked: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every name, in both languages, without repeats."""
        own = [self.name[lang] for lang in LANGS if self.name.get(lang)]
        return tuple(dict.fromkeys([*own, *self.aliases]))

    def words(self, part: str) -> list[list[str]]:
        """The folded words of a part (one of PARTS), text by text."""
        texts = self.names() if part == "name" else tuple(getattr(self, part).values())
        return [found for text in texts if (found := tokens(text))]

    def digest(self) -> str:
        """A hash of all that search reads; equal when nothing changed."""
        parts: list[object] = [self.kind, dict(self.name), self.aliases, dict(self.activities)]
        parts += [dict(self.rest), self.codes, self.topics, self.facets, self.linked]
        written = json.dumps(parts, ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(written.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _is_text(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and value.keys() <= set(LANGS)


def _texts(value: Any) -> Iterator[Mapping[str, str]]:
    """Every text in both languages inside a value: single, many, or within parts."""
    if _is_text(value):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _strings(value: Any) -> Iterator[str]:
    """Every plain string inside a value, those of parts included, those of texts not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, Mapping) and not _is_text(value):
        for name, inner in value.items():
            if name not in ("id", "type"):
                yield from _strings(inner)


def _neighbours(records: Iterable[Record], known: Mapping[str, Record]) -> dict[str, list[str]]:
    """By id, the ids it is linked with, both ways; a record of no kind links its two ends."""
    found: dict[str, dict[str, None]] = {}

    def link(one: str, other: str) -> None:
        if one != other and one in known and other in known:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None

    for record in records:
        ends = [
            text
            for name, value in sorted(record.values.items())
            if name not in _HAVE_A_PLACE
            for text in _strings(value)
            if text in known
        ]
        if record.kind is not None:
            for end in ends:
                link(record.id, end)
        else:
            for end in ends[1:]:
                link(ends[0], end)
    return {one: list(others) for one, others in found.items()}


def _joined(texts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The texts of each language as one, each sentence once."""
    by_lang: dict[str, dict[str, None]] = {lang: {} for lang in LANGS}
    for text in texts:
        for lang, said in text.items():
            if said and said.strip():
                by_lang[lang][said.strip()] = None
    return {lang: "\n".join(said) for lang, said in by_lang.items() if said}


def _name(record: Record) -> dict[str, str]:
    value = record.values.get("label")
    said = value if isinstance(value, Mapping) else {"ro": str(value)} if value else {}
    return {lang: text for lang, text in said.items() if lang in LANGS and text} or {
        "ro": record.id
    }


def _own(value: Any) -> bool:
    """True for what a thing says about itself: a text or texts, not the texts of its parts."""
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _said(record: Record) -> tuple[dict[str, str], list[Mapping[str, str]]]:
    """What a thing says about itself, the description first; and the texts of its parts."""
    first = {"description": record.values.get("description"), **record.values}
    fields = [value for name, value in first.items() if name not in _HAVE_A_PLACE]
    own = _joined(text for value in fields if _own(value) for text in _texts(value))
    return own, [text for value in fields if not _own(value) for text in _texts(value)]


def _codes(record: Record) -> tuple[str, ...]:
    written = [str(record.values[name]) for name in _CODES if record.values.get(name) is not None]
    written += [str(one["value"]) for one in record.values.get("identifiers") or ()]
    return tuple(dict.fromkeys(written))


def _facets(record: Record, topics: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = [("topic", fold(topic)) for topic in topics]
    for name, facet in _FACETS.items():
        value = record.values.get(name)
        if value is not None and not isinstance(value, list | Mapping):
            pairs.append((facet, fold(str(value).rpartition("/")[2])))
    return tuple(dict.fromkeys(pairs))


def _document(record: Record, linked: Sequence[Record]) -> Document:
    topics = tuple(topic.removeprefix("topic/") for topic in record.refs("topics"))
    as_written = [s for name in _AS_WRITTEN for s in _strings(record.values.get(name))]
    activities, parts = _said(record)
    near = [_name(one) for one in linked[:MOST_NEIGHBOURS]]
    rest = _joined([*near, *({"ro": text} for text in as_written), *parts])
    return Document(
        id=record.id,
        kind=record.kind or "",
        name=_name(record),
        aliases=tuple(dict.fromkeys(_strings(record.values.get("altLabels")))),
        activities=activities,
        rest=rest,
        codes=_codes(record),
        topics=topics,
        facets=_facets(record, topics),
        linked=tuple(one.id for one in linked),
    )


def documents_of(records: Iterable[Record]) -> list[Document]:
    """A document for every record of a kind, in order of id.

    Linked names are read from the records themselves, both ways: a call takes in its programme
    and funder, an organisation the titles of its projects. Records without a kind (memberships,
    involvements) only link the things they hold together.
    """
    every = sorted(records, key=lambda record: record.id)
    known = {record.id: record for record in every if record.kind is not None}
    near = _neighbours(every, known)
    return [
        _document(record, [known[other] for other in near.get(id_, ())])
        for id_, record in known.items()
    ]


def documents(catalogue: Catalogue) -> list[Document]:
    """A document for every resource of a catalogue, linked names read in."""
    parts = (catalogue.scan_type(name) for name in _LINKING)
    return documents_of(chain(catalogue.scan(), *parts))
