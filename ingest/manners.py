"""How we behave towards servers: who we say we are, how long we wait, when we give up."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from tenacity import RetryCallState

Progress = Callable[[str, int, int | None], None]
"""Told the address, the bytes that came so far, and how many are expected (None: unknown)."""


@dataclass(frozen=True)
class Policy:
    """How we behave towards servers.

    `agent` is the User-Agent: who we are and where to write. `delay` seconds lie between two
    requests to one host. `hosts` are other hosts that a redirect may lead to. `private` allows
    addresses inside the own network: right for declared sources, wrong for links that others wrote.
    """

    agent: str
    delay: float = 1.0
    timeout: float = 30.0
    deadline: float = 600.0
    attempts: int = 4
    longest_wait: float = 120.0
    max_bytes: int = 256 << 20
    hosts: frozenset[str] = frozenset()
    private: bool = True


class Again(Exception):
    """The request may be made again; `wait` is what the server asked for, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


def pause(state: RetryCallState, longest: float) -> float:
    """What the server asks for, else 1, 2, 4 … seconds and up to half as much again."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Again) and error.wait is not None:
        return error.wait
    base = float(2 ** (state.attempt_number - 1))
    return min(base * (1 + random.random() / 2), longest)  # noqa: S311 - no secret hangs on it


def retry_after(text: str | None) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date."""
    if not text:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
