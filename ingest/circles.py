"""Chains of parents that come back to where they began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ontology.errors import RowError, Said

LONGEST = 6
"""How many links of a circle a message shows."""


def chains(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Every circle once, as the keys on it. Each key has at most one above it."""
    done: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key not in done and key not in path:
            path[key] = len(path)
            key = above.get(key)
        if key is not None and key in path:
            yield list(path)[path[key] :]
        done.update(path)


def refusal(key: str, chain: list[str], column: str) -> RowError:
    """What to say of one thing on a circle; its key may begin with a scheme."""
    at = chain.index(key)
    turned = [one.rpartition(":")[2] for one in (*chain[at:], *chain[:at], key)]
    shown = " → ".join(turned if len(turned) <= LONGEST else [*turned[:LONGEST], "…"])
    return RowError(
        Said(f"stă sub el însuși: {shown}", f"it stands under itself: {shown}"),
        Said(
            f"Corectați „{column}” la unul dintre aceste rânduri.",
            f"Correct '{column}' in one of these rows.",
        ),
        column=column,
        value=turned[1],
    )
