"""What only one thing can have, as keys to look it up by: an act's number, a platform's address.

A document seldom writes a thing's name as the register does: `HCL nr. 321 din 07.09.2021` is the
decision that a table lists by its title. A key is a short text that `ingest.names` makes from what
is held and a reader makes from what it read; equal keys mean the same thing.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from graph.catalogue.schema import sort_key

_SMALL = frozenset(
    re.findall(
        r"\S+",
        "a al ale de din despre in la pe pentru prin privind referitoare si sau cu nr proiect lege",
    )
)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")


def act_key(kind: str | None, number: str | None, date: str | None) -> str | None:
    """`act law 52/2003`; None where the kind, the number or the year is missing."""
    year = (date or "")[:4]
    if not (kind and number) or not ("/" in number or year):
        return None
    return f"act {kind} {number if '/' in number else f'{number}/{year}'}"


def bill_key(date: str | None, title: str | None) -> str | None:
    """`bill 2022-01-27 datel deschi`: a bill has no number yet, but a day and a matter."""
    words = [w for w in re.findall(r"[a-z]{3,}", sort_key(title or "")) if w not in _SMALL][:2]
    if len(date or "") != 10 or len(words) < 2:
        return None
    return f"bill {date} {' '.join(word[:5] for word in words)}"


def host_key(address: str | None) -> str | None:
    """`host example.ro`, of an address that is a whole site and no page of it."""
    parts = urlsplit(address or "")
    if not parts.hostname or parts.path.strip("/") or parts.query:
        return None
    return f"host {parts.hostname.removeprefix('www.')}"


def group_key(act: str | None) -> str | None:
    """`group by act/…`: the group that a decision set up."""
    return f"group by {act}" if act else None


def without_remark(name: str) -> str:
    """A name without what stands after it in brackets: `Strategia X (numită în plan)`."""
    return _BRACKET.sub("", name)


def strategy_key(city: str | None, name: str) -> str | None:
    """`strategy of iasi: strategia de smart city`: a strategy called by the beginning of its name."""
    words = [w for w in re.findall(r"\w{3,}", sort_key(name)) if w not in _SMALL]
    if not city or len(words) < 3:  # `Strategia culturală` alone begins too many names
        return None
    return f"strategy of {sort_key(city)}: {sort_key(name)}"


_GOES_ON = re.compile(r" (?:si|a|al|ale|pentru|pe|in|privind|20\d\d|[-–(])(?: |$)|[ ,:]*$")


def begins(name: str, label: str, city: str) -> bool:
    """Whether a held strategy's label (both folded) is the name and more, and tells the city."""
    if not label.startswith(name):
        return False
    rest = label[len(name) :]
    at_city = re.match(rf" {re.escape(city)}\b", rest) is not None
    return (at_city or _GOES_ON.match(rest) is not None) and re.search(
        rf"\b{re.escape(city)}\b", label
    ) is not None
