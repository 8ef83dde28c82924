"""Collects what is doubtful in a plan: each with its spot, in Romanian and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.plan.anchors import Anchor
from ingest.plan.doubt_words import NUMBERS, PERIODS, short, spot
from ingest.plan.items import Item
from ingest.plan.parts import RawCommitment, dangling
from ingest.plan.periods import Period
from ingest.plan.records import Passage, PlanWarning
from ingest.plan.text import Span, Text

MOST = 500
"""A reviewer reads no more; a document with more is no plan of this template."""

_NEEDED = ("objectives", "actors", "targets", "calendar")


class Doubts:
    """The warnings of one reading, in the order found."""

    NO_COMMA = (
        "lipsește virgula dinaintea lui; s-a despărțit după înțeles",
        "the comma before it is missing; it was parted by sense",
    )
    NO_CODE = (
        "acțiunea nu are cod; i s-a dat unul după loc",
        "the action has no code; it was given one by its place",
    )

    REPEATED = (
        "codul apare de două ori; s-a păstrat prima acțiune",
        "the code is there twice; the first action was kept",
    )

    RECODED = (
        "codul apare de două ori, cu alt titlu; acțiunii i s-a dat primul cod liber",
        "the code is there twice, with another title; the action was given the first free code",
    )

    def __init__(self, text: Text) -> None:
        self.text = text
        self.found: list[PlanWarning] = []

    def listed(self) -> tuple[PlanWarning, ...]:
        """The warnings; beyond MOST their number only."""
        more = len(self.found) - MOST
        if more <= 0:
            return tuple(self.found)
        rest = PlanWarning(
            "tot documentul",
            f"Încă {more} avertismente nu sunt scrise aici.",
            f"Another {more} warnings are not written here.",
        )
        return (*self.found[:MOST], rest)

    def add(self, where: str, evidence: Passage | None, ro: str, en: str, about: str = "") -> None:
        """One doubt; the spot gets the character position of its passage."""
        if evidence is not None and evidence.spans:
            where = f"{where} (caracterul {evidence.spans[0][0]})"
        said = f"„{short(about)}”: " if about else ""
        said_en = f"'{short(about)}': " if about else ""
        self.found.append(PlanWarning(where, f"{said}{ro}.", f"{said_en}{en}."))

    def at(self, where: str, span: Span, ro: str, en: str, about: str = "") -> None:
        """One doubt about a passage."""
        self.add(where, self.text.passage(span), ro, en, about)

    def headings(self, code: str, anchors: Iterable[Anchor]) -> None:
        """Headings that are not worded as in the template, by what they were taken for."""
        for one in anchors:
            if one.guessed:
                self.at(spot(code, one.name), one.span, "titlul nu este scris ca în șablon; s-a luat după înțeles",
                         "the heading is not worded as in the template; it was taken by its sense", self.text.words(one.span))  # fmt: skip

    def commitment(self, raw: RawCommitment) -> None:
        """What is missing in a commitment, what was cut, and what has no heading."""
        code = raw.anchor.name
        if not raw.title:
            self.at(
                code, raw.anchor.span, "angajamentul nu are titlu", "the commitment has no title"
            )
        missing = [name for name in _NEEDED if not raw.fields.get(name)]
        if not raw.actions and not raw.fields.get("actions"):
            missing.append("actions")
        if not any(name.startswith("relevance") for name in raw.fields):
            missing.append("relevance.local")
        for name in missing:
            self.at(
                spot(code, name), raw.anchor.span, "lipsește sau este gol", "it is missing or empty"
            )
        for span in raw.loose:
            self.at(code, span, "textul nu stă sub niciun titlu; s-a pus la descriere",
                     "the text stands under no heading; it was put into the description", self.text.words(span))  # fmt: skip
        for name, parts in raw.fields.items():
            for part in parts:
                if part.moved:
                    self.at(spot(code, name), part.span, "celula a fost tăiată (de o pagină nouă); s-a lipit la loc",
                             "the cell was cut (by a new page); it was put together again", self.text.words(part.span))  # fmt: skip
            self._unfinished(raw, name)

    def _unfinished(self, raw: RawCommitment, name: str) -> None:
        parts = raw.fields[name]
        if not parts or name == "calendar":
            return
        folded = self.text.folded(parts[-1].span)
        prose = name in ("description", "problem") and not folded.endswith(
            (".", "!", "?", '"', ")", ":", ";")
        )
        if dangling(folded) or (prose and len(folded) > 60):
            tail = self.text.words(parts[-1].span)[-50:]
            self.at(spot(raw.anchor.name, name), parts[-1].span, "textul pare tăiat: se oprește în mijlocul frazei",
                     "the text seems cut: it stops in mid-sentence", "…" + tail)  # fmt: skip

    def items(self, raw: RawCommitment, name: str, items: Iterable[Item]) -> None:
        """Items parted by a guess, and brackets without a pair."""
        listed = list(items)
        where = spot(raw.anchor.name, name)
        if any(item.guessed for item in listed):
            self.at(where, listed[0].spans[0], f"lista nu are separatori; s-a împărțit după înțeles în {len(listed)}",
                     f"the list has no separators; it was parted by sense into {len(listed)}")  # fmt: skip
        self.brackets(raw, name, listed)

    def brackets(self, raw: RawCommitment, name: str, items: Iterable[Item]) -> None:
        """Brackets that never close or never opened."""
        for number, item in enumerate(items, 1):
            words = self.text.words(*item.spans)
            if words.count("(") != words.count(")"):
                self.at(spot(raw.anchor.name, name, number), item.spans[0], "are o paranteză fără pereche: poate lipsește text",
                         "a bracket is not closed or opened: text may be missing", words)  # fmt: skip

    def numbers(self, where: str, evidence: Passage, notes: Iterable[tuple[str, str]]) -> None:
        """Numbers that were left out or could not be read."""
        for kind, words in notes:
            self.add(where, evidence, *NUMBERS[kind], words)

    def period(self, raw: RawCommitment, spans: Sequence[Span], period: Period) -> None:
        """A calendar that says no period."""
        if spans and period.problem:
            about = self.text.words(*spans)
            self.at(spot(raw.anchor.name, "calendar"), spans[0], *PERIODS[period.problem], about)

    def action(
        self, raw: RawCommitment, anchor: Anchor, spans: Sequence[Span], *, repeated: bool
    ) -> None:
        """An action that is there twice, or has no title."""
        about = self.text.words(*spans)
        if repeated:
            self.at(anchor.name, anchor.span, *self.REPEATED, about)
        else:
            self.at(anchor.name, anchor.span, "acțiunea nu are titlu", "the action has no title")

    def unread(self, raw: RawCommitment, span: Span) -> None:
        """Text among the commitments that became part of no entry."""
        self.at(raw.anchor.name, span, "nu s-a citit: nu ține de niciun titlu al șablonului",
                 "it was not read: it belongs to no heading of the template", self.text.words(span))  # fmt: skip

    def twice(self, raw: RawCommitment) -> None:
        """A commitment that is there twice."""
        self.at(raw.anchor.name, raw.anchor.span, "angajamentul apare de două ori; s-a păstrat primul",
                 "the commitment is there twice; the first was kept", self.text.words(*raw.title))  # fmt: skip
