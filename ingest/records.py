"""Records of other systems on their way to entities: taken whole, or refused with every reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from ingest.fetch import Fetcher
from ingest.identifiers import clean_identifier
from ingest.mapping import slug
from ingest.personal_codes import refuse_personal_codes
from ingest.readers.flatten import flatten
from ingest.readers.rows import with_decimals
from ingest.rejects import Reject
from ingest.source import Source
from ingest.tables import Seen as Met
from ingest.unread import Unread
from ontology.entity import Entity
from ontology.errors import MappingError, ResurseError, RowError, Said
from ontology.kinds import tidy
from ontology.loading import load_model
from ontology.names import ClassName
from ontology.validate import check

Made = Entity | Reject
"""What a crawl gives, one after the other."""


class Crawling(Protocol):
    """The part of `ingest.context.Context` that a connector uses."""

    source: Source
    today: date
    resolve: Callable[[str], str | None]
    fetch: Any
    options: Mapping[str, Any]
    unread: Unread


def fetcher(context: Crawling) -> Fetcher:
    """The fetcher of this run. Raises MappingError when the run has none."""
    if not isinstance(context.fetch, Fetcher):
        raise MappingError(
            Said("sursa se citește din rețea", "the source is read from the network"),
            Said("Porniți ingest cu acces la rețea.", "Run ingest with network access."),
            context.source.slug,
        )
    hosts = frozenset(options(context, "hosts"))
    return context.fetch.allowing(hosts) if hosts else context.fetch


def room(context: Crawling) -> Path | None:
    """The folder for large work of this run; None for the system's own."""
    return context.fetch.seen.within if isinstance(context.fetch, Fetcher) else None


def option(context: Crawling, name: str, default: str | None = None) -> str:
    """A text option of source.yml. Raises MappingError when it is missing and has no default."""
    value = context.options.get(name, default)
    if value is None:
        raise MappingError(
            Said(f"lipsește options.{name}", f"options.{name} is missing"),
            Said(f"Scrieți {name} în source.yml.", f"Write {name} in source.yml."),
            context.source.slug,
        )
    return str(value)


def options(context: Crawling, name: str) -> tuple[str, ...]:
    """A list option of source.yml; one text counts as a list of one."""
    value = context.options.get(name)
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def count_option(context: Crawling, name: str, default: int) -> int:
    """A whole-number option of source.yml. Raises MappingError for anything else."""
    value = whole(context.options.get(name, default))
    if value is None or value < 0:
        raise MappingError(
            Said(f"options.{name} nu este un număr", f"options.{name} is not a number"),
            Said(f"Scrieți, de exemplu, {default}.", f"Write {default}, for example."),
            context.source.slug,
        )
    return value


def language(context: Crawling) -> str:
    """The language of the source's texts: `ro` unless options.lang says `en`."""
    return "en" if context.options.get("lang") == "en" else "ro"


def get(record: object, *steps: str | int) -> Any:
    """What stands at a place inside nested data; None as soon as a step leads nowhere."""
    for step in steps:
        if isinstance(step, str) and isinstance(record, Mapping):
            record = record.get(step)
        elif isinstance(step, int) and isinstance(record, list) and len(record) > step:
            record = record[step]
        else:
            return None
    return record


def whole(value: object) -> int | None:
    """A whole number, however the data writes it; None for anything else."""
    try:
        return int(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def uid(key: object) -> str:
    """A key as it is compared: a UUID means the same in capitals, any other key does not."""
    text = str(key)
    return text.lower() if _UUID.fullmatch(text) else text


def point(place: object) -> str | None:
    """The latitude and longitude of a place, if it has both; nothing in this city lies at 0, 0."""
    pair = [get(place, key) for key in ("latitude", "longitude")]
    if any(one in (None, "") for one in pair) or all(str(one).strip("0.-+ ") == "" for one in pair):
        return None
    return ", ".join(map(str, pair))


def listed(value: object) -> list[Any]:
    """A list, or an empty one where the data has something else."""
    return value if isinstance(value, list) else []


class Record:
    """One record of a source on its way to entities: taken whole, or refused whole.

    `put` cleans each value by its field's kind and remembers what is wrong; `done` sets the gate
    of the shapes before all of them, and gives the entities, or one Reject with every reason.
    """

    def __init__(self, file: str, number: int, raw: Mapping[str, Any]) -> None:
        self.file = file
        self.number = number
        self.place = f"{file}, row {number}"
        self.errors: list[RowError] = []
        self.entities: list[Entity] = []
        self._only: Entity | None = None
        self.values: Mapping[str, str] = {}
        try:
            self.values = flatten(dict(raw))
            refuse_personal_codes(self.values, self.place)
        except RowError as error:
            self.errors.append(error)

    def entity(self, class_name: ClassName, id_: str, page: object = None) -> Entity:
        """A new entity of this record; `page` is the address it can be read at."""
        made = Entity.of(class_name, id_, origin=self.place)
        if isinstance(page, str) and page.startswith(("http://", "https://")):
            made.sources.append(page)
        self.entities.append(made)
        return made

    def put(
        self,
        entity: Entity,
        field: str,
        raw: object,
        *,
        lang: str | None = None,
        scheme: str | None = None,
    ) -> None:
        """Adds a value as the source writes it; empty ones are left out."""
        text = tidy(str(raw)) if raw is not None else ""
        if not text:
            return
        prop = entity.cls.property(field)
        try:
            if prop.kind.name == "code" and prop.code_list:
                value: object = load_model().codes[prop.code_list][text].value
            elif prop.kind.name == "identifier":
                value = clean_identifier(scheme or "", text)
            elif prop.kind.name == "decimal":
                value = prop.kind.clean(with_decimals(text))  # the number of a computer
            else:
                value = prop.kind.clean(text)
            entity.add(field, value, lang=lang, scheme=scheme)
        except ResurseError as error:
            self.fail(field, error.what, error.fix, text)

    def fail(self, column: str, what: Said, fix: Said, value: str = "") -> None:
        """Remembers why the record cannot be taken."""
        said = Said(f"câmpul „{column}”: {what.ro}", f"field '{column}': {what.en}")
        if any(error.what == said for error in self.errors):
            return
        self.errors.append(RowError(said, fix, self.place, column=column, value=value))

    def require(self, column: str, value: object) -> str:
        """A value without which the record means nothing; `""` and a reason when it is missing."""
        text = tidy(str(value)) if value is not None else ""
        if not text:
            self.fail(
                column,
                Said("lipsește", "is missing"),
                Said("Cereți publicatorului valoarea.", "Ask the publisher for the value."),
            )
        return text

    def done(self, seen: Seen) -> Iterator[Made]:
        """The entities that are news in this run, or the Reject."""
        errors = tuple(self.errors) or check(self.entities, self.place)
        if not errors and self._told_otherwise(seen):
            errors = tuple(self.errors)
        if errors:
            yield Reject(self.file, self.number, errors, self.values)
            return
        yield from filter(seen.news, self.entities)

    def only(self, entity: Entity) -> None:
        """Says that no other record of the run may speak of this thing in other words."""
        self._only = entity

    def _told_otherwise(self, seen: Seen) -> bool:
        """Whether an earlier record said something else of the thing that this one is about."""
        if self._only is None or (first := seen.other(self._only, self.number)) is None:
            return False
        self.fail(
            "id",
            Said(
                f"înregistrarea {first} are același id și spune altceva",
                f"record {first} has the same id and says something else",
            ),
            Said("Cereți publicatorului un singur id.", "Ask the publisher for one id each."),
            self._only.id,
        )
        return True


class Seen:
    """The entities already given in this run: the same statement twice is given once.

    On disk, so that they may be millions.
    """

    def __init__(self) -> None:
        self._prints = Met()
        self._ids = Met()
        self._told = Met()
        self._numbers = Met()

    def news(self, entity: Entity) -> bool:
        """Whether this very entity, with these values, comes for the first time."""
        print_ = sha256(f"{entity.id}{entity.values}".encode()).hexdigest()
        return self._prints.before([(print_, 0)]) == [None]

    def other(self, entity: Entity, number: int) -> int | None:
        """The earlier record that told of the same thing with other values; else this one is kept."""
        print_ = int(sha256(f"{entity.values}".encode()).hexdigest()[:15], 16)
        (before,) = self._told.before([(entity.id, print_)])
        (first,) = self._numbers.before([(entity.id, number)])
        return first if before not in (None, print_) else None

    def mint(self, context: Crawling, key: str, wanted: str) -> str:
        """The id of the thing known as `key`: the one it has, else `wanted`, or the next free."""
        known = context.resolve(key)
        if known is not None:
            return known
        made, number, mark = wanted, 1, int(sha256(key.encode()).hexdigest()[:15], 16)
        while self._taken(made, mark) or context.resolve(made) is not None:
            number += 1
            made = f"{wanted}-{number}"
        return made

    def _taken(self, made: str, mark: int) -> bool:
        """Whether an id was wanted before for another key than that of the mark."""
        (before,) = self._ids.before([(made, mark)])
        return before not in (None, mark)


def organisation_id(
    context: Crawling, name: str, *, cui: str | None = None, keys: tuple[str, ...] = ()
) -> str:
    """The id of an organisation: by its CUI, by other keys, else by its name.

    Two organisations that write their name the same way get one id; telling them apart, and
    joining different spellings, is the work of identity resolution.
    """
    known = (f"ro-cui:{cui}",) if cui else ()
    for key in (*known, *keys):
        if (found := context.resolve(key)) is not None:
            return found
    return f"org/ro-cui-{cui}" if cui else f"org/{slug(name)}"
