"""Records of other systems on their way to entities: taken whole, or refused with every reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.crawl import Made
from ingest.given import Seen
from ingest.identifiers import clean_identifier
from ingest.personal_codes import refuse_personal_codes
from ingest.readers.flatten import flatten
from ingest.readers.rows import with_decimals
from ingest.rejects import Reject
from ontology.entity import Entity
from ontology.errors import ResurseError, RowError, Said
from ontology.kinds import tidy
from ontology.loading import load_model
from ontology.names import ClassName
from ontology.validate import check


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
