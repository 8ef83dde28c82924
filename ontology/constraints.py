"""The constraints as pure functions: which of some values break a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from ontology.entity import Entity, Value
from ontology.model import PropertyDef, Rule

Lookup = Callable[[str], list[Value]]
"""The values of another path of the same thing."""

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")
_CUI = re.compile(r"[1-9]\d{1,9}")
_CUI_KEY = (7, 5, 3, 2, 1, 7, 5, 3, 2)


def _is_day(value: object) -> bool:
    text = str(value)
    try:
        if len(text) == 10:
            date.fromisoformat(text)
        else:
            return "T" in text and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
    return True


def _is_calendar(value: object) -> bool:
    text = str(value)
    return bool(_YEAR.fullmatch(text) or _MONTH.fullmatch(text)) or _is_day(text)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _is_point(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and -90 <= float(value[0]) <= 90
        and -180 <= float(value[1]) <= 180
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_url(value: object) -> bool:
    return isinstance(value, str) and bool(value) and not _UNSAFE.search(value)


_FITS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "string": _is_text,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "decimal": _is_number,
    "percent": _is_number,
    "currency": _is_text,
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_day,
    "calendar": _is_calendar,
    "duration": lambda value: bool(_DURATION.fullmatch(str(value))),
    "url": _is_url,
    "point": _is_point,
    "code": _is_text,
    "reference": lambda value: isinstance(value, str) and _is_url(value),
    "identifier": _is_text,
}


def fit_of(prop: PropertyDef) -> Callable[[object], bool]:
    """A test of one value: it is what the kind's `clean` gives, or a part of a class allowed here."""
    if prop.kind.name == "part":
        return lambda value: isinstance(value, Entity) and value.cls.name in prop.targets
    return _FITS[prop.kind.name]


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _number(value: object) -> float | None:
    return float(str(value)) if _is_number(value) else None


def too_many(values: list[Value], rule: Rule, _: Lookup) -> Iterable[object]:
    """More values than the rule allows."""
    return [len(values)] if len(values) > int(str(rule.value)) else []


def pattern(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Values that the regular expression is not found in."""
    regex = _regex(str(rule.value))
    return (one.value for one in values if not regex.search(str(one.value)))


def too_small(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Numbers below the bound."""
    numbers = ((one.value, _number(one.value)) for one in values)
    return (value for value, number in numbers if number is not None and number < _bound(rule))


def too_large(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Numbers above the bound."""
    numbers = ((one.value, _number(one.value)) for one in values)
    return (value for value, number in numbers if number is not None and number > _bound(rule))


def _bound(rule: Rule) -> float:
    return float(str(rule.value))


def not_at_most(values: list[Value], rule: Rule, of: Lookup) -> Iterator[object]:
    """Numbers greater than a number of the other field."""
    others = [number for one in of(str(rule.value)) if (number := _number(one.value)) is not None]
    for one in values:
        number = _number(one.value)
        if number is not None and any(number > other for other in others):
            yield one.value


def comes_after(values: list[Value], rule: Rule, of: Lookup) -> Iterator[object]:
    """Dates after one of the other field, compared as far as both say: year, month or day."""
    others = [str(one.value) for one in of(str(rule.value))]
    for one in values:
        text = str(one.value)
        if any(_later(text, other) for other in others):
            yield one.value


def _later(first: str, second: str) -> bool:
    length = min(len(first), len(second), 10)
    return first[:length] > second[:length]


def repeated_language(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """A language in which the text is said twice."""
    seen: set[str] = set()
    for one in values:
        lang = one.lang or "ro"
        if lang in seen:
            yield lang
        seen.add(lang)


def foreign_language(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Texts in a language that is not allowed."""
    assert isinstance(rule.value, tuple), rule
    return (one.value for one in values if (one.lang or "ro") not in rule.value)


def scheme_pattern(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Identifiers of a scheme that do not have its form."""
    assert isinstance(rule.value, tuple), rule
    scheme, form = rule.value
    regex = _regex(form)
    return (
        one.value for one in values if one.scheme == scheme and not regex.search(str(one.value))
    )


def fiscal_digit_fits(digits: str) -> bool:
    """True when the last digit of a Romanian fiscal code follows from the others.

    The body, right-aligned under 753217532, is multiplied digit by digit; the sum times 10,
    modulo 11, is the check digit, and 10 counts as 0.
    """
    body = digits[:-1].rjust(9, "0")
    total = sum(weight * int(digit) for weight, digit in zip(_CUI_KEY, body, strict=True))
    return total * 10 % 11 % 10 == int(digits[-1])


def wrong_digit(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Fiscal codes of the right form whose check digit does not fit."""
    for one in values:
        text = str(one.value)
        if one.scheme == rule.value and _CUI.fullmatch(text) and not fiscal_digit_fits(text):
            yield text


def forbidden_scheme(values: list[Value], rule: Rule, _: Lookup) -> Iterator[object]:
    """Identifiers of a scheme that the thing cannot have."""
    return (one.value for one in values if one.scheme == rule.value)


Test = Callable[[list[Value], Rule, Lookup], Iterable[object]]

TESTS: dict[str, Test] = {
    "maxCount": too_many,
    "pattern": pattern,
    "minInclusive": too_small,
    "maxInclusive": too_large,
    "lessThanOrEquals": not_at_most,
    "notAfter": comes_after,
    "uniqueLang": repeated_language,
    "languageIn": foreign_language,
    "schemePattern": scheme_pattern,
    "checkDigit": wrong_digit,
    "forbidsScheme": forbidden_scheme,
}
"""By name. `minCount` and `datatype` are the gate's own; `nodeKind` follows from the kind."""
