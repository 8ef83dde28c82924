"""Finds the strategies, funding programmes and platforms a plan names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.plan.funds import FUNDS
from ingest.plan.line_ends import STRONG_BULLETS, WEAK_BULLETS
from ingest.plan.records import PlanNamed
from ingest.plan.text import Span, Text, fold, word_set

Passages = Iterable[tuple[Span, ...]]

_STOP = word_set(
    "cu care ce prin la pe din este sunt va are conform dar iar in se sa ca finantat finantate "
    "finantata aprobat aprobata adoptata precum inclusiv si sau privitoare"
)
_PREPOSITIONS = word_set("de pentru privind a al ai ale si in la domeniul")


_FUND = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(re.escape(k) for k in sorted(FUNDS, key=len, reverse=True))
    + r")(?![\w-])"
)
_PROGRAMME = re.compile(r"(?<!\w)(?:sub)?programul(?:ui)? (?=\w)")
_CALLS = re.compile(
    r"(?<!\w)apel(?:uri|urile|urilor|ul)\b[^.;()\n\t]{0,140}?\b(?:finantat|lansat|gestionat|derulat|organizat|oferit)\w* (?:prin|de|din|de catre) (?=\w)"
    r"|(?<!\w)apel(?:uri|urile|urilor|ul)(?: de (?:proiecte|finantare))?(?: deschise?)? (?:ale|al) (?=\w)"
)
_PLANS = re.compile(
    r"(?<!\w)(?:planuri(?:le)?|programe(?:le)?|linii(?:le)?|instrumente(?:le)?|scheme(?:le)?) de finantare(?: nerambursabila)?(?= )"
)
_FUNDS = re.compile(
    r"(?<!\w)fonduri(?:le)? (?:europene|structurale|nerambursabile|norvegiene|guvernamentale)(?: [a-z]+e)?"
)
_NAMED_FUND = re.compile(r"(?<!\w)(?:fondul(?:ui)?|granturile|mecanismul) (?=\w)")
_EXTERNAL = re.compile(
    r"(?<!\w)(?:programe|finantari|fonduri|granturi)\b[^()]{0,160}\((?:de )?(?:ex\.?|exemplu|precum|cum ar fi):? ?(?P<list>[^()]{2,200})\)?"
)


_STRATEGY = re.compile(r"(?<!\w)(?P<o>o )?strategi(?P<e>a|ei|e)(?= \w)")
_WRITTEN = re.compile(
    r"\b(?:elaborare\w*|crearea?|realizarea?|redactarea?|adoptarea?)(?: si \w+)? ?(?:a |unei )?$"
)
"""What leads up to a strategy that is still to be written."""


def find_strategies(text: Text, passages: Passages) -> list[PlanNamed]:
    """Every strategy named, each once; `promised` where an action or target is to write it."""
    found: dict[str, PlanNamed] = {}
    for part in (text.joined(*passage) for passage in passages):
        for match in _STRATEGY.finditer(part.fold):
            if match["e"] == "e" and not match["o"]:
                continue
            end = _phrase_end(part, match.end(), len(part.clean), 8)
            rest = part.words((match.end(), end))
            if not rest:
                continue
            new = (
                bool(match["o"])
                or _WRITTEN.search(part.fold, max(0, match.start() - 60), match.start()) is not None
            )
            made = PlanNamed(
                name=f"Strategia {rest}",
                status="promised" if new else "existing",
                evidence=part.passage((match.start(), end)),
            )
            key = " ".join(fold(rest).split())
            known = found.setdefault(key, made)
            if new and known.status != "promised":
                found[key] = replace(known, status="promised")
    return list(found.values())


def _phrase_end(text: Text, at: int, limit: int, most: int) -> int:
    """Where a name that begins at `at` ends: at a mark, a verb's preposition, or after `most` words."""
    end = at
    for count, word in enumerate(re.compile(r"\S+").finditer(text.fold, at, limit)):
        between = text.clean[end : word.start()]
        bare = word[0].rstrip('.,;:()"')
        if count >= most or "\n" in between or "\t" in between or "\f" in between:
            break
        joins = bare == "si" and _capital_after(text, word.end(), limit)
        domain = bare == "in" and text.fold.startswith("in domeniul", word.start())
        if bare in _STOP and not joins and not domain:
            break
        if not bare or re.fullmatch(
            rf"\d{{1,2}}[.)]?|[/({STRONG_BULLETS}{WEAK_BULLETS}].*", word[0]
        ):
            break
        end = word.start() + len(bare)
        if len(bare) < len(word[0]):
            break
    words = text.fold[at:end].split()
    while words and words[-1] in _PREPOSITIONS:
        end = at + text.fold[at:end].rstrip().rfind(words.pop())
    return text.trim((at, end))[1] if end > at else at


def _capital_after(text: Text, at: int, limit: int) -> bool:
    word = re.compile(r"\S+").search(text.clean, at, limit)
    return word is not None and word[0][0].isupper()


def find_programmes(text: Text, passages: Passages) -> list[PlanNamed]:
    """Every fund and programme named, each once, in order."""
    found: dict[str, PlanNamed] = {}
    for part in (text.joined(*passage) for passage in passages):
        for place in sorted(set(_programme_spans(part, (0, len(part.clean))))):
            name = part.words(place)
            key, full = _fund_key(name)
            found.setdefault(key, PlanNamed(name=name, title=full, evidence=part.passage(place)))
    return list(found.values())


def _fund_key(name: str) -> tuple[str, str | None]:
    folded = fold(name)
    short = re.search(r"\(([\w+ -]{2,20})\)", folded)
    for one in (short[1] if short else "", re.sub(r"^(?:sub)?programul(?:ui)? ", "", folded)):
        if one in FUNDS:
            return one, FUNDS[one]
    for key, full in FUNDS.items():
        if fold(full) == folded:
            return key, full
    return short[1] if short else folded, None


def _programme_spans(text: Text, span: Span) -> Iterator[Span]:
    taken: list[Span] = []
    for place in _worded(text, span):
        if place[1] > place[0] and not _inside(place, taken):
            taken.append(place)
            yield place
    for match in _FUND.finditer(text.fold, *span):
        if not _inside(match.span(), taken) and text.clean[match.start()].isupper():
            taken.append(match.span())
            yield match.span()
    for match in _EXTERNAL.finditer(text.fold, *span):
        start = match.start("list")
        for piece in re.finditer(r"[^,;]+", match["list"]):
            etc = re.search(r"\s*(?:etc\.?|s\.a\.?|\.\.\.|…)\s*$", piece[0])
            place = text.trim(
                (
                    start + piece.start(),
                    start + (piece.start() + etc.start() if etc else piece.end()),
                )
            )
            if (
                place[1] - place[0] > 1
                and text.clean[place[0]].isupper()
                and not _inside(place, taken)
            ):
                taken.append(place)
                yield place


def _worded(text: Text, span: Span) -> Iterator[Span]:
    for match in _CALLS.finditer(text.fold, *span):
        if text.clean[match.end()].isupper():
            yield match.start(), _name_end(text, match.end(), span[1])
    for pattern in (_PROGRAMME, _NAMED_FUND):
        for match in pattern.finditer(text.fold, *span):
            if text.clean[match.end()].isupper():
                yield (
                    match.start(),
                    _with_short(text, _name_end(text, match.end(), span[1]), span[1]),
                )
    for match in re.compile(r"(?<!\w)plan(?:ul|ului) national de redresare si rezilienta").finditer(
        text.fold, *span
    ):
        yield match.start(), _with_short(text, match.end(), span[1])
    for match in _PLANS.finditer(text.fold, *span):
        end = re.compile(
            r"(?: (?:de la nivelul|ale|din|ue|europene|uniunii|ale uniunii)\b| ue\b| europene\b){0,3}"
        ).match(text.fold, match.end(), span[1])
        stop = end.end() if end else match.end()
        yield text.trim(
            (match.start(), _name_end(text, stop, span[1]) if end and end[0] else match.end())
        )
    for match in _FUNDS.finditer(text.fold, *span):
        yield match.span()


def _name_end(text: Text, at: int, limit: int) -> int:
    """Where a proper name ends: at the first word that neither has a capital nor joins two that do."""
    end = at
    for word in re.compile(r"\S+").finditer(text.clean, at, limit):
        between = text.clean[end : word.start()]
        if "\n" in between or "\t" in between or word[0][0] in f"({STRONG_BULLETS}{WEAK_BULLETS}":
            break
        bare = word[0].rstrip('.,;:()"”')
        if not bare:
            break
        if bare[0].isupper() or (bare[0].isdigit() and len(bare) >= 4) or bare[0] in '"„“':
            end = word.start() + len(bare)
            if len(bare) < len(word[0]):
                break
        elif fold(bare) not in _PREPOSITIONS:
            break
    return end


def _with_short(text: Text, at: int, limit: int) -> int:
    short = re.compile(r"\s?\([A-ZĂÂÎȘȚ][\w+ -]{1,20}\)").match(text.clean, at, limit)
    return short.end() if short else at


def _inside(place: Span, taken: Sequence[Span]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in taken)
