"""GraphQL object types, derived from the ontology: one type per class, one field per property.

Parents come first; each class gets an empty Python class, one `strawberry.field` per property, and
then the decorator. Computed fields are added by `fields.py`.
"""

from __future__ import annotations

import types as pytypes
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Optional

import strawberry

from api.graphql.loaders import Cohort, Reading
from api.graphql.scalars import Date, Identifier, Lang, Point
from graph.catalogue.base import Record, spoken
from ontology.errors import RefusedError, Said
from ontology.model import ClassDef, PropertyDef, load_model

MAX_FIRST = 500
"""The largest page and the longest list inside an object."""


class PageTooLargeError(RefusedError):
    """A page beyond what one answer may hold."""

    code = "PAGE_TOO_LARGE"


def checked(first: int | None) -> int | None:
    """`first` within 0 and 500. Raises PageTooLargeError."""
    if first is not None and not 0 <= first <= MAX_FIRST:
        raise PageTooLargeError(
            Said(
                f"first este {first}; trebuie să fie între 0 și {MAX_FIRST}",
                f"first is {first}; it must lie between 0 and {MAX_FIRST}",
            ),
            Said(
                "Cereți pagini mai mici și continuați cu after.",
                "Ask for smaller pages and go on with after.",
            ),
        )
    return first


class Node:
    """A record as GraphQL sees it, with the cohort it was fetched in."""

    __slots__ = ("cohort", "record")

    def __init__(self, record: Record, cohort: Cohort) -> None:
        self.record = record
        self.cohort = cohort

    @property
    def reading(self) -> Reading:
        """The request it belongs to."""
        return self.cohort.reading


def lang_value(lang: Any) -> str:
    """`ro` or `en` of a Lang argument (Romanian when omitted)."""
    return lang.value if isinstance(lang, Lang) else "ro"


def in_lang(text: Mapping[str, str] | None, lang: str) -> str | None:
    """A text in a language, else in the other one."""
    if not text:
        return None
    return text.get(lang) or next(iter(text.values()), None)


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
    "boolean": bool,
    "date": Date,
    "calendar": str,
    "duration": str,
    "url": str,
    "code": str,
}


def _text(prop: PropertyDef) -> Callable[..., Any]:
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


def _plain(prop: PropertyDef) -> Callable[..., Any]:
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


def _point(prop: PropertyDef) -> Callable[..., Any]:
    name = prop.name

    def point(self: Node) -> Any:
        held = self.record.values.get(name)
        return Point(latitude=held[0], longitude=held[1]) if held else None

    point.__annotations__ = {"return": Optional[Point]}  # noqa: UP045
    return point


def _identifiers(prop: PropertyDef) -> Callable[..., Any]:
    name = prop.name

    def identifiers(self: Node) -> Any:
        return [
            Identifier(scheme=one["scheme"], value=one["value"])
            for one in self.record.values.get(name, ())
        ]

    identifiers.__annotations__ = {"return": Optional[list[Identifier]]}  # noqa: UP045
    return identifiers


def _reference(prop: PropertyDef, target: Any) -> Callable[..., Any]:
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
    made = []
    for node in nodes:
        if node.cohort is not cohort:
            cohort = node.cohort
            held, shown = cohort.links(name, inverse)
        targets = held.get(node.record.id, ())[:first]
        made.append([thing for one in targets if (thing := shown.get(one)) is not None])
    return made


def _part(
    prop: PropertyDef, target: Any, build: Callable[[Record, Cohort], Any]
) -> Callable[..., Any]:
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


class TypeBuilder:
    """Makes the Strawberry types of all classes; `extra` holds the computed fields by class name."""

    def __init__(self, extra: Mapping[str, Mapping[str, Callable[..., Any]]]) -> None:
        self.model = load_model()
        self.extra = extra
        self.types: dict[str, Any] = {}
        self._order = sorted(self.model.classes.values(), key=self._depth)

    def _depth(self, cls: ClassDef) -> int:
        return 0 if cls.parent is None else 1 + self._depth(self.model.classes[cls.parent])

    def declare(
        self, computed: Callable[[dict[str, Any]], Mapping[str, Mapping[str, Callable[..., Any]]]]
    ) -> Mapping[str, Mapping[str, Callable[..., Any]]]:
        """Makes an empty class per ontology class, so that fields may name any of them."""
        for cls in self._order:
            if cls.name == "Source":
                continue
            bases = (
                (self.types[cls.parent],) if cls.parent and cls.parent in self.types else (Node,)
            )
            self.types[cls.name] = pytypes.new_class(cls.name, bases)
        return computed(self.types)

    def build(self) -> dict[str, Any]:
        """All types by class name."""
        for cls in self._order:
            if cls.name != "Source":
                self._fill(cls)
        for cls in self._order:
            if cls.name != "Source":
                self._decorate(cls)
        return self.types

    def target(self, prop: PropertyDef) -> Any:
        """The type a reference leads to: the class itself, or Resource where several fit."""
        names = [t for t in prop.targets if t != "ActorGroup"]
        return (
            self.types[names[0]]
            if len(names) == 1 and names[0] in self.types
            else self.types["Resource"]
        )

    def _resolver(self, prop: PropertyDef) -> Callable[..., Any]:
        kind = prop.kind.name
        if kind == "text":
            return _text(prop)
        if kind == "identifier":
            return _identifiers(prop)
        if kind == "point":
            return _point(prop)
        if kind == "reference" or (kind == "part" and prop.inverse):
            return _reference(prop, self.target(prop))
        if kind == "part":
            return _part(prop, self.target(prop), self.make)
        return _plain(prop)

    def _fill(self, cls: ClassDef) -> None:
        inherited = self.model.classes[cls.parent].properties if cls.parent else {}
        made = self.types[cls.name]
        names: dict[str, Callable[..., Any]] = {}
        for name, prop in cls.properties.items():
            if name in inherited and inherited[name] is prop:
                continue
            names[name] = self._resolver(prop)
        computed = self.extra.get(cls.name, {})
        for name, resolve in {**names, **computed}.items():
            held = cls.properties.get(name)
            description = (
                held.definition.en
                if held is not None and name not in computed
                else (resolve.__doc__ or "").strip()
            )
            field = strawberry.field(resolver=resolve, name=name, description=description)
            setattr(made, name, field)

    def _decorate(self, cls: ClassDef) -> None:
        made = self.types[cls.name]
        decorate = strawberry.interface if cls.name == "Resource" else strawberry.type
        decorated = decorate(made, description=cls.definition.en)
        decorated.__init__ = (
            Node.__init__
        )  # the decorator's own takes the fields, which are all resolved
        self.types[cls.name] = decorated

    def make(self, record: Record, cohort: Cohort) -> Any:
        """The GraphQL object of a record; None for a class that has no type."""
        cls = self.types.get(record.type)
        return None if cls is None else cls(record, cohort)
