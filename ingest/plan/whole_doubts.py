"""What is doubtful about a plan as a whole: its sections, its codes, its end, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.plan.anchors import SECTION, Anchor
from ingest.plan.contents import all_titles, section_titles
from ingest.plan.doubts import Doubts
from ingest.plan.numbers import NUMBER
from ingest.plan.numbers import number as value_of
from ingest.plan.parts import RawCommitment
from ingest.plan.records import PlanHead

_SAID_COUNT = re.compile(rf"\b(?:cele|celor|toate cele) (?P<n>{NUMBER}) (?:de )?angajament\w*")


def sections(doubts: Doubts, anchors: Sequence[Anchor]) -> None:
    """Sections with a heading and no body, and sections that only the contents list."""
    here = {one.name: one for one in anchors if one.kind == SECTION}
    starts = sorted(one.span[0] for one in anchors)
    listed = {title for _, title in section_titles(doubts.text)}
    for number, title in all_titles(doubts.text):
        one = here.get(title)
        if one is None:
            if title in listed:
                where = f"secțiunea {number}"
                doubts.add(where, None, "este în cuprins, dar lipsește din document: poate e tăiat",
                         "the contents list it, but the document lacks it: it may be cut", title)  # fmt: skip
            continue
        stop = next((s for s in starts if s > one.span[0]), len(doubts.text.clean))
        body = doubts.text.words((one.span[1], stop))
        shown = doubts.text.words(one.span)
        if not re.search(r"\w", body) and not _leads(anchors, one):
            doubts.at(f"secțiunea {number}", one.span, "are titlu, dar nu are conținut",
                     "it has a heading and no body", shown)  # fmt: skip
        elif number > 3 and re.search(r"\w", body):
            doubts.at(f"secțiunea {number}", one.span, f"conținutul ei nu se citește ({len(body)} de caractere)",
                     f"its body is not read ({len(body)} characters)", shown)  # fmt: skip


def _leads(anchors: Sequence[Anchor], section: Anchor) -> bool:
    after = [a for a in anchors if a.span[0] > section.span[0]]
    return bool(after) and after[0].kind != SECTION


def sequence(doubts: Doubts, raws: Sequence[RawCommitment]) -> None:
    """Codes that are left out, and actions under another commitment's number."""
    numbers = [raw.anchor.number for raw in raws]
    for gap in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
        doubts.add(
            f"A{gap}",
            None,
            "codul lipsește din șirul angajamentelor",
            "the code is missing among the commitments",
        )
    for raw in raws:
        codes = [anchor.name for anchor, _ in raw.actions]
        own = {
            int(code.partition(".")[2]) for code in codes if code.startswith(raw.anchor.name + ".")
        }
        for gap in sorted(set(range(1, max(own, default=0) + 1)) - own):
            doubts.add(
                f"{raw.anchor.name}.{gap}",
                None,
                "codul lipsește din șirul acțiunilor",
                "the code is missing among the actions",
            )
        for anchor, _ in raw.actions:
            if not anchor.name.startswith(raw.anchor.name + "."):
                doubts.at(anchor.name, anchor.span, f"acțiunea stă sub angajamentul {raw.anchor.name}",
                         f"the action stands under the commitment {raw.anchor.name}")  # fmt: skip


def end(doubts: Doubts, raws: Sequence[RawCommitment], anchors: Sequence[Anchor]) -> None:
    """A document that stops before its contents list, or its last commitment, is through."""
    here = {one.name for one in anchors if one.kind == SECTION}
    stops = any(title not in here for _, title in section_titles(doubts.text)[-1:])
    last = raws[-1] if raws else None
    if last is not None and last.end >= len(doubts.text.clean):
        stops = stops or not (last.actions or last.fields.get("actions"))
    blocks = list(
        doubts.text.blocks((max(0, len(doubts.text.clean) - 4000), len(doubts.text.clean)))
    )
    if stops and blocks:
        doubts.at("sfârșitul documentului", blocks[-1], "documentul pare tăiat aici: ce urma lipsește",
                 "the document seems cut here: what followed is missing", "…" + doubts.text.words(blocks[-1])[-50:])  # fmt: skip
    said = _SAID_COUNT.search(doubts.text.fold)
    count = value_of(said["n"]) if said else None
    if said is not None and count not in (None, len(raws)):
        doubts.at("angajamente", said.span(), f"textul vorbește de {count} angajamente, iar documentul are {len(raws)}",
                 f"the text speaks of {count} commitments, and the document has {len(raws)}", doubts.text.words(said.span()))  # fmt: skip


def head(doubts: Doubts, head: PlanHead) -> None:
    """What the plan does not say about itself."""
    said = (
        ("title", "titlul planului nu s-a găsit", "the plan's title was not found"),
        ("city", "localitatea nu s-a găsit", "the town was not found"),
        ("start", "anii planului nu s-au găsit", "the plan's years were not found"),
        ("vision", "viziunea nu s-a găsit", "the vision was not found"),
    )
    for name, ro, en in said:
        if getattr(head, name) is None:
            doubts.add(f"plan, {name}", None, ro, en)
