"""The vocabulary as tables, for `resurse ref` and whoever else explains a word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ontology.errors import Said, UnknownWordError
from ontology.loading import load_model
from ontology.model import ClassDef, CodeList, Model, PropertyDef, Topic
from ontology.vocab import shorten

_NAME, _WORD = Said("nume", "name"), Said("cuvânt", "word")
_MEANING = Said("ce înseamnă", "meaning")
_VALUE, _RULES = Said("valoare", "value"), Said("reguli", "rules")


def _same(text: str) -> Said:
    """A name or code: the same in both languages."""
    return Said(text, text)


@dataclass(frozen=True)
class Table:
    """One table: its title, its columns, and the cells of each row."""

    title: Said
    columns: tuple[Said, ...]
    cells: tuple[tuple[Said, ...], ...]

    def rows(self, lang: str) -> list[list[str]]:
        """The cells in one language."""
        return [[cell(lang) for cell in row] for row in self.cells]

    def as_json(self) -> dict[str, Any]:
        """The rows as objects by the English name of each column."""
        names = [column.en for column in self.columns]
        rows = [
            {name: _json(cell) for name, cell in zip(names, row, strict=True)} for row in self.cells
        ]
        return {"title": _json(self.title), "rows": rows}


@dataclass(frozen=True)
class Reference:
    """What a word means: a class, a code list, a topic, or the whole vocabulary."""

    name: str
    title: Said
    definition: Said
    tables: tuple[Table, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything, both languages."""
        return {
            "name": self.name,
            "title": _json(self.title),
            "definition": _json(self.definition),
            "tables": [table.as_json() for table in self.tables],
        }


def _json(said: Said) -> object:
    return said.en if said.ro == said.en else {"ro": said.ro, "en": said.en}


def _value(prop: PropertyDef) -> Said:
    """What stands in a field: its kind, the classes it points at or its code list."""
    said = prop.code_list or " | ".join(prop.targets) or prop.kind.name
    return _same(f"[{said}]" if prop.many else said)


def _rules(prop: PropertyDef) -> Said:
    """What is asked of the values, in a few words."""
    ro, en = [], []
    if prop.inverse:
        ro.append("de la celălalt capăt")
        en.append("from the other end")
    if prop.min_count:
        ro.append("obligatoriu")
        en.append("required")
    for rule in prop.rules:
        if rule.test in ("minInclusive", "maxInclusive") and isinstance(rule.value, int | float):
            sign = "≥" if rule.test == "minInclusive" else "≤"
            ro.append(f"{sign} {rule.value:g}")
            en.append(f"{sign} {rule.value:g}")
        elif rule.test == "minCount" and not prop.min_count:
            ro.append("recomandat")
            en.append("recommended")
    return Said(", ".join(dict.fromkeys(ro)), ", ".join(dict.fromkeys(en)))


def _class(cls: ClassDef) -> Reference:
    fields = tuple(
        (_same(prop.name), prop.label, _value(prop), _rules(prop), prop.definition)
        for prop in cls.properties.values()
    )
    columns = (_NAME, _WORD, _VALUE, _RULES, _MEANING)
    kind = f" · {cls.kind}" if cls.kind else ""
    return Reference(
        cls.name,
        Said(
            f"{cls.name}: {cls.label.ro} ({shorten(cls.iri)}{kind})",
            f"{cls.name}: {cls.label.en} ({shorten(cls.iri)}{kind})",
        ),
        cls.definition,
        (Table(Said("Câmpuri", "Fields"), columns, fields),),
    )


def _code_list(codes: CodeList) -> Reference:
    rows = tuple((_same(code.value), code.label, code.definition) for code in codes.codes.values())
    return Reference(
        codes.name,
        Said(f"{codes.name}: {codes.label.ro}", f"{codes.name}: {codes.label.en}"),
        Said("O listă închisă de coduri.", "A closed list of codes."),
        (Table(Said("Coduri", "Codes"), (_NAME, _WORD, _MEANING), rows),),
    )


def _topic(topic: Topic) -> Reference:
    names = tuple((_same(lang), _same(", ".join(topic.alt.get(lang, ())))) for lang in ("ro", "en"))
    links = (
        (Said("temă mai largă", "broader topic"), _same(", ".join(topic.broader))),
        (Said("teme mai înguste", "narrower topics"), _same(", ".join(topic.narrower))),
        (Said("obiective ONU", "UN goals"), _same(", ".join(map(str, topic.sdg)))),
        (_same("EuroVoc"), _same(", ".join(topic.eurovoc))),
        (_same("COFOG"), _same(", ".join(topic.cofog))),
    )
    return Reference(
        topic.slug,
        topic.label,
        topic.definition,
        (
            Table(Said("Alte nume", "Other names"), (Said("limbă", "language"), _NAME), names),
            Table(Said("Legături", "Links"), (_WORD, _VALUE), links),
        ),
    )


def _overview(model: Model) -> Reference:
    classes = tuple(
        (_same(cls.name), cls.label, _same(cls.kind or ""), cls.definition)
        for cls in model.classes.values()
    )
    lists = tuple(
        (_same(codes.name), codes.label, _same(str(len(codes.codes))))
        for codes in model.codes.values()
    )
    topics = tuple(
        (_same(topic.slug), topic.label, topic.definition) for topic in model.topics.values()
    )
    return Reference(
        "",
        Said("Vocabularul", "The vocabulary"),
        Said(
            "Clasele, listele de coduri și temele; `resurse ref NUME` explică una.",
            "The classes, code lists and topics; `resurse ref NAME` explains one.",
        ),
        (
            Table(Said("Clase", "Classes"), (_NAME, _WORD, Said("fel", "kind"), _MEANING), classes),
            Table(
                Said("Liste de coduri", "Code lists"),
                (_NAME, _WORD, Said("coduri", "codes")),
                lists,
            ),
            Table(Said("Teme", "Topics"), (_NAME, _WORD, _MEANING), topics),
        ),
    )


def _unknown(name: str, known: list[str]) -> UnknownWordError:
    close = get_close_matches(name.casefold(), [word.casefold() for word in known], 3, 0.6)
    near = [word for word in known if word.casefold() in close]
    fix = (
        Said(f"Poate: {', '.join(near)}?", f"Perhaps: {', '.join(near)}?")
        if near
        else Said("`resurse ref` arată toate cuvintele.", "`resurse ref` shows every word.")
    )
    return UnknownWordError(
        Said(f"vocabularul nu are „{name}”", f"the vocabulary has no '{name}'"), fix
    )


def describe(name: str | None = None) -> Reference:
    """What a class, kind, code list or topic means; the whole vocabulary without a name.

    The case of letters does not matter. Raises UnknownWordError with the closest words.
    """
    model = load_model()
    if not name:
        return _overview(model)
    found = name.casefold()
    for cls in model.classes.values():
        if found in (cls.name.casefold(), (cls.kind or "").casefold()):
            return _class(cls)
    for codes in model.codes.values():
        if codes.name.casefold() == found:
            return _code_list(codes)
    slug = found.removeprefix("topic/")
    if slug in model.topics:
        return _topic(model.topics[slug])
    raise _unknown(name, [*model.classes, *model.codes, *model.topics])
