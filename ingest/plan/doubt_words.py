"""The wording of doubts, in Romanian and English, and how a spot and a passage are shown."""

from __future__ import annotations

from ingest.plan.template import heading

PERIODS = {
    "none": (
        "perioada nu are nicio dată care se poate citi",
        "the period holds no date that can be read",
    ),
    "impossible": (
        "perioada are o dată care nu există",
        "the period holds a date that no calendar has",
    ),
    "order": ("perioada se termină înainte să înceapă", "the period ends before it begins"),
    "partly": (
        "o parte din perioadă nu se poate citi; nu s-a luat nicio dată",
        "a part of the period cannot be read; no date was taken",
    ),
    "unended": (
        "sfârșitul perioadei lipsește sau nu se poate citi",
        "the end of the period is missing or cannot be read",
    ),
    "misread": (
        "o lună pare citită greșit; s-a luat după înțeles",
        "a month seems misread; it was taken by its sense",
    ),
    "several": (
        "perioada are mai multe date; s-au luat prima și ultima",
        "the period holds several dates; the first and the last were taken",
    ),
}
NUMBERS = {
    "second": (
        "are și un al doilea număr, care nu s-a păstrat",
        "it has a second number, which was not kept",
    ),
    "differs": (
        "numărul din paranteză este altul; s-a luat cel dinaintea ei",
        "the number in brackets is another; the one before it was taken",
    ),
    "apart": (
        "comparația nu stă lângă număr; nu s-a ținut cont de ea",
        "the comparison does not stand at the number; it was not taken into account",
    ),
    "misread": (
        "pare scris sau citit greșit; s-a luat după înțeles",
        "it seems misspelt or misread; it was taken by its sense",
    ),
    "unread": ("are un număr care nu s-a putut citi", "it has a number that could not be read"),
    "strict": (
        "numărul este o limită strictă; s-a luat ca prag",
        "the number is a strict bound; it was taken as the threshold",
    ),
}


def spot(code: str, field: str = "", number: int | None = None) -> str:
    """The name of a place in the plan: `A2, Rezultate țintite, 4`."""
    parts = [code, heading(field) if field else "", str(number) if number is not None else ""]
    return ", ".join(part for part in parts if part)


def short(words: str, most: int = 60) -> str:
    """The first words of a passage."""
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
