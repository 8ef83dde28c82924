"""What the student learns: texts in either language, each with English that says its meaning."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from graph.search.training.inflect import forms

_PAIRS: Final = ("cldr", "osm_id_tagging", "tatoeba", "msdocs", "caen_nace")
_ENGLISH: Final = ("english_words", "wordnet3_glosses", "eurovoc")
# Tables of a city's facts: file, columns of the name, pairs of Romanian and English columns.
_CITY: Final = (
    ("organisations.csv", "name", "activities_ro", "activities_en"),
    ("bodies.csv", "name", "summary_ro", "summary_en"),
    ("funds.csv", "name", "summary_ro", "summary_en"),
    ("platforms.csv", "name", "purpose_ro", "purpose_en"),
)
# Columns that a search reads, whatever the table.
_SEARCHED: Final = frozenset(
    {"name", "title", "title_ro", "alt_names", "beneficiary_name", "programme"}
    | {column for _, _, *columns in _CITY for column in columns}
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, the English text whose teacher vector it should get, and how much it counts."""

    text: str
    meaning: str
    weight: float = 1.0


def _pairs(path: Path) -> Iterator[Lesson]:
    """Lines `romanian<TAB>english`: both sides mean the English side."""
    for line in path.read_text(encoding="utf-8").splitlines():
        romanian, _, english = line.partition("\t")
        if romanian and english:
            yield Lesson(romanian, english)
            yield Lesson(english, english)


def _english(path: Path) -> Iterator[Lesson]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Lesson(line.strip(), line.strip())


def _entries(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Lines `ro/ro=en/en` as alternatives in both languages; comments begin with #."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and "=" in line:
            romanian, _, english = line.partition("=")
            yield (
                [one.strip() for one in romanian.split("/")],
                [one.strip() for one in english.split("/")],
            )


def _lexicon(path: Path) -> Iterator[Lesson]:
    """Every Romanian alternative means all English ones; its forms by rule count half."""
    for romanian, english in _entries(path):
        meaning = ", ".join(english)
        for one in romanian:
            yield Lesson(one, meaning, 2.0)
            yield from (Lesson(form, meaning, 0.5) for form in forms(one))
        yield from (Lesson(one, one) for one in english)


def _asked(frames: Path, lexicons: Sequence[Path]) -> Iterator[Lesson]:
    """Each term of the lexicons within one Romanian and one English frame of a question.

    The meaning is that of the term alone: the student learns to hear past "who offers …".
    """
    around = [(romanian[0], english[0]) for romanian, english in _entries(frames)]
    terms = [entry for path in lexicons for entry in _entries(path)]
    for number, (romanian, english) in enumerate(terms):
        if not romanian[0].startswith("a "):  # verbs fit into no frame
            meaning = ", ".join(english)
            yield Lesson(around[number % len(around)][0].format(romanian[0]), meaning)
            yield Lesson(around[number * 7 % len(around)][1].format(english[0]), meaning)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _topics(path: Path) -> Iterator[Lesson]:
    """A topic's other names mean its label; the English ones mean themselves, too."""
    for row in _rows(path):
        label = row["label_en"]
        for english in (label, *row["alt_en"].split(";")):
            if english:
                yield Lesson(english, f"{english}, {label}")
        for romanian in (row["label_ro"], *row["alt_ro"].split(";")):
            if romanian:
                yield Lesson(romanian, label)


def _city(folder: Path) -> Iterator[Lesson]:
    """A row's two summaries mean the English one, and so does its name."""
    for file, name, romanian, english in _CITY:
        for row in _rows(folder / file):
            if row[english]:
                yield Lesson(row[english], row[english])
                yield Lesson(row[name], row[english])
                if row[romanian]:
                    yield Lesson(row[romanian], row[english])


def documents(city: Path) -> list[str]:
    """The texts that will be searched: every row of the city's tables, its texts in one."""
    tables = sorted(city.glob("*.csv"))
    return [
        " . ".join(row[name] for name in row if name in _SEARCHED and row[name])
        for table in tables
        for row in _rows(table)
        if row.keys() & _SEARCHED
    ]


def lessons(data: Path, city: Path) -> list[Lesson]:
    """Every lesson of the folder `data` and of the city's tables, in a fixed order, once each.

    Raises FileNotFoundError when a file of the recipe is not there.
    """

    def one(start: str) -> Path:
        found = sorted(data.glob(f"{start}*"))
        if not found:
            raise FileNotFoundError(f"{data}/{start}*: the training text is missing")
        return found[0]

    terms = sorted((data / "lexicon").glob("*.txt"))
    everything = chain(
        *(_pairs(one(start)) for start in _PAIRS),
        *(_english(one(start)) for start in _ENGLISH),
        *(_lexicon(path) for path in (*terms, *sorted((data / "phrases").glob("*.txt")))),
        _asked(one("frames"), terms),
        _topics(one("topics")),
        _city(city),
    )
    kept: dict[tuple[str, str], Lesson] = {}
    for lesson in everything:
        known = kept.get((lesson.text, lesson.meaning))
        if known is None or known.weight < lesson.weight:
            kept[lesson.text, lesson.meaning] = lesson
    return list(kept.values())
