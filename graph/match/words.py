"""Dates, codes and topics as sentences say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from graph.catalogue.calls import day_of
from ontology.errors import Said
from ontology.loading import load_model

MONTHS: Final = (
    Said("ianuarie", "January"),
    Said("februarie", "February"),
    Said("martie", "March"),
    Said("aprilie", "April"),
    Said("mai", "May"),
    Said("iunie", "June"),
    Said("iulie", "July"),
    Said("august", "August"),
    Said("septembrie", "September"),
    Said("octombrie", "October"),
    Said("noiembrie", "November"),
    Said("decembrie", "December"),
)

QUOTES: Final = {"ro": ("„", "”"), "en": ("'", "'")}


def day(text: str) -> Said:
    """A date or moment of the data as a sentence says it, by its day in Bucharest: `7 iunie 2024`; other
    texts as they are."""
    try:
        found = day_of(str(text))
    except ValueError:
        return Said(str(text), str(text))
    month = MONTHS[found.month - 1]
    return Said(f"{found.day} {month.ro} {found.year}", f"{found.day} {month.en} {found.year}")


def form_text(form: str, lang: str) -> str:
    """The label of a legal form."""
    codes = load_model().codes["LegalForm"].codes
    return codes[form].label(lang) if form in codes else form


def forms_text(forms: Iterable[str], lang: str) -> str:
    """The labels of legal forms in a row."""
    return ", ".join(form_text(form, lang) for form in forms)


def topics_text(
    topics: Iterable[str], lang: Literal["ro", "en"], told: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Topic labels in a row; behind those that were read in a text, the words that tell of them."""
    known = load_model().topics
    first, last = QUOTES[lang]
    return ", ".join(
        known[slug].label(lang) + (f" ({first}{told[slug]}{last})" if slug in told else "")
        for slug in topics
        if slug in known
    )
