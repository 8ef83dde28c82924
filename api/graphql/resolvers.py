"""How a field of each kind of property is read: of one object, and where it pays of many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Optional

import strawberry

from api.graphql.loaders import Cohort, Reading
from api.graphql.nodes import MAX_FIRST, Node, checked, in_lang
from api.graphql.scalars import Date, Identifier, Lang, Point
from graph.catalogue.base import Record, spoken
from ontology.model import PropertyDef

_FIRST = Annotated[
    int | None,
    strawberry.argument(description="At most this many (all, up to 500, if omitted)."),
]
_LANG = Annotated[
    Lang, strawberry.argument(description="The language; the other one where this is missing.")
]

_SCALARS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "decimal": float,
    "percent": float,
    "currency": str,
    "boolean": bool,
    "date": Date,
    "calendar": str,
    "duration": str,
    "url": str,
    "code": str,
}


def text_field(prop: PropertyDef) -> Callable[..., Any]:
    """A text in a language, or a list of texts."""
    name = prop.name
    if prop.many:

        def texts(self: Node, lang: Lang = Lang.RO) -> Any:
            held = spoken(self.record.values.get(name, ()), lang.value)
            return [in_lang(one, lang.value) for one in held]

        texts.__annotations__ = {"lang": _LANG, "return": Optional[list[str]]}  # noqa: UP045
        return texts

    def text(self: Node, lang: Lang = Lang.RO) -> Any:
        return in_lang(self.record.values.get(name), lang.value)

    def of_all(nodes: Sequence[Node], lang: Lang = Lang.RO) -> list[Any]:
        code = lang.value
        return [in_lang(node.record.values.get(name), code) for node in nodes]

    text.__annotations__ = {"lang": _LANG, "return": Optional[str]}  # noqa: UP045
    text.of_all = of_all  # type: ignore[attr-defined]
    return text


def plain_field(prop: PropertyDef) -> Callable[..., Any]:
    """A value as the record holds it, or a list of them."""
    name = prop.name

    def plain(self: Node) -> Any:
        return self.record.values.get(name)

    one = _SCALARS[prop.kind.name]
    if prop.many:

        def many(self: Node, first: int | None = None) -> Any:
            held = self.record.values.get(name, [])
            return held[: checked(first) if first is not None else MAX_FIRST]

        many.__annotations__ = {"first": _FIRST, "return": Optional[list[one]]}  # type: ignore[valid-type]  # noqa: UP045
        return many
    plain.__annotations__ = {"return": Optional[one]}  # noqa: UP045
    plain.of_all = lambda nodes: [node.record.values.get(name) for node in nodes]  # type: ignore[attr-defined]
    return plain


def point_field(prop: PropertyDef) -> Callable[..., Any]:
    """A place on the globe."""
    name = prop.name

    def point(self: Node) -> Any:
        held = self.record.values.get(name)
        return Point(latitude=held[0], longitude=held[1]) if held else None

    point.__annotations__ = {"return": Optional[Point]}  # noqa: UP045
    return point


def identifiers_field(prop: PropertyDef) -> Callable[..., Any]:
    """Identifiers with their schemes."""
    name = prop.name

    def identifiers(self: Node) -> Any:
        return [
            Identifier(scheme=one["scheme"], value=one["value"])
            for one in self.record.values.get(name, ())
        ]

    identifiers.__annotations__ = {"return": Optional[list[Identifier]]}  # noqa: UP045
    return identifiers


def reference_field(prop: PropertyDef, target: Any) -> Callable[..., Any]:
    """What a reference points at, or what points here."""
    name, inverse = prop.name, prop.inverse
    if prop.many:

        def many(self: Node, first: int | None = None) -> Any:
            return self.cohort.linked(
                self.record.id, name, inverse, checked(first) if first is not None else MAX_FIRST
            )

        def many_of_all(nodes: Sequence[Node], first: int | None = None) -> list[Any]:
            return linked_of_all(
                nodes, name, inverse, checked(first) if first is not None else MAX_FIRST
            )

        many.of_all = many_of_all  # type: ignore[attr-defined]
        many.__annotations__ = {"first": _FIRST, "return": Optional[list[target]]}  # noqa: UP045
        return many

    def one(self: Node) -> Any:
        found = self.cohort.linked(self.record.id, name, inverse, 1)
        return found[0] if found else None

    def one_of_all(nodes: Sequence[Node]) -> list[Any]:
        return [found[0] if found else None for found in linked_of_all(nodes, name, inverse, 1)]

    one.of_all = one_of_all  # type: ignore[attr-defined]
    one.__annotations__ = {"return": Optional[target]}  # noqa: UP045
    return one


def linked_of_all(
    nodes: Sequence[Node], name: str, inverse: bool, first: int | None
) -> list[list[Any]]:
    """What a reference field of each node points at; asked of each cohort once."""
    cohort: Cohort | None = None
    made: list[list[Any]] = []
    for node in nodes:
        if node.cohort is not cohort:
            cohort = node.cohort
            held, shown = cohort.links(name, inverse)
        targets = held.get(node.record.id)
        made.append([shown[one] for one in targets[:first] if one in shown] if targets else [])
    return made


def part_field(
    prop: PropertyDef, target: Any, build: Callable[[Record, Cohort], Any]
) -> Callable[..., Any]:
    """Parts that come with their owner's record."""
    name = prop.name

    def parts(self: Node, first: int | None = None) -> Any:
        held = self.record.values.get(name, [])[
            : checked(first) if first is not None else MAX_FIRST
        ]
        records = [
            Record(
                one["id"],
                one["type"],
                None,
                {k: v for k, v in one.items() if k not in ("id", "type")},
                self.record.updated,
            )
            for one in held
        ]
        cohort = PartCohort(self.cohort.reading, records)
        return [build(record, cohort) for record in records]

    parts.__annotations__ = {"first": _FIRST, "return": Optional[list[target]]}  # noqa: UP045
    return parts


class PartCohort(Cohort):
    """Parts come with their owner's record: nothing to fetch, but their references load together."""

    def __init__(self, reading: Reading, records: list[Record]) -> None:
        super().__init__(reading, ())
        self.ids = [record.id for record in records]
        self.records = {record.id: record for record in records}
