"""The columns of a source.yml: which field each fills, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ingest.declared_values import mapping, refuse_unknown, words, wrong
from ingest.source import Column
from ontology.errors import MappingError, UnknownWordError
from ontology.loading import load_model
from ontology.model import PropertyDef

_COLUMN = {"field", "to", "lang", "split", "codes", "scheme", "refer", "names", "use", "only"}


def _checked_field(
    target: str, only: tuple[str, ...], classes: Sequence[str], spot: str
) -> PropertyDef | None:
    """The property a column fills; MappingError unless every class it applies to has it."""
    prop: PropertyDef | None = None
    for name in only or classes:
        try:
            prop = load_model().cls(name).property(target)
        except UnknownWordError as error:
            raise MappingError(error.what, error.fix, spot) from None
    return prop


def column_of(name: str, raw: object, classes: Sequence[str], where: str) -> Column:
    """One column as source.yml declares it. Raises MappingError."""
    spot = f"{where}, columns.{name}"
    if isinstance(raw, str):
        raw = {"field": raw}
    if not isinstance(raw, Mapping):
        raise wrong(
            spot,
            "nu este o corespondență",
            "is not a mapping",
            "Scrieți numele câmpului, sau {field: …, split: …}.",
            "Write the field's name, or {field: …, split: …}.",
        )
    refuse_unknown(raw, _COLUMN, spot, ("cuvânt necunoscut", "unknown word"))
    target, only = raw.get("field"), words(raw.get("only"))
    if not target and not raw.get("use"):
        raise wrong(
            spot,
            "nu spune în ce câmp merge",
            "does not say which field it fills",
            "Adăugați field: sau use: true, ori treceți coloana la ignore.",
            "Add field: or use: true, or list the column under ignore.",
        )
    prop = _checked_field(str(target), only, classes, spot) if target else None
    lang = raw.get("lang")
    if prop is not None and prop.kind.name == "text" and lang not in ("ro", "en"):
        raise wrong(
            spot,
            "este un text fără limbă",
            "is a text without a language",
            "Adăugați lang: ro sau lang: en.",
            "Add lang: ro or lang: en.",
        )
    return Column(
        name=name,
        target=str(target) if target else None,
        to=_upper_end(raw, prop, only, classes, spot),
        lang=str(lang) if lang else None,
        split=str(raw["split"]) if raw.get("split") else None,
        codes={
            str(k): (None if v is None else str(v)) for k, v in mapping(raw, "codes", spot).items()
        },
        refer=words(raw.get("refer")),
        names=str(raw["names"]) if raw.get("names") else None,
        scheme=str(raw["scheme"]) if raw.get("scheme") else None,
        only=only,
    )


_WITH_ENDS = ("decimal", "integer", "percent", "date", "calendar")


def _upper_end(
    raw: Mapping[str, Any],
    prop: PropertyDef | None,
    only: tuple[str, ...],
    classes: Sequence[str],
    spot: str,
) -> str | None:
    """The field of the upper end, which must be of the same kind as that of the lower one."""
    if not raw.get("to"):
        return None
    upper = _checked_field(str(raw["to"]), only, classes, spot)
    if (
        prop is None
        or upper is None
        or prop.kind is not upper.kind
        or prop.kind.name not in _WITH_ENDS
        or raw.get("split")
    ):
        raise wrong(
            spot,
            "to: nu se potrivește cu field:",
            "to: does not go with field:",
            "Cele două câmpuri sunt ambele sume, numere sau date; split nu se folosește aici.",
            "Both fields are amounts, numbers or dates; split is not used here.",
        )
    return upper.name
