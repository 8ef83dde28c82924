"""The matcher over the bundled city, and calls made up for the rules alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from api.wiring import Installation
from graph.catalogue.base import Record
from graph.match.base import Match, MatchResult, Subject
from graph.match.engine import Matcher

DAY = date(2026, 11, 25)
"""The day on which the tests ask, unless they say otherwise."""

Ask = Callable[..., MatchResult]


@pytest.fixture(scope="session")
def matcher(installation: Installation) -> Matcher:
    return installation.snapshot.matcher


@pytest.fixture(scope="session")
def ask(matcher: Matcher) -> Ask:
    """Asks for candidates of a code, an id or an idea."""

    def asked(
        given: str | Subject, *want: str, day: date = DAY, first: int = 10, **more: Any
    ) -> MatchResult:
        subject = given if isinstance(given, Subject) else understood(matcher, given)
        return matcher.match(subject, want, first=first, as_of=day, **more)

    return asked


def understood(matcher: Matcher, given: str) -> Subject:
    """A subject by its code or id; a text with spaces is an idea."""
    return matcher.subject(text=given) if " " in given else matcher.subject(any=given)


@pytest.fixture(scope="session")
def explained(matcher: Matcher) -> Callable[..., Match]:
    """One pair in full."""

    def told(given: str, candidate: str, day: date = DAY, **more: Any) -> Match:
        return matcher.explain(understood(matcher, given), candidate, as_of=day, **more)

    return told


@pytest.fixture(scope="session")
def made_up_call() -> Callable[..., Record]:
    """A synthetic call with the values given."""

    def made(rules: Sequence[dict[str, Any]] = (), **values: Any) -> Record:
        return Record("call/made-up", "Call", "CALL", {**values, "rules": list(rules)}, None)

    return made


@pytest.fixture(scope="session")
def made_up_applicant() -> Callable[..., Record]:
    """A synthetic organisation with the values given; `also` are other codes stated of a field."""

    def made(also: Mapping[str, Sequence[str]] | None = None, **values: Any) -> Record:
        return Record("org/made-up", "Organisation", "ORGANISATION", values, None, also or {})

    return made
