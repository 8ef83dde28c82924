"""Which form of an answer a client takes: compressed or plain; decided once, for all who compress."""

from __future__ import annotations

from collections.abc import Iterable

from viz.shelf import TAKES_GZIP, Header

_GZIP = (b"gzip", b"x-gzip")


def takes_gzip(accepted: bytes) -> bool:
    """Whether the value of Accept-Encoding lets gzip be sent (RFC 9110, 12.5.3): named, or `*`, and not with weight 0."""
    weights: dict[bytes, float] = {}
    for one in accepted.lower().split(b","):
        coding, *parameters = (part.strip() for part in one.split(b";"))
        weights[coding] = min((_weight(part) for part in parameters), default=1.0)
    named = [weights[coding] for coding in _GZIP if coding in weights]
    return max(named, default=weights.get(b"*", 0.0)) > 0


def _weight(parameter: bytes) -> float:
    name, _, value = parameter.partition(b"=")
    if name.strip() != b"q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0  # what cannot be read is taken as no wish to have it


def decided(headers: Iterable[Header]) -> tuple[bool, list[Header]]:
    """Whether the client takes gzip; and its headers, with `TAKES_GZIP` for Accept-Encoding or without it."""
    given = list(headers)
    wishes = TAKES_GZIP[0]
    held = [value for name, value in given if name == wishes]
    if not held:
        return False, given
    takes = takes_gzip(b",".join(held))
    rest = [one for one in given if one[0] != wishes]
    return takes, [*rest, TAKES_GZIP] if takes else rest
