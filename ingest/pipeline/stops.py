"""What is told of a run as a whole: too few good rows, corrections that found no row."""

from __future__ import annotations

from pathlib import Path

from ingest.source import Source
from ontology.errors import InputError, Said


def below_minimum(source: Source, good: int) -> InputError | None:
    """Why a run with so many good rows must not change anything; None if it may."""
    wanted = source.minimum.get("rows")
    if wanted is None or good >= wanted:
        return None
    return InputError(
        Said(
            f"rânduri bune: {good}, sub minimul de {wanted} al sursei; nu se schimbă nimic",
            f"good rows: {good}, below the source's minimum of {wanted}; nothing is changed",
        ),
        Said(
            "Verificați fișierul; dacă e corect, scădeți minimum.rows în source.yml.",
            "Check the file; if it is right, lower minimum.rows in source.yml.",
        ),
        source.slug,
    )


def outdated(count: int, corrections: Path) -> InputError:
    """That so many rows of a file of corrections were not used."""
    return InputError(
        Said(
            f"rânduri corectate pe care fișierul sursei nu le mai are: {count}; nu au fost folosite",
            f"corrected rows that the source's file no longer has: {count}; they were not used",
        ),
        Said(
            "Sursa are altă ediție; dacă greșeala mai există, rândul este respins din nou.",
            "The source has another edition; if the mistake is still there, the row is refused again.",
        ),
        f"corrections/{corrections.name}",
    )
