"""The marks that Word puts before the paragraphs of its automatic lists.

The document holds none of them: a paragraph names a list and a level, the list says how a level is
counted and shown (ECMA-376 part 1, 17.9). A mark that is a code (`A1:`, `A1.2.`, `3.2.`) is written
out as it is printed; one that only counts or decorates (`1.`, `b)`, a bullet) is written as `-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml.etree import _Element

_VALUE, _LEVEL, _ID = qn("w:val"), qn("w:ilvl"), qn("w:numId")
_PROPERTIES = qn("w:pPr")
_NUMBERED, _STYLE = qn("w:numPr"), qn("w:pStyle")
_HOLDER = re.compile(r"%([1-9])")
_CODE = re.compile(r"a\.?[ -]?\d|ang(?:ajament|\.)|ac[tțţ](?:iun|\.)|activit", re.I)
"""How the mark of a commitment or an action begins."""
_LAST = 9
"""Levels of a list."""


@dataclass(frozen=True)
class _Level:
    """How one level is counted and shown: `%1` in `shown` is the number of the first level."""

    format: str = "bullet"
    shown: str = ""
    start: int = 1


@dataclass
class WordLists:
    """The lists of a document, counted on as its paragraphs come by in reading order."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """For the id of a list, its levels."""
    _shared: dict[str, str] = field(default_factory=dict)
    """For the id of a list, the definition whose count it goes on."""
    _styles: dict[str, tuple[str, int, bool]] = field(default_factory=dict)
    """For a style with a numbering: the list, the level, whether it is a heading."""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: _Element | None, styles: _Element) -> WordLists:
        """The lists that numbering.xml defines and those that the styles use."""
        made = cls()
        if numbering is not None:
            made._define(numbering)
        for style in styles.iter(qn("w:style")):
            used = style.find(f"{_PROPERTIES}/{_NUMBERED}")
            name = style.get(qn("w:styleId"))
            if used is not None and name:
                heading = next(style.iter(qn("w:outlineLvl")), None) is not None
                made._styles[name] = (*_used(used), heading)
        return made

    def _define(self, numbering: _Element) -> None:
        abstract = {
            one.get(qn("w:abstractNumId")): {
                _number(level.get(_LEVEL)): _level(level) for level in one.iter(qn("w:lvl"))
            }
            for one in numbering.iter(qn("w:abstractNum"))
        }
        for one in numbering.iter(qn("w:num")):
            name, base = one.get(_ID), _value(one, "w:abstractNumId")
            if not name or base is None:
                continue
            levels = dict(abstract.get(base, {}))
            own = list(one.iter(qn("w:lvlOverride")))
            for override in own:
                at = _number(override.get(_LEVEL))
                whole = next(override.iter(qn("w:lvl")), None)
                level = _level(whole) if whole is not None else levels.get(at, _Level())
                start = _value(override, "w:startOverride")
                levels[at] = _Level(
                    level.format, level.shown, level.start if start is None else _number(start)
                )
            self._levels[name] = levels
            self._shared[name] = name if own else base

    def mark(self, paragraph: _Element) -> str:
        """What stands before the paragraph; empty when it is no item of a list."""
        style = paragraph.find(f"{_PROPERTIES}/{_STYLE}")
        of_style = self._styles.get(style.get(_VALUE) or "") if style is not None else None
        own = paragraph.find(f"{_PROPERTIES}/{_NUMBERED}")
        heading = of_style is not None and of_style[2]
        if own is not None:
            name, level = _used(own)
            if not name and of_style is not None:
                name = of_style[0]
        elif of_style is not None:
            name, level, _ = of_style
        else:
            return ""
        if name == "0":  # Word's way to take a paragraph out of a list
            return ""
        shown = self._count(name, level)
        if _CODE.match(shown):
            return f"{shown}: " if shown[-1:].isdigit() and "." not in shown else f"{shown} "
        if heading and own is None:  # the number of a chapter is no list mark
            return ""
        if re.fullmatch(r"\d+(?:\.\d+)+\.?", shown):
            return f"{shown} "
        return f"- {shown} " if re.search(r"[^\W\d_]{2}", shown) else "- "

    def _count(self, name: str, at: int) -> str:
        """Counts one item on; the mark as printed."""
        levels = self._levels.get(name, {})
        level = levels.get(at, _Level())
        counts = self._counts.setdefault(self._shared.get(name, name), [None] * _LAST)
        before = counts[at]
        counts[at] = level.start if before is None else before + 1
        counts[at + 1 :] = [None] * (_LAST - at - 1)
        if level.format in ("bullet", "none"):
            return ""

        def written(holder: re.Match[str]) -> str:
            which = int(holder[1]) - 1
            other = levels.get(which, _Level())
            number = counts[which]
            # letters and Roman numerals only count: as a part of a code they are not read
            return str(other.start if number is None else number)

        return _HOLDER.sub(written, level.shown).strip()


def _level(level: _Element) -> _Level:
    start = _value(level, "w:start")
    return _Level(
        _value(level, "w:numFmt") or "decimal",
        (_value(level, "w:lvlText") or "")[:40],
        1 if start is None else _number(start),
    )


def _used(numbering: _Element) -> tuple[str, int]:
    """(list, level) that a paragraph or style names."""
    return _value(numbering, "w:numId") or "", min(_number(_value(numbering, "w:ilvl")), _LAST - 1)


def _value(parent: _Element, name: str) -> str | None:
    child = parent.find(qn(name))
    return child.get(_VALUE) if child is not None else None


def _number(written: str | None) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else 0
