"""What questions about a whole plan ask of matching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from graph.catalogue.base import Catalogue
from graph.match.base import MatchResult, Subject
from graph.match.facts.world import World
from graph.match.subject.profile import Profile


class Matching(Protocol):
    """Whoever finds matches: the engine, as the plan and consortia see it."""

    @property
    def catalogue(self) -> Catalogue:
        """The data version."""

    @property
    def world(self) -> World:
        """The facts that features weigh."""

    def profile(self, subject: Subject) -> Profile:
        """Everything known of a subject."""

    def match(
        self,
        subject: Subject,
        want: Sequence[str],
        *,
        first: int = 10,
        include_ineligible: bool = False,
        as_of: date,
    ) -> MatchResult:
        """The best candidates of the wanted kinds, best first."""
