"""Notes about what the reader of a document does not see, or sees otherwise than the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.plan.records import PlanWarning

_MOST = 20
"""A reviewer reads no more of one sort."""


def hidden(passages: Iterable[str]) -> Iterator[PlanWarning]:
    """Notes about words that the document hides from who reads it, and that were read."""
    yield from _notes(
        passages,
        ("text ascuns", "„{}”: este ascuns în document, dar s-a citit; verificați dacă face parte din plan."),
        "'{}': it is hidden in the document, but was read; check whether it is part of the plan.",
    )  # fmt: skip


def struck(passages: Iterable[str]) -> Iterator[PlanWarning]:
    """Notes about words that the document marks as deleted, which were not read."""
    yield from _notes(
        passages,
        ("text șters", "„{}”: documentul îl arată ca șters; nu s-a citit."),
        "'{}': the document marks it as deleted; it was not read.",
    )


def footnotes(passages: Iterable[str]) -> Iterator[PlanWarning]:
    """Notes about the footnotes of a document, which were not read."""
    yield from _notes(
        passages,
        ("notă de subsol", "„{}”: nota nu s-a citit; dacă spune ceva despre plan, adăugați."),
        "'{}': the footnote was not read; if it says something about the plan, add it.",
    )


def repeated(words: str) -> PlanWarning:
    """The note about a running head or foot, which was not read."""
    shown = words[:60]
    return PlanWarning(
        "antet și subsol",
        f"„{shown}”: se repetă pe pagini; nu s-a citit ca parte din plan.",
        f"'{shown}': it repeats on the pages; it was not read as part of the plan.",
    )


def _notes(passages: Iterable[str], ro: tuple[str, str], en: str) -> Iterator[PlanWarning]:
    found = [" ".join(one.split()) for one in passages]
    found = [one for one in found if one]
    for number, words in enumerate(found[:_MOST], 1):
        shown = words if len(words) <= 200 else words[:199].rstrip() + "…"
        yield PlanWarning(f"{ro[0]} {number}", ro[1].format(shown), en.format(shown))
    more = len(found) - _MOST
    if more > 0:
        yield PlanWarning(ro[0], f"Încă {more} de acest fel.", f"Another {more} of this sort.")
