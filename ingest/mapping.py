"""One row of a table to one entity, as source.yml says: cleaned, coded, referring to known things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from stdnum.ro import cnp, cui

from ingest.source import Column, Source
from ontology.entity import Entity
from ontology.errors import ResurseError, RowError, Said
from ontology.kinds import tidy
from ontology.model import ClassDef, PropertyDef, load_model

Resolve = Callable[[str], str | None]
"""Gives the id a key (`scheme:value`) stands for, or None."""


def slug(text: str, limit: int = 80) -> str:
    """Lower-case ASCII words joined by `-`: `Științescu 2026` → `stiintescu-2026`."""
    plain = unicodedata.normalize("NFD", tidy(text)).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made[:limit].rstrip("-") or "x"


_THIRTEEN = re.compile(r"(?<!\d)[1-9]\d{12}(?!\d)")


def refuse_personal_codes(values: Mapping[str, str], where: str) -> None:
    """Raises RowError when a cell holds a personal numeric code; the code itself is never repeated."""
    for column, cell in values.items():
        for match in _THIRTEEN.finditer(re.sub(r"(?<=\d)[ .-](?=\d)", "", cell)):
            if cnp.is_valid(match.group()) or cell.strip() == match.group():
                raise RowError(
                    Said(
                        f"coloana „{column}” conține un cod numeric personal",
                        f"column '{column}' holds a personal numeric code",
                    ),
                    Said(
                        "Ștergeți codul: datele persoanelor private nu se păstrează aici.",
                        "Remove the code: data about private persons is not kept here.",
                    ),
                    where,
                    column=column,
                    value="•" * 13,
                )


@dataclass(frozen=True)
class RowProblems(Exception):
    """Everything wrong with one row."""

    errors: tuple[RowError, ...]


def _in_column(error: ResurseError, column: str, value: str, where: str) -> RowError:
    return RowError(
        Said(f"coloana „{column}”: {error.what.ro}", f"column '{column}': {error.what.en}"),
        error.fix,
        where,
        column=column,
        value=value,
    )


class Mapper:
    """Turns rows into entities by a source's declaration.

    `resolve` answers keys of this and other sources. Raises RowProblems with every cell that is
    wrong, so that a clerk mends a row once.
    """

    def __init__(self, source: Source, resolve: Resolve) -> None:
        self.source = source
        self.resolve = resolve
        self.model = load_model()

    def unmapped(self, columns: tuple[str, ...]) -> list[str]:
        """Columns of the file that source.yml neither maps nor ignores."""
        known = set(self.source.columns) | set(self.source.ignore) | set(self.source.page.values())
        return [name for name in columns if name not in known]

    def missing(self, columns: tuple[str, ...]) -> list[str]:
        """Columns that source.yml maps and the file does not have."""
        return [name for name in self.source.columns if name not in columns]

    def class_of(self, values: Mapping[str, str], where: str) -> ClassDef:
        """The class of a row's thing."""
        source = self.source
        if source.class_by is None:
            return self.model.cls(source.classes[""])
        word = tidy(values.get(source.class_by, ""))
        if word not in source.classes:
            known = ", ".join(source.classes)
            raise RowError(
                Said(
                    f"coloana „{source.class_by}”: „{word}” nu este un fel cunoscut",
                    f"column '{source.class_by}': '{word}' is no known kind",
                ),
                Said(f"Valorile sunt: {known}.", f"The values are: {known}."),
                where,
                column=source.class_by,
                value=word,
            )
        return self.model.cls(source.classes[word])

    def key_of(self, values: Mapping[str, str], where: str) -> tuple[str, str]:
        """The row's own key (`scheme:value`) and the id it would be minted with."""
        rule = self.source.id_rule
        assert rule is not None
        cell = tidy(values.get(rule.column, ""))
        if not cell:
            raise RowError(
                Said(f"coloana „{rule.column}” este goală", f"column '{rule.column}' is empty"),
                Said("Scrieți un id unic pentru rând.", "Write an id of its own for the row."),
                where,
                column=rule.column,
            )
        cls = self.class_of(values, where)
        prefix = rule.prefix if rule.prefix is not None else f"{cls.id_prefix}/"
        local = cell
        for start in rule.strip:
            if cell.startswith(start):
                local = cell.removeprefix(start)
                break
        local = (
            slug(local, 120) if rule.slug or not re.fullmatch(r"[A-Za-z0-9._/-]+", local) else local
        )
        return f"{self.source.scheme}:{cell}", prefix + local

    def entity(
        self, id_: str, values: Mapping[str, str], where: str, cells: Mapping[str, str]
    ) -> Entity:
        """The entity of a row. `cells` gives, by column, the page a single cell was read from."""
        refuse_personal_codes(values, where)
        cls = self._class_by_id(id_) or self.class_of(values, where)
        entity = Entity(id_, cls, origin=where)
        rule = self.source.id_rule
        if rule is not None and not rule.slug:
            entity.add("identifiers", tidy(values[rule.column]), scheme=self.source.scheme)
        errors: list[RowError] = []
        for column in self.source.columns.values():
            cell = tidy(values.get(column.name, ""))
            if not cell or column.target is None or (column.only and cls.name not in column.only):
                continue
            for item in self._items(column, cell):
                try:
                    self._add(
                        entity, cls.property(column.target), column, item, cells.get(column.name)
                    )
                except ResurseError as error:
                    errors.append(_in_column(error, column.name, item, where))
        if errors:
            raise RowProblems(tuple(errors))
        return entity

    def _class_by_id(self, id_: str) -> ClassDef | None:
        """The class of a row that stands for a thing another source names; its id tells."""
        if id_ not in self.source.same.values():
            return None
        prefix = id_.split("/", 1)[0]
        return next(
            (c for c in self.model.classes.values() if c.id_prefix == prefix and c.kind), None
        )

    @staticmethod
    def _items(column: Column, cell: str) -> Iterator[str]:
        parts = cell.split(column.split) if column.split else [cell]
        yield from (part.strip() for part in parts if part.strip())

    def _add(
        self, entity: Entity, prop: PropertyDef, column: Column, item: str, page: str | None
    ) -> None:
        kind = prop.kind.name
        if kind == "code":
            assert prop.code_list is not None
            word: str | None = column.codes.get(item, item)
            if word is not None:
                entity.add(prop.name, self.model.codes[prop.code_list][word].value, source=page)
        elif kind == "reference":
            self._refer(entity, prop, column, item, page)
        elif kind == "identifier":
            scheme = column.scheme or self.source.scheme
            entity.add(prop.name, clean_identifier(scheme, item), scheme=scheme, source=page)
        else:
            entity.add(prop.name, prop.kind.clean(item), lang=column.lang, source=page)

    def _refer(
        self, entity: Entity, prop: PropertyDef, column: Column, item: str, page: str | None
    ) -> None:
        if prop.targets == ("Topic",):
            if item not in self.model.topics:
                raise RowError(
                    Said(f"„{item}” nu este o temă", f"'{item}' is no topic"),
                    Said(
                        "Temele sunt în `resurse ref Topic`.",
                        "The topics are listed by `resurse ref Topic`.",
                    ),
                )
            entity.add(prop.name, f"topic/{item}", source=page)
            return
        for scheme in column.refer or (self.source.scheme,):
            found = self.resolve(item if scheme == "id" else f"{scheme}:{item}")
            if found is not None:
                entity.add(prop.name, found, source=page)
                return
        if column.names and not looks_like_key(item):
            other = entity.cls.property(column.names)
            entity.add(other.name, tidy(item), source=page)
            return
        raise RowError(
            Said(
                f"„{item}” trimite la ceva ce nu există",
                f"'{item}' refers to something that does not exist",
            ),
            Said(
                "Verificați id-ul sau adăugați întâi rândul la care trimite.",
                "Check the id, or add the row that it refers to first.",
            ),
        )


def clean_identifier(scheme: str, text: str) -> str:
    """An identifier as it is kept. A CUI loses its RO and its spaces; RowError when it cannot be one."""
    if scheme != "ro-cui":
        return tidy(text)
    digits = re.sub(r"[\s.]", "", tidy(text)).upper().removeprefix("RO").lstrip("0")
    if len(digits) == 13:
        raise RowError(
            Said(
                "este un cod numeric personal, nu un CUI", "is a personal numeric code, not a CUI"
            ),
            Said(
                "Ștergeți codul: datele persoanelor private nu se păstrează aici.",
                "Remove the code: data about private persons is not kept here.",
            ),
            value="•" * 13,
        )
    if not cui.is_valid(digits):
        raise RowError(
            Said(
                f"„{text}” nu este un CUI (cifra de control nu se potrivește)",
                f"'{text}' is no CUI (its check digit does not fit)",
            ),
            Said(
                "Verificați codul fiscal al organizației.", "Check the organisation's fiscal code."
            ),
            value=text,
        )
    return digits


_KEY = re.compile(
    r"^(org|council|group|committee|proj|fund|platform|nb|hcl|lege|oug|strategia)-[a-z0-9-]+$"
)


def looks_like_key(item: str) -> bool:
    """True for text in the form of an id: such a text that resolves to nothing is a mistake, not a name."""
    return _KEY.match(item) is not None
