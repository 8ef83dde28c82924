"""One row of a table to one entity, as source.yml says: cleaned, coded, referring to known things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.columns import CellProblems, ReadColumn, read_columns
from ingest.marks import refuse_above, refuse_total, says_nothing
from ingest.personal_codes import refuse_personal_codes
from ingest.references import Resolve
from ingest.source import Source
from ontology.entity import Entity, Value
from ontology.errors import RowError, Said
from ontology.kinds import tidy
from ontology.loading import load_model
from ontology.model import ClassDef


def slug(text: str, limit: int = 80) -> str:
    """Lower-case ASCII words joined by `-`: `Științescu 2026` → `stiintescu-2026`."""
    plain = unicodedata.normalize("NFD", tidy(text)).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made[:limit].rstrip("-") or "x"


_LOCAL = re.compile(r"[A-Za-z0-9._/-]+")


@dataclass(frozen=True)
class RowProblems(Exception):
    """Everything wrong with one row."""

    errors: tuple[RowError, ...]


def _row_errors(problems: CellProblems, column: str, where: str) -> list[RowError]:
    """What is wrong with one cell, as errors of its row."""
    return [
        RowError(
            Said(f"coloana „{column}”: {error.what.ro}", f"column '{column}': {error.what.en}"),
            error.fix,
            where,
            column=column,
            value=item,
        )
        for item, error in problems.found
    ]


def _other_value(cls: ClassDef, entity: Entity, name: str, value: Value) -> object | None:
    """What another column of the row said for a field that holds one value; None when it said the same."""
    if (held := entity.values.get(name)) is None or cls.properties[name].max_count != 1:
        return None
    return next((v.value for v in held if v.lang == value.lang and v.value != value.value), None)


def _two_values(column: str, name: str, other: str, said: str, where: str) -> RowError:
    return RowError(
        Said(
            f"coloana „{column}” spune „{said}”, iar altă coloană „{other}” (câmpul {name})",
            f"column '{column}' says '{said}', and another column '{other}' (field {name})",
        ),
        Said("Păstrați în rând o singură valoare.", "Keep one value in the row."),
        where,
        column=column,
        value=said,
    )


class Mapper:
    """Turns rows into entities by a source's declaration.

    `resolve` answers keys of this and other sources. Cells are tidy, as the readers give them. Raises RowProblems with every cell that is
    wrong, so that a clerk mends a row once.
    """

    def __init__(self, source: Source, resolve: Resolve) -> None:
        self.source = source
        self.resolve = resolve
        self.model = load_model()
        self._columns: dict[str, tuple[ReadColumn, ...]] = {}
        self._same = frozenset(source.same.values())

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
        word = values.get(source.class_by, "")
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
        cell = values.get(rule.column, "")
        if not cell or says_nothing(cell):
            raise RowError(
                Said(f"coloana „{rule.column}” este goală", f"column '{rule.column}' is empty"),
                Said("Scrieți un id unic pentru rând.", "Write an id of its own for the row."),
                where,
                column=rule.column,
            )
        try:
            refuse_above(cell)
            refuse_total(cell)
        except RowError as error:
            raise RowError(error.what, error.fix, where, column=rule.column, value=cell) from None
        # before the key is kept or told: it may be somebody's personal code
        refuse_personal_codes({rule.column: cell}, where)
        cls = self.class_of(values, where)
        prefix = rule.prefix if rule.prefix is not None else f"{cls.id_prefix}/"
        local = cell
        for start in rule.strip:
            if cell.startswith(start):
                local = cell.removeprefix(start)
                break
        if rule.slug or _LOCAL.fullmatch(local) is None:
            local = slug(local, 120)
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
            own = Value(values[rule.column], scheme=self.source.scheme)
            entity.put("identifiers", own)
        errors: list[RowError] = []
        for column in self._columns_of(cls):
            cell = values.get(column.name)
            if not cell:
                continue
            try:
                found = column.read(cell)
            except CellProblems as problems:
                errors += _row_errors(problems, column.name, where)
                continue
            page = cells.get(column.name)
            for name, value in found:
                if (other := _other_value(cls, entity, name, value)) is not None:
                    errors.append(
                        _two_values(column.name, name, str(other), str(value.value), where)
                    )
                else:
                    entity.put(name, value._replace(source=page) if page else value)
        if errors:
            raise RowProblems(tuple(errors))
        return entity

    def references(self, values: Mapping[str, str], where: str) -> Iterator[str]:
        """The keys of other things that a row may name, so that many can be looked up at once."""
        try:
            cls = self.class_of(values, where)
        except RowError:
            return  # told when the row is read
        for column in self._columns_of(cls):
            if column.keys is not None and (cell := values.get(column.name)):
                yield from column.keys(cell)

    def _columns_of(self, cls: ClassDef) -> tuple[ReadColumn, ...]:
        found = self._columns.get(cls.name)
        if found is None:
            found = self._columns[cls.name] = read_columns(self.source, cls, self.resolve)
        return found

    def _class_by_id(self, id_: str) -> ClassDef | None:
        """The class of a row that stands for a thing another source names; its id tells."""
        if id_ not in self._same:
            return None
        prefix = id_.split("/", 1)[0]
        return next(
            (c for c in self.model.classes.values() if c.id_prefix == prefix and c.kind), None
        )
