"""What people decided about identity, and what follows from it; nothing that they keep apart is joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from ingest.identity.contradictions import Contradiction, between_ends, grouped
from ingest.identity.decision import Decision, Pair, pair_of
from ingest.identity.folding import fold, repaired

Joined = Callable[[str], Iterable[str]]
"""By an id (or `name:…` key), the ids that the program itself joined it with."""


def name_key(name: str) -> str:
    """The id of a body that has no id, only a name: `name:asociatia x`."""
    return f"name:{' '.join(fold(repaired(name)).split())}"


class Decisions:
    """Every decision in the order given; the last answer about a pair holds.

    Answers that contradict each other (A same B, B same C, A different C) are not acted on until one
    of them is taken back: whatever is called different stays apart. `joined` says what the program
    itself joined; a person's `different` stands above that.
    """

    def __init__(self, rows: Iterable[Decision] = (), joined: Joined = lambda _: ()) -> None:
        self.rows = tuple(rows)
        self._joined = joined
        self._last: dict[Pair, Decision] = {}
        self._about: defaultdict[str, set[Pair]] = defaultdict(set)
        for row in self.rows:
            if row.answer or row.pair not in self._last:
                self._last[row.pair] = row
            for id_ in row.pair:
                self._about[id_].add(row.pair)

    def named(self, name_of: Callable[[str], str | None], joined: Joined) -> Decisions:
        """The same decisions with other ids of things (`scheme:value`) put as `name_of` knows them."""

        def known(id_: str) -> str:
            return id_ if "/" in id_ or id_.startswith("name:") else name_of(id_) or id_

        rows = (replace(row, left=known(row.left), right=known(row.right)) for row in self.rows)
        return Decisions((row for row in rows if row.left != row.right), joined)

    def between(self, one: str, other: str) -> Decision | None:
        """The decision in force about two ids.

        None where none was made, it was taken back, or it joins what other answers keep apart.
        """
        pair = pair_of(one, other)
        row = self._last.get(pair)
        if row is None or row.answer not in ("same", "different") or pair in self._suspended:
            return None
        return row

    def about(self, *ids: str) -> dict[str, Decision]:
        """Every decided other id of any of the ids, with the decision that says so.

        What is the same as a same one is the same; what is the same as (or was joined with) a
        different one is different.
        """
        mine = self._group(ids)
        found: dict[str, Decision] = {}
        for id_ in sorted(mine):
            for pair in sorted(self._about.get(id_, ())):
                decision = self.between(*pair)
                other = pair[1] if pair[0] == id_ else pair[0]
                if decision is None or other in ids:
                    continue
                if decision.answer == "same":
                    found.setdefault(other, decision)
                    continue
                for apart in sorted(self._reach(other) - mine):
                    found[apart] = decision
        return found

    def kept(self) -> dict[str, str]:
        """By every id called the same as another, the one that stays: the left of the last answer."""
        stays: dict[str, str] = {}

        def root(id_: str) -> str:
            while (above := stays.get(id_, id_)) != id_:
                id_ = above
            return id_

        for row in self.rows:
            held = self.between(row.left, row.right)
            if held is not None and held.answer == "same":
                left, right = root(row.left), root(row.right)
                if left != right:
                    stays[right] = left
        return {id_: root(id_) for id_ in stays}

    def contradictions(self) -> list[Contradiction]:
        """Each pair called different although other answers make them the same, with those answers."""
        return [
            Contradiction(row, tuple(self._last[pair] for pair in sorted(chain)))
            for row, chain in self._chains
        ]

    def parted(self) -> set[Pair]:
        """What the program joined and a person's `different` takes apart."""
        apart: set[Pair] = set()
        for row in self._different():
            for left in self._bearers(row.left):
                for right in self._bearers(row.right):
                    apart |= self._weak_between(left, right, apart)
        return apart

    def questions(self) -> list[Decision]:
        """The rows that wait for an answer."""
        return [row for row in self._last.values() if row.answer in ("", "open")]

    def _different(self) -> Iterator[Decision]:
        return (row for _, row in sorted(self._last.items()) if row.answer == "different")

    @cached_property
    def _chains(self) -> list[tuple[Decision, set[Pair]]]:
        """The answers `same` that stand on a way between two ids called different."""
        same = [pair for pair, row in self._last.items() if row.answer == "same"]
        group = grouped(same)
        doubtful = [
            row
            for row in self._different()
            if row.left in group and group[row.left] == group.get(row.right)
        ]
        return [(row, between_ends(same, *row.pair)) for row in doubtful]

    @cached_property
    def _suspended(self) -> frozenset[Pair]:
        return frozenset(pair for _, chain in self._chains for pair in chain)

    def _group(self, ids: Iterable[str]) -> set[str]:
        """The ids and all that answers in force make the same as them."""
        return self._walk(ids, lambda _: ())

    def _reach(self, id_: str) -> set[str]:
        """The group of an id, with what the program joined."""
        return self._walk(self._bearers(id_), self._joined) | {id_}

    def _walk(self, ids: Iterable[str], further: Joined) -> set[str]:
        reached, queue = set(ids), list(ids)
        while queue:
            one = queue.pop()
            news = set(further(one))
            for pair in self._about.get(one, ()):
                decision = self.between(*pair)
                if decision is not None and decision.answer == "same":
                    news.update(pair)
            queue.extend(news - reached)
            reached |= news
        return reached

    def _bearers(self, id_: str) -> list[str]:
        """An id itself; for the key of a name, also those joined under that name."""
        return [id_, *self._joined(id_)] if id_.startswith("name:") else [id_]

    def _weak_between(self, left: str, right: str, apart: set[Pair]) -> set[Pair]:
        reached = self._walk([left], self._joined)
        if right not in reached:
            return set()
        edges = [
            pair
            for pair, row in self._last.items()
            if self.between(*pair) is row and row.answer == "same"
        ]
        weak = {pair_of(one, other) for one in reached for other in self._joined(one)} - apart
        return between_ends([*edges, *weak], left, right) & weak
