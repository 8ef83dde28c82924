"""What one request may cost: things fetched, values answered, time. Beyond it the request ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from ontology.errors import RefusedError, Said

MAX_THINGS = 100_000
"""Things that one query may fetch in all."""

MAX_VALUES = 1_000_000
"""Values that one answer may hold, aliases counted."""

MAX_SECONDS = 15.0
"""Processor time of one query: what it costs, however busy the machine is with others."""

MAX_WAIT = 60.0
"""Seconds by the clock after which a query ends, whatever it waited for."""

_SMALLER = Said(
    "Cereți pagini mai mici cu first, sau folosiți /export.",
    "Ask for smaller pages with first, or use /export.",
)


class TooWideError(RefusedError):
    """A query that fetches or answers more than one query may."""

    code = "QUERY_TOO_WIDE"


class TooSlowError(RefusedError):
    """A query that runs longer than one query may."""

    code = "QUERY_TIMEOUT"


class Spent(BaseException):
    """Ends a whole request; `error` says why."""

    def __init__(self, error: RefusedError) -> None:
        super().__init__(error)
        self.error = error


@dataclass
class Budget:
    """What is left of one request."""

    began: float = field(default_factory=time.monotonic)
    worked: float = field(default_factory=time.thread_time)
    """Processor time of this thread at the start; a request runs in one thread."""
    things: int = MAX_THINGS
    values: int = MAX_VALUES

    def again(self) -> Budget:
        """The same request from its start, within the time that is left of it."""
        return replace(self, things=MAX_THINGS, values=MAX_VALUES)

    def fetch(self, things: int) -> None:
        """Counts things that are fetched. Raises Spent."""
        self.things -= things
        if self.things < 0:
            raise Spent(_too_wide(f"aduce peste {MAX_THINGS} de lucruri",
                                  f"fetches more than {MAX_THINGS} things"))  # fmt: skip
        self._on_time()

    def answer(self, values: int) -> None:
        """Counts values that are answered. Raises Spent."""
        self.values -= values
        if self.values < 0:
            raise Spent(_too_wide(f"cere peste {MAX_VALUES} de valori",
                                  f"asks for more than {MAX_VALUES} values"))  # fmt: skip
        self._on_time()

    def _on_time(self) -> None:
        lasted = time.monotonic() - self.began
        if lasted <= MAX_SECONDS:  # a thread never works longer than the clock runs
            return
        if lasted > MAX_WAIT or time.thread_time() - self.worked > MAX_SECONDS:
            raise Spent(
                TooSlowError(
                    Said(
                        f"cererea a lucrat peste {MAX_SECONDS:g} secunde, "
                        f"sau a durat în total peste {MAX_WAIT:g} de secunde",
                        f"the query worked longer than {MAX_SECONDS:g} seconds, "
                        f"or took longer than {MAX_WAIT:g} seconds in all",
                    ),
                    Said(
                        "Cereți mai puține câmpuri sau pagini mai mici.",
                        "Ask for fewer fields or smaller pages.",
                    ),
                )
            )


def _too_wide(ro: str, en: str) -> TooWideError:
    return TooWideError(Said(f"cererea {ro}", f"the query {en}"), _SMALLER)
