"""Words, numbers, dates and money in Romanian and English; every string of a page goes through here.

Message ids are the English sentences; the Romanian ones stand in `locale/ro/messages.po`
(read by Babel, so that a translator may use any gettext tool).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from graph.catalogue.base import spoken
from ontology.sums import said_sum

LOCALES = {"ro": Locale.parse("ro_RO"), "en": Locale.parse("en_GB")}
REMEMBERED = 20_000
"""Numbers and days whose written form is remembered: lists write the same ones again and again."""

CATALOGUE = Path(__file__).parent / "locale" / "ro" / "messages.po"


def preferred(headers: Mapping[str, str]) -> str:
    """The language that a browser asks for first (Accept-Language), Romanian unless it is English."""
    return "en" if headers.get("accept-language", "").lower().startswith("en") else "ro"


@cache
def _messages() -> Mapping[str, Any]:
    """Romanian messages by their English id; plurals as tuples."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="ro")
    found: dict[str, Any] = {}
    for message in catalogue:
        if message.id and message.string:
            key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            found[key] = message.string
    return found


def _plural_ro(count: int) -> int:
    """The Romanian plural form: 0 one, 1 few, 2 other (Unicode CLDR plural rules)."""
    if count == 1:
        return 0
    return 1 if count == 0 or 0 < count % 100 < 20 else 2


_sum = lru_cache(REMEMBERED)(said_sum)


@lru_cache(REMEMBERED)
def _number(value: float, lang: str) -> str:
    return format_decimal(value, locale=LOCALES[lang])


@lru_cache(REMEMBERED)
def _day(text: str, lang: str) -> str:
    if len(text) == 7:
        return str(
            format_skeleton("yMMMM", date(int(text[:4]), int(text[5:7]), 1), locale=LOCALES[lang])
        )
    if len(text) >= 10:
        try:
            return format_date(
                datetime.fromisoformat(text).date(), "d MMMM y", locale=LOCALES[lang]
            )
        except ValueError:
            return text
    return text


@dataclass(frozen=True)
class Speech:
    """One language for one page."""

    lang: str

    @property
    def locale(self) -> Locale:
        """Its locale."""
        return LOCALES[self.lang]

    def say(self, text: str, /, **values: object) -> str:
        """A sentence with its values put in. Templates call it `_`."""
        said = _messages().get(text, text) if self.lang == "ro" else text
        return str(said) % values if values else str(said)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """A sentence about a number of things, in the right plural; `%(n)s` is the number."""
        shown = self.number(number)
        if self.lang == "ro":
            forms = _messages().get(one, (one, many, many))
            said = str(forms[min(_plural_ro(number), len(forms) - 1)])
        else:
            said = one if number == 1 else many
        return said % {"n": shown, **values}

    def of(self, number: int, one: str, many: str) -> str:
        """The noun as it stands behind a number: `374` → `de organizații`, `106` → `acte`."""
        if self.lang != "ro":
            return one if number == 1 else many
        return (one, many, f"de {many}")[_plural_ro(number)]

    def number(self, value: float | int | None) -> str:
        """A number with the language's separators."""
        return "" if value is None else _number(value, self.lang)

    def percent(self, value: float) -> str:
        """3 as 3 %."""
        return format_percent(
            Decimal(str(value)) / 100, locale=self.locale, decimal_quantization=False
        )

    def money(self, value: float | None, currency: str | None) -> str:
        """A sum with its currency, without decimals when it has none."""
        return "" if value is None else _sum(value, currency)(self.lang)

    def day(self, value: object) -> str:
        """A date of any precision: a year, a month of a year, a day."""
        return _day(str(value or ""), self.lang)

    def month(self, value: object) -> str:
        """The month and year of a day."""
        return str(
            format_skeleton("yMMMM", date.fromisoformat(str(value)[:10]), locale=self.locale)
        )

    def name(self, value: Mapping[str, str] | None) -> Markup:
        """A name in the language, else as it is: a proper name needs no mark, but its `lang`."""
        if not value:
            return Markup("")
        if value.get(self.lang):
            return escape(value[self.lang])
        other, words = next(((k, v) for k, v in value.items() if v), ("", ""))
        return Markup('<span lang="{0}">{1}</span>').format(other, words)

    def text(self, value: Mapping[str, str] | None) -> Markup:
        """A text in the language; in the other one with a mark and `lang`, where this is missing."""
        if not value:
            return Markup("")
        if value.get(self.lang):
            return escape(value[self.lang])
        other, words = next(((k, v) for k, v in value.items() if v), ("", ""))
        if not words:
            return Markup("")
        mark = self.say("in Romanian") if other == "ro" else self.say("in English")
        return Markup(
            '<span lang="{0}">{1}</span> <span class="fallback" title="{2}">{0}</span>'
        ).format(other, words, mark)

    def spoken(self, values: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
        """Of many texts those in the language; all of them where none is."""
        return spoken(values, self.lang)


SPEECH = {lang: Speech(lang) for lang in LOCALES}
