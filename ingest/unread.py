"""Fields that a publisher sent and no one here reads: told at the end of a run, never dropped unsaid.

A connector knows what its published format has: each of those fields is used, or left out on
purpose. Anything else is a sign that the format has grown, or that the publisher says more.
"""

from __future__ import annotations

from collections.abc import Iterable

from ontology.errors import InputError, Said

_MOST = 40
"""How many names are told; a publisher's own words may be without end."""


class Unread:
    """The unread fields of one run, each once, by where they stand."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._left = 0

    def see(self, place: str, fields: Iterable[str], known: frozenset[str]) -> None:
        """Remembers the fields that are none of the known ones."""
        for field in fields:
            name = f"{place}.{field}"[:80]
            if field in known or name in self._names:
                continue
            if len(self._names) < _MOST:
                self._names[name] = None
            else:
                self._left += 1

    def told(self, where: str) -> InputError | None:
        """One sentence about all of them; None when everything was known."""
        if not self._names:
            return None
        names = ", ".join(sorted(self._names)) + (" …" if self._left else "")
        return InputError(
            Said(f"câmpuri pe care nu le citește nimeni: {names}", f"fields nobody reads: {names}"),
            Said(
                "Datele au intrat fără ele; dacă sunt de folos, cereți să fie citite.",
                "The data came in without them; if they are of use, ask for them to be read.",
            ),
            where,
        )
