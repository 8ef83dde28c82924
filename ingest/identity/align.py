"""Which words of two names answer to each other: equal, inflected, joined, initials, typos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from ingest.identity.lexicon import Role
from ingest.identity.names import Name
from ingest.identity.rarity import Stats
from ingest.identity.words import Word


@dataclass(frozen=True)
class Match:
    """Words of one name that answer to words of the other, with a quality from 0 to 1."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    quality: float
    how: str  # equal, inflected, joined, initials, initial, typo


@dataclass(frozen=True)
class Alignment:
    """All matches between two names, and the words left over on each side."""

    matches: tuple[Match, ...]
    left: tuple[Word, ...]
    right: tuple[Word, ...]


class _Pairing:
    """Words are taken out of two lists as matches are found, the surest kind first."""

    def __init__(self, left: Name, right: Name) -> None:
        self.names = (left, right)
        self.free = ([True] * len(left.words), [True] * len(right.words))
        self.matches: list[Match] = []

    def take(self, left: Sequence[int], right: Sequence[int], quality: float, how: str) -> None:
        for side, taken in ((0, left), (1, right)):
            for i in taken:
                self.free[side][i] = False
        self.matches.append(
            Match(
                tuple(self.names[0].words[i] for i in left),
                tuple(self.names[1].words[i] for i in right),
                quality,
                how,
            )
        )

    def open(self, side: int) -> list[int]:
        return [i for i, free in enumerate(self.free[side]) if free]

    def rest(self, side: int) -> tuple[Word, ...]:
        return tuple(self.names[side].words[i] for i in self.open(side))


def align(left: Name, right: Name, stats: Stats) -> Alignment:
    """The alignment of two names; the same with sides exchanged."""
    pairing = _Pairing(left, right)
    _equal(pairing)
    if any(pairing.free[0]) and any(pairing.free[1]):
        for side in (0, 1):
            _joined(pairing, side)
            _initials(pairing, side)
        _typos(pairing, stats)
    return Alignment(tuple(pairing.matches), pairing.rest(0), pairing.rest(1))


def _equal(pairing: _Pairing) -> None:
    left, right = (name.words for name in pairing.names)
    shared = {word.key for word in left} & {word.key for word in right}
    for same_text in (True, False):
        for i in pairing.open(0):
            one = left[i]
            if one.key not in shared:
                continue
            for j in pairing.open(1):
                other = right[j]
                if one.key == other.key and (one.text == other.text or not same_text):
                    inflected = one.text != other.text and one.role is Role.OWN
                    pairing.take(
                        [i], [j], 0.95 if inflected else 1.0, "inflected" if inflected else "equal"
                    )
                    break


def _flip(
    side: int, one: Sequence[int], other: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    return (one, other) if side == 0 else (other, one)


def _joined(pairing: _Pairing, side: int) -> None:
    """`Eco Stuff` and `EcoStuff`: words that stand together on one side and apart on the other."""
    words, others = pairing.names[side].words, pairing.names[1 - side].words
    for j in pairing.open(1 - side):
        if others[j].role is Role.LINK:
            continue
        for i in pairing.open(side):
            for size in (2, 3):
                run = range(i, i + size)
                if (
                    run.stop <= len(words)
                    and all(pairing.free[side][k] for k in run)
                    and "".join(words[k].text for k in run) == others[j].text.replace(" ", "")
                ):
                    pairing.take(*_flip(side, list(run), [j]), 0.97, "joined")
                    break
            if not pairing.free[1 - side][j]:
                break


def _initials(pairing: _Pairing, side: int) -> None:
    """`FJT` and `Fundația Județeană pentru Tineret`; `D.` and `Dositei`."""
    words, others = pairing.names[side].words, pairing.names[1 - side].words
    for i in pairing.open(side):
        word = words[i]
        if word.role is not Role.OWN:
            continue
        if word.initial:
            for j in pairing.open(1 - side):
                if others[j].role is Role.OWN and others[j].text.startswith(word.text):
                    pairing.take(*_flip(side, [i], [j]), 0.9, "initial")
                    break
        elif 2 <= len(word.text) <= 8 and (
            run := _spelling(word.text, others, pairing.free[1 - side])
        ):
            pairing.take(*_flip(side, [i], run), 0.9, "initials")


def _spelling(short: str, words: Sequence[Word], free: Sequence[bool]) -> list[int] | None:
    """Consecutive free words whose first letters spell `short`; link words may be left out.

    DASMT has the M of `a Municipiului`, a long link word, and no D of `de`.
    """
    every = [(i, part[0]) for i, word in enumerate(words) for part in word.text.split()]
    long = [(i, c) for i, c in every if words[i].role is not Role.LINK or len(words[i].text) > 4]
    letters = [(i, c) for i, c in long if words[i].role is not Role.LINK]
    for found in (letters, long, every):
        spelled = "".join(letter for _, letter in found)
        at = spelled.find(short)
        while at >= 0:
            run = sorted({i for i, _ in found[at : at + len(short)]})
            ends_well = bool(run) and words[run[-1]].role is not Role.LINK
            if (
                len(run) >= 2
                and ends_well
                and all(free[i] or words[i].role is Role.PLACE for i in run)
            ):
                return run  # the place of CJT Timiș stands in both
            at = spelled.find(short, at + 1)
    return None


def _typos(pairing: _Pairing, stats: Stats) -> None:
    left, right = (name.words for name in pairing.names)
    found = []
    for i in pairing.open(0):
        for j in pairing.open(1):
            quality = _closeness(left[i], right[j], stats)
            if quality > 0:
                found.append((-quality, left[i].text, right[j].text, i, j))
    for negative, _, _, i, j in sorted(found):
        if pairing.free[0][i] and pairing.free[1][j]:
            pairing.take([i], [j], -negative, "typo")


_WRITTEN = (Role.OWN, Role.COMMON, Role.HEAD)


def _closeness(one: Word, other: Word, stats: Stats) -> float:
    """0.9 for one slip of the pen in five letters (0.75 in four), 0.85 for two in nine, else 0.

    Short words must begin alike: a slip seldom hits the first letter (ARIES is not CRIES).
    """
    if (
        one.role not in _WRITTEN
        or other.role not in _WRITTEN
        or Role.OWN not in (one.role, other.role)
    ):
        return 0.0
    size = min(len(one.text), len(other.text))
    if size < 4:
        return 0.0
    begins_alike = one.text[0] in other.text[:2] and other.text[0] in one.text[:2]
    if size < 8 and not begins_alike:
        return 0.0
    slips = OSA.distance(one.text, other.text, score_cutoff=2)
    if slips > (1 if size < 9 else 2):
        return 0.0
    if stats.knows(one) and stats.knows(other):
        return 0.0  # two words that parties really have are two words
    return 0.85 if slips > 1 else 0.9 if size >= 5 else 0.75
