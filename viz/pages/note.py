"""A note to send on: what is asked, and the chosen ones with their reasons, conditions and sources, as a Word document."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi.responses import Response

from graph.catalogue.base import Record, SourceRef
from viz.asked import Asked
from viz.pages.matching import RuleLine, Why
from viz.pages.shortlist import Picked
from viz.pages.tables import attached
from viz.xml_text import fit

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

REASONS = 5
"""Reasons of each, the weightiest first; the page has them all."""

LONGEST = 255
"""Letters of the title among a document's properties; the heading has it whole."""

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Part:
    """A heading and the lines under it, as a list."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """What a note is about: the name of its file, its title, a lead, and what is known before anybody is chosen."""

    file: str
    title: str
    lead: str
    parts: tuple[Part, ...]


def note(asked: Asked, told: Note, chosen: Sequence[Picked]) -> Response:
    """The document, in the language of the page."""
    records = asked.ground.data.catalogue.records([one.card.id for one in chosen])
    made = _Writing(asked, told)
    for at, (one, record) in enumerate(zip(chosen, records, strict=True), 1):
        made.chosen(at, one, record)
    if not chosen:
        made.say("Nobody is on the shortlist yet.")
    made.sources()
    return Response(
        made.bytes(),
        media_type=MEDIA,
        headers=attached(f"resurse-{told.file}.docx"),
    )


class _Writing:
    """A document while it is written; sources get their numbers as they are named."""

    def __init__(self, asked: Asked, told: Note) -> None:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Mm

        self.asked, self.speech = asked, asked.speech
        self.numbers: dict[str, tuple[int, SourceRef]] = {}
        self.document: Document = docx.Document()
        for lang in self.document.styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), {"ro": "ro-RO", "en": "en-GB"}[asked.lang])
        paper = self.document.sections[0]
        paper.page_width, paper.page_height = Mm(210), Mm(297)
        paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = Mm(20)
        about = self.document.core_properties
        about.title = fit(told.title)[:LONGEST]
        about.author, about.language = "Resurse", asked.lang
        about.comments = ""
        self.document.add_heading(fit(told.title), 0)
        data = asked.ground
        self.say(
            "From the map Resurse, data version %(version)s, on %(day)s.",
            version=data.data.version[:12],
            day=self.speech.day(str(data.today)),
        )
        if told.lead:
            self.document.add_paragraph(fit(told.lead))
        for part in told.parts:
            self.document.add_heading(fit(part.heading), 1)
            for line in part.lines:
                self.document.add_paragraph(fit(line), style="List Bullet")
        self.document.add_heading(self.speech.say("Your shortlist"), 1)
        self.say(
            "Scores and reasons are computed from public statements; they are a suggestion, not a decision."
        )

    def say(self, words: str, **more: object) -> Paragraph:
        """A paragraph of the catalogue's words."""
        return self.document.add_paragraph(self.speech.say(words, **more))

    def chosen(self, at: int, one: Picked, record: Record | None) -> None:
        """One of the shortlist: what it is, why it fits, what closes it or not, where to find it."""
        self.document.add_heading(f"{at}. {self._of(one.card.name)}", 2)
        what = [one.card.kind_label, *one.card.facts]
        if one.card.state_label:
            what.append(one.card.state_label)
        if one.line is not None:
            what.append(f"{self.speech.say('Score')} {one.line.score}/100")
        self.document.add_paragraph(fit(" · ".join(what)))
        if one.card.line:
            self.document.add_paragraph(self._of(one.card.line))
        if one.line is None:
            self.say("No reason on the map ties it to this.")
        else:
            for why in one.line.why[:REASONS]:
                self._why(why)
            self._rules(one.line.rules, one.line.eligible_label)
        self._where(record)

    def _why(self, why: Why) -> None:
        line = self.document.add_paragraph(style="List Bullet")
        said = why.text.casefold().startswith(why.name.casefold())
        if not said:
            line.add_run(fit(f"{why.name.capitalize()}: ")).bold = True
        line.add_run(fit(why.text))
        if why.share:
            line.add_run(f" (+{why.share})")
        for proof in why.proofs:
            below = self.document.add_paragraph(style="List Bullet 2")
            below.add_run(fit(proof.words))
            if proof.source is not None and proof.source.url:
                below.add_run(f" [{self._number(proof.source)}]")

    def _rules(self, rules: Sequence[RuleLine], answer: str) -> None:
        if not rules:
            return
        line = self.document.add_paragraph()
        line.add_run(f"{self.speech.say('May one apply?')} ").bold = True
        line.add_run(fit(answer))
        for rule in rules:
            self.document.add_paragraph(
                fit(f"{rule.label}: {rule.answer_label}. {rule.text}"), style="List Bullet"
            )

    def _where(self, record: Record | None) -> None:
        if record is None:
            return
        names = ("address", "city", "homepage")
        known = [text for name in names if (text := record.text(name, self.asked.lang))]
        if known:
            line = self.document.add_paragraph()
            line.add_run(f"{self.speech.say('Where to find it')}: ").bold = True
            line.add_run(fit(", ".join(known)))

    def _number(self, source: SourceRef) -> int:
        key = source.url or source.id
        return self.numbers.setdefault(key, (len(self.numbers) + 1, source))[0]

    def sources(self) -> None:
        """The pages that the statements were read from, under their numbers."""
        if not self.numbers:
            return
        self.document.add_heading(self.speech.say("Sources"), 1)
        for number, source in self.numbers.values():
            line = self.document.add_paragraph(f"[{number}] ")
            if source.title and source.title != source.url:
                line.add_run(fit(f"{source.title}, "))
            _link(line, fit(source.url or ""))
            if source.retrieved:
                day = self.speech.day(source.retrieved)
                line.add_run(f", {self.speech.say('read on %(day)s', day=day)}")

    def _of(self, words: Mapping[str, str]) -> str:
        return fit(words.get(self.asked.lang) or next(iter(words.values()), ""))

    def bytes(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _link(line: Paragraph, url: str) -> None:
    """The address at the end of a paragraph, to click on."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if not url.startswith(("http://", "https://")):
        line.add_run(url)
        return
    held = OxmlElement("w:hyperlink")
    held.set(qn("r:id"), line.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = line.add_run(url)
    run.font.underline = True
    held.append(run._r)
    line._p.append(held)
