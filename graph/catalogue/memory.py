"""What was read lately, kept in bounded memory: a data version never changes, so nothing grows stale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_NOTHING = type(None)


class Memory(Generic[K, V]):
    """Keeps at least the last `size` things asked for, at most twice as many.

    Things that differ much in size are counted by what `weigh` says of each, else each counts one.
    Two halves: the newer one fills, then takes the place of the older one, whose things are dropped
    unless they were asked for meanwhile. That needs no lock and no order, so that a look-up costs as
    little as one in a dict; two threads at once can at worst drop a half too early.
    """

    def __init__(self, size: int, weigh: Callable[[V], int] = lambda _: 1) -> None:
        self.size = size
        self._weigh = weigh
        self._held = 0
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """What is kept under a key; None when nothing is."""
        found = self._new.get(key)
        if found is None and (found := self._old.get(key)) is not None:
            self.put(key, found)
        return found

    def get_all(self, keys: Sequence[K]) -> list[V | None]:
        """What is kept under each of some keys."""
        found = list(map(self._new.get, keys))
        if _NOTHING in set(map(type, found)):
            found = [
                self.get(key) if one is None else one for key, one in zip(keys, found, strict=True)
            ]
        return found

    def put(self, key: K, value: V) -> V:
        """Keeps a value, and gives it back."""
        if self._held >= self.size:
            self._old, self._new, self._held = self._new, {}, 0
        self._new[key] = value
        self._held += self._weigh(value)
        return value
