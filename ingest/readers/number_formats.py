"""The formats that a workbook shows its numbers in: which are dates, percentages, amounts in a currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from ingest.readers.rows import number_text
from ontology.money import known_currency

CUSTOM = 164
"""Formats below this number are Excel's own; their currency is that of each reader's computer."""

LONGEST = 255
"""Characters of a format, by Excel's own bound; a longer one says nothing."""

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[([^\]]*)\]')
_PLACED = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")


@dataclass(frozen=True)
class Looks:
    """By the number of a style, how its cells show a number."""

    dates: frozenset[int]
    durations: frozenset[int]
    percents: frozenset[int]
    currencies: Mapping[int, str]
    """The currency that cells show beside the number."""
    epoch: datetime

    def number(self, text: str, style: int) -> str:
        """A number as it looks: a date in ISO form, a percentage or an amount with its currency where
        the style says so, else as typed.

        Raises ValueError or OverflowError when it is no number, or no date.
        """
        value = float(text)
        if style in self.percents:
            return number_text(value * 100) + "%"
        if style not in self.dates:
            number = text if text.isdecimal() else number_text(value)
            return f"{number} {self.currencies[style]}" if style in self.currencies else number
        moment = from_excel(value, self.epoch, timedelta=style in self.durations)
        return moment_text(moment)


_OWN = {9: "0%", 10: "0.00%"}
"""The percentages among Excel's own formats."""


def looks_of(formats: Mapping[int, tuple[int, str]], epoch: datetime) -> Looks:
    """How each style shows a number, by the number of its format (see CUSTOM) and the format."""
    said = {style: form for style, (_, form) in formats.items() if len(form) <= LONGEST}
    fixed = {
        style: form if formats[style][0] >= CUSTOM else _OWN.get(formats[style][0], "")
        for style, form in said.items()
    }
    return Looks(
        dates=frozenset(style for style, form in said.items() if _is_date(form)),
        durations=frozenset(style for style, form in said.items() if _is_duration(form)),
        percents=frozenset(style for style, form in fixed.items() if "%" in _bare(form)),
        currencies={style: code for style, form in fixed.items() if (code := _currency(form))},
        epoch=epoch,
    )


_is_date = lru_cache(maxsize=1_000)(is_date_format)
_is_duration = lru_cache(maxsize=1_000)(is_timedelta_format)


@lru_cache(maxsize=1_000)
def _bare(form: str) -> str:
    """A format without the words in it, which are shown as they stand."""
    return _QUOTED.sub("", form)


@lru_cache(maxsize=1_000)
def _currency(form: str) -> str | None:
    """The one currency that a format shows; None when it shows none, or several."""
    words = [
        *_PLACED.findall(form),
        *(m[0] for m in _QUOTED.findall(form)),
        *re.findall("[€£]", _bare(form)),
    ]
    found = {code for word in words if (code := known_currency(word.strip()))}
    return found.pop() if len(found) == 1 else None


def moment_text(moment: object) -> str:
    """A date, time or duration in ISO form; a day's midnight is the day. Durations in days."""
    if isinstance(moment, datetime):
        whole = moment.time() == time()
        return moment.date().isoformat() if whole else moment.isoformat(timespec="seconds")
    if isinstance(moment, timedelta):
        return number_text(moment / timedelta(days=1))
    if isinstance(moment, date | time):
        return moment.isoformat()
    return "" if moment is None else str(moment)
