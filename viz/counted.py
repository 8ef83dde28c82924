"""A number of things in words, in the plural that the language wants."""

from __future__ import annotations

from ontology.errors import Said
from viz.languages import SPEECH

FORMS = ("one", "few", "other")
"""The plural forms in the order in which a text gives them (Unicode CLDR)."""


def counted(forms: Said, number: int, lang: str) -> str:
    """`1 element`, `12 elemente`, `20 de elemente`: one of `one|few|other`, with `{n}` filled in."""
    speech = SPEECH[lang]
    form = FORMS.index(speech.locale.plural_form(number))
    return forms(lang).split("|")[form].format(n=speech.number(number))
