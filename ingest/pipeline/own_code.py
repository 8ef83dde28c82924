"""What a source's own function gives, looked at with distrust: it may fail, or give what cannot be kept."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ingest.personal_codes import refuse_personal_codes
from ingest.rejects import masked
from ontology.entity import Entity
from ontology.errors import ResurseError, RowError, Said

_HALF = re.compile("[\ud800-\udfff]")
_ID = re.compile(r"[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\udfff]+")
"""What an id may hold: anything that an IRI may end with."""

_MEND = Said(
    "Îndreptați funcția, sau anunțați pe cine a scris-o.",
    "Mend the function, or tell whoever wrote it.",
)
_T = TypeVar("_T")


def given(
    make: Callable[[], Iterable[_T]], failed: Callable[[Said, Said], ResurseError]
) -> Iterator[_T]:
    """What the function gives; whatever it raises that is no error of ours becomes one, with its place."""
    try:
        yield from make()
    except ResurseError:
        raise
    except Exception as error:  # anything may go wrong in a function that others write
        raise failed(_said(error), _MEND) from error


def _said(error: Exception) -> Said:
    """The failure and the line of the function it happened in."""
    frames = traceback.extract_tb(error.__traceback__)
    own = next((f for f in reversed(frames) if f.filename.endswith("source.py")), None)
    what = masked(f"{type(error).__name__}: {error}")
    what = what.encode("utf-8", "backslashreplace").decode()[:200]
    ro, en = f"funcția sursei s-a oprit ({what})", f"the source's own function failed ({what})"
    if own is not None:
        ro, en = f"{ro}, source.py, linia {own.lineno}", f"{en}, source.py, line {own.lineno}"
    return Said(ro, en)


def unkeepable(made: Any, where: str) -> RowError | None:
    """Why a thing that a function made cannot be written down; None when it can."""
    if not isinstance(made, Entity):
        return _refused(f"a dat {_kind(made)}, nu un lucru", f"gave {_kind(made)}, no thing", where)
    for one in made.parts():
        if not isinstance(one.id, str) or _ID.fullmatch(one.id) is None:
            shown = _plain(one.id)
            return _refused(
                f"a dat un id nepotrivit: „{shown}”", f"gave an id that is none: '{shown}'", where
            )
        for field, values in one.values.items():
            for value in values:
                if isinstance(value.value, str) and not _whole(value.value):
                    return _refused(
                        f"a dat în câmpul {field} un text cu o jumătate de caracter",
                        f"gave half a character in the field {field}",
                        where,
                        field,
                        _plain(value.value),
                    )
        try:
            refuse_personal_codes(_texts(one), where)
        except RowError as error:
            return error
    return None


def _texts(entity: Entity) -> dict[str, str]:
    """By field, the texts that the thing states, each on a line of its own."""
    return {
        field: "\n".join(v.value for v in values if isinstance(v.value, str))
        for field, values in entity.values.items()
    }


def _whole(text: str) -> bool:
    return text.isascii() or _HALF.search(text) is None


def _kind(made: object) -> str:
    return type(made).__name__


def _plain(value: object) -> str:
    return str(value).encode("ascii", "backslashreplace").decode()[:80]


def _refused(ro: str, en: str, where: str, column: str = "", value: str = "") -> RowError:
    return RowError(
        Said(f"funcția sursei {ro}", f"the source's own function {en}"),
        _MEND,
        where,
        column=column,
        value=value,
    )
