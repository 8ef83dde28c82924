"""Charts drawn on the server as SVG, each with the table that says the same in figures.

No script, no style attribute: they live under a strict policy, print, and follow the page's
colours through `currentColor`. The same figures give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import format_compact_decimal
from markupsafe import Markup

from ontology.errors import Said
from viz.chart_narrow import narrow_bars, narrow_marks
from viz.chart_shapes import bars, marks, squares, svg
from viz.counted import counted
from viz.figures import Money
from viz.languages import SPEECH

OTHERS = Said("celelalte", "all others")
UNDATED = Said("fără an", "no year")
NO_PROGRAMME = Said("program necunoscut", "unknown programme")

SUMS = Said("{n} sumă|{n} sume|{n} de sume", "{n} sum|{n} sums|{n} sums")
ACTIONS = Said("{n} acțiune|{n} acțiuni|{n} de acțiuni", "{n} action|{n} actions|{n} actions")

NEEDS: Mapping[str, Said] = {
    "responsible": Said("responsabil", "someone in charge"),
    "partner": Said("partener", "a partner"),
    "money": Said("bani", "money"),
    "group": Said("grup", "a group"),
    "indicator": Said("indicator", "an indicator"),
    "news": Said("noutăți", "news"),
}
"""What an action may lack, in the contract's order."""


@dataclass(frozen=True)
class Table:
    """The figures of a chart; the first cell of each row names it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A drawing, the same for a phone's width, one sentence that says what it shows, and its figures."""

    title: str
    summary: str
    svg: Markup
    narrow: Markup
    table: Table


@dataclass(frozen=True)
class Coverage:
    """One action of the plan and what it lacks (keys of NEEDS)."""

    code: str
    label: str
    missing: tuple[str, ...]


def money_chart(
    sums: Iterable[Money], currency: str, lang: str, title: str, rows: int = 12
) -> Chart | None:
    """Money per programme and year in one currency: a square per sum, its area the amount.

    The `rows` programmes with most money are shown one by one, the rest together. None when no
    sum is in the currency.
    """
    chosen = [one for one in sums if one.currency == currency]
    if not chosen:
        return None
    speech = SPEECH[lang]
    cells: dict[str, dict[int | None, float]] = defaultdict(lambda: defaultdict(float))
    names: dict[str, str] = {}
    for one in chosen:
        key = one.programme or ""
        names[key] = (one.programme_label or NO_PROGRAMME)(lang)
        cells[key][one.year] += one.amount
    ranked = sorted(cells, key=lambda key: (-sum(cells[key].values()), key))
    shown = [(names[key], cells[key]) for key in ranked[:rows]]
    rest = _added([cells[key] for key in ranked[rows:]])
    if rest:
        shown.append((f"{OTHERS(lang)} ({len(ranked) - rows})", rest))
    dated = [year for _, row in shown for year in row if year is not None]
    columns: list[int | None] = list(range(min(dated), max(dated) + 1)) if dated else []
    if any(None in row for _, row in shown):
        columns.append(None)
    heads = [UNDATED(lang) if year is None else str(year) for year in columns]

    def said(value: float) -> str:
        return speech.money(value, currency) if value else ""

    table = Table(
        (Said("Program", "Programme")(lang), *heads, "Total"),
        tuple(
            (name, *(said(row.get(year, 0.0)) for year in columns), said(sum(row.values())))
            for name, row in shown
        ),
    )
    total, most = said(sum(one.amount for one in chosen)), said(sum(shown[0][1].values()))
    known = counted(SUMS, len(chosen), lang)
    summary = Said(
        f"{total} în {known} cunoscute; cel mai mult: {shown[0][0]}, {most}.",
        f"{total} in {known} that are known; most: {shown[0][0]}, {most}.",
    )(lang)
    values = [[row.get(year, 0.0) for year in columns] for _, row in shown]
    short = [[speech_short(value, lang) for value in row] for row in values]
    drawn = squares([name for name, _ in shown], heads, values, short)
    totals = [(name, sum(row.values())) for name, row in shown]
    narrow = narrow_bars(totals, [said(value) for _, value in totals])
    return Chart(title, summary, svg(drawn, title, summary), svg(narrow, title, summary), table)


def topics_chart(
    sums: Iterable[Money],
    labels: Mapping[str, str],
    currency: str,
    lang: str,
    title: str,
    rows: int = 15,
) -> Chart | None:
    """Topics by money in one currency. A sum with several topics counts for each whole."""
    speech = SPEECH[lang]
    total: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    for one in sums:
        if one.currency == currency:
            for topic in one.topics:
                total[topic] += one.amount
                count[topic] += 1
    if not total:
        return None
    ranked = sorted(total, key=lambda topic: (-total[topic], topic))[:rows]
    named = [(labels.get(topic, topic.rsplit("/", 1)[-1]), total[topic]) for topic in ranked]
    said = [speech.money(total[topic], currency) for topic in ranked]
    table = Table(
        (Said("Temă", "Topic")(lang), Said("Suma", "Amount")(lang), Said("Câte", "How many")(lang)),
        tuple(
            (name, money, speech.number(count[topic]))
            for (name, _), money, topic in zip(named, said, ranked, strict=True)
        ),
    )
    summary = Said(
        f"Cei mai mulți bani: {named[0][0]}, {said[0]}. "
        "O sumă cu mai multe teme se numără la fiecare.",
        f"Most money: {named[0][0]}, {said[0]}. A sum with several topics counts for each of them.",
    )(lang)
    wide, narrow = bars(named, said), narrow_bars(named, said)
    return Chart(title, summary, svg(wide, title, summary), svg(narrow, title, summary), table)


def coverage_chart(actions: Sequence[Coverage], lang: str, title: str) -> Chart | None:
    """How well each action is covered: a disc where it has a thing, a cross where not."""
    if not actions:
        return None
    has, lacks = Said("are", "has")(lang), Said("lipsește", "missing")(lang)
    heads = [need(lang) for need in NEEDS.values()]
    covered_by = [[need not in one.missing for need in NEEDS] for one in actions]
    covered = Said("Acoperire", "Covered")(lang)
    table = Table(
        (Said("Acțiune", "Action")(lang), *heads, covered),
        tuple(
            (
                f"{one.code} {one.label}",
                *(has if mark else lacks for mark in row),
                f"{sum(row)}/{len(row)}",
            )
            for one, row in zip(actions, covered_by, strict=True)
        ),
    )
    full = sum(all(row) for row in covered_by)
    rarest = heads[min(range(len(heads)), key=lambda at: sum(row[at] for row in covered_by))]
    of = counted(ACTIONS, len(actions), lang)
    summary = Said(
        f"{full} din {of} au tot ce le trebuie; cel mai des lipsește: {rarest}. ● {has}, ✕ {lacks}",
        f"{full} of {of} have all they need; most often missing: {rarest}. ● {has}, ✕ {lacks}",
    )(lang)
    names = [f"{one.code} {one.label}" for one in actions]
    drawn = marks(names, heads, covered_by)
    narrow = narrow_marks([one.code for one in actions], names, heads, covered_by)
    return Chart(title, summary, svg(drawn, title, summary), svg(narrow, title, summary), table)


def speech_short(value: float, lang: str) -> str:
    """A sum in few letters: `3 mil.`, `500 mii`; `3M`, `500K` in English.

    Unicode's Romanian has „K” for thousands, which no clerk writes, and a sum just below a unit would
    round to a thousand of the smaller one.
    """
    value = next((1_000 * u for u in (1_000, 1_000_000) if round(value / u, 1) == 1_000), value)
    if lang == "ro" and 1_000 <= value < 1_000_000:
        thousands = round(value / 1_000, 1)
        return "1 mie" if thousands == 1 else f"{SPEECH[lang].number(thousands)} mii"
    return format_compact_decimal(value, fraction_digits=1, locale=SPEECH[lang].locale)


def _added(rows: Iterable[Mapping[int | None, float]]) -> dict[int | None, float]:
    total: dict[int | None, float] = defaultdict(float)
    for row in rows:
        for year, amount in row.items():
            total[year] += amount
    return dict(total)
