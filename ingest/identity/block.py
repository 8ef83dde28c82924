"""Finds the few parties worth comparing among very many, by words, initials, near spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from ingest.identity.compare import Judgement, compare
from ingest.identity.held import Parties
from ingest.identity.lexicon import Role
from ingest.identity.names import Name
from ingest.identity.party import Party
from ingest.identity.postings import Postings
from ingest.identity.rarity import Stats

COMPARED = 16
"""How many candidates of one party are compared in full."""
BUDGET = 1500
"""How many entries of the index are read for one party, the rarest words first."""
FAINT = 0.06
"""Candidates that share less than this part of what the likeliest shares are not compared."""

_ASIDE_ROLES = (Role.FORM, Role.LINK, Role.PLACE, Role.BRANCH)


def _initials(name: Name) -> Iterator[str]:
    """What could be written for the name: first letters of its first three words or more."""
    for skipped in ((Role.LINK,), (Role.LINK, Role.FORM), (Role.LINK, Role.PLACE), ()):
        letters = "".join(
            part[0] for word in name.words if word.role not in skipped for part in word.text.split()
        )
        for size in range(3, min(len(letters), 8) + 1):
            yield letters[:size]
    long = [w.text[0] for w in name.words if w.role is not Role.LINK or len(w.text) > 4]
    if 3 <= len(long) <= 8:
        yield "".join(long)


def _near(word: str) -> Iterator[str]:
    """Keys that a word shares with its misspellings: one letter left out, a half of a long word."""
    if 4 <= len(word) <= 40:
        yield f"~{word}"
        for i in range(len(word)):
            yield f"~{word[:i]}{word[i + 1 :]}"
    if len(word) >= 9:
        yield f"<{word[:5]}"
        yield f">{word[-5:]}"


def keys_of(party: Party) -> dict[str, float]:
    """Every key under which a party stands in the index, with what sharing it is worth."""
    keys: dict[str, float] = {}

    def add(key: str, worth: float) -> None:
        keys[key] = max(worth, keys.get(key, 0.0))

    if party.cui:
        add(f"cui:{party.cui}", 100.0)
    if party.host:
        add(f"host:{party.host}", 3.0)
    for name in party.parsed:
        content = [word for word in name.words if word.role not in _ASIDE_ROLES]
        add("=" + " ".join(name.key), 10.0)
        add(f"+{name.compact}", 4.0)
        add("+" + "".join(word.text for word in content), 4.0)
        add("+" + "".join(w.text for w in name.words if w.role not in (Role.FORM, Role.PLACE)), 4.0)
        for first, second in pairwise(content):
            add(f"+{first.text}{second.text}", 1.5)
        for word in name.words:
            if word.role is Role.OWN:
                add(word.key, 1.0)
                add(f"+{word.text}", 1.5)
                for near in _near(word.text):
                    add(near, 0.6)
                if 3 <= len(word.text) <= 8:
                    add(f"@{word.text}", 1.0)
            elif word.role is not Role.LINK:
                add(word.key, 0.2 if word.role in (Role.FORM, Role.PLACE) else 0.5)
        for letters in (*_initials(name), *name.aside):
            add(f"@{letters}", 1.0)
    return keys


class Index:
    """Held parties, ready to be searched by others; `add` grows it.

    On disk but for what was asked for last, so that they may be very many. Its files lie in
    `folder` (that of the system for temporary files when left out) and go with the process.
    """

    def __init__(self, parties: Iterable[Party] = (), folder: Path | None = None) -> None:
        self._parties = Parties(folder)
        self._postings = Postings(folder)
        self.compared = 0
        for party in parties:
            self.add(party)

    def __len__(self) -> int:
        return len(self._parties)

    @property
    def parties(self) -> Mapping[str, Party]:
        """The held parties by id."""
        return self._parties

    @property
    def stats(self) -> Stats:
        """How many of the held parties have each word."""
        return Stats(len(self._parties), self._parties.words)

    def add(self, party: Party) -> None:
        """Adds a party; one with a held id is ignored."""
        number = self._parties.add(party)
        if number is None:
            return
        self._parties.words.count(
            {word.key for name in party.parsed for word in name.words} | party.cities
        )
        self._postings.add(keys_of(party), number)

    def gather(self, party: Party) -> list[str]:
        """The ids worth comparing, the likeliest first."""
        keys = keys_of(party)
        under = self._postings.find(list(keys))
        found = sorted(
            (len(one), key, at)
            for at, (key, one) in enumerate(zip(keys, under, strict=True))
            if one
        )
        scores: dict[int, float] = {}
        left = BUDGET
        for size, key, at in found:
            if size > left and scores:
                break
            worth = keys[key] / (1 + size) ** 0.5
            for number in under[at].first(left):
                scores[number] = scores.get(number, 0.0) + worth
            left -= size
        own = self._parties.number(party.id)
        if own is not None:
            scores.pop(own, None)
        if not scores:
            return []
        best = sorted(scores.values(), reverse=True)[:COMPARED]
        least = max(best[0] * FAINT, best[-1])
        likely = {number: score for number, score in scores.items() if score >= least}
        ids = self._parties.ids(likely)
        ranked = sorted((-score, ids[number]) for number, score in likely.items())
        return [id_ for _, id_ in ranked[:COMPARED]]

    def candidates(self, party: Party, first: int = 5) -> list[Judgement]:
        """The held parties that may be `party`, the best first; none that is surely another.

        A party never is its own candidate. Ties go by id.
        """
        stats = self.stats
        gathered = self.gather(party)
        self.compared += len(gathered)
        judged = [compare(party, self._parties[id_], stats) for id_ in gathered]
        likely = [one for one in judged if one.outcome != "none"]
        likely.sort(key=lambda one: (-one.score, not one.exact, one.right))
        return likely[:first]

    def close(self) -> None:
        """Forgets everything."""
        self._parties.close()
