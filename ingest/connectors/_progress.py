"""How far a result of accountability has come: its state, and the platform's own words and steps."""

from __future__ import annotations

from typing import Any

from ingest.moments import local_day
from ingest.nested import get, listed
from ingest.texts import translated
from ontology.errors import ResurseError
from ontology.numbers import clean_decimal

_FULL = 100
_WORDS = {"ro": ("Progres", "Stare", "Etape"), "en": ("Progress", "Status", "Steps")}


def _percent(raw: Any) -> Any:
    """The percent that the result tells, else the one that its status stands for."""
    for value in (get(raw, "progress"), get(raw, "status", "progress")):
        try:
            return clean_decimal(str(value))
        except ResurseError:
            continue
    return None


def status_of(raw: Any) -> str:
    """A result's state by its progress in percent; unknown when the platform tells none."""
    done = _percent(raw)
    if done is None or done <= 0:
        return "unknown"
    return "finished" if done >= _FULL else "running"


def told(raw: Any, lang: str) -> str:
    """Its progress, the name of its status and its dated steps, each in a line."""
    progress, status, steps = _WORDS[lang]
    lines = []
    if (done := _percent(raw)) is not None:
        lines.append(f"{progress}: {done.normalize():f} %.")
    if name := _in(get(raw, "status", "name"), lang):
        lines.append(f"{status}: {name}.")
    if listing := "; ".join(_steps(raw, lang)):
        lines.append(f"{steps}: {listing}.")
    return "\n".join(lines)


def _steps(raw: Any, lang: str) -> list[str]:
    entries = [*listed(get(raw, "timelineEntries")), *listed(get(raw, "milestones"))]
    found = []
    for entry in entries:
        name = _in(get(entry, "title"), lang) or _in(get(entry, "description"), lang)
        day = local_day(get(entry, "entryDate"))
        if name:
            found.append((day or "", f"{name.rstrip('.')} ({day})" if day else name.rstrip(".")))
    return list(dict.fromkeys(text for _, text in sorted(found)))


def _in(text: Any, lang: str) -> str:
    """A text in a language, else in the other."""
    by_lang = translated(text, lang)
    return by_lang.get(lang) or next(iter(by_lang.values()), "")
