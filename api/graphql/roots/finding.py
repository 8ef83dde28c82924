"""Search and matching."""

from __future__ import annotations

from typing import Annotated, Optional

import strawberry
from strawberry.types import Info

from api.graphql import answers
from api.graphql.found import SearchResult, search_of
from api.graphql.inputs import ResourceFilter, WeightInput, canonical, to_filter
from api.graphql.nodes import checked
from api.graphql.roots.common import FIRST, day_of, plan_id, reading_of, subject_of
from api.graphql.scalars import Date, Kind, Lang
from graph.match.rules.case import Brought
from graph.match.score import check_weights
from graph.search.finding import find
from ontology.errors import InputError, Said


@strawberry.type
class Finding:
    """Search, and who or what fits."""

    @strawberry.field(description="Things by words and by meaning, in Romanian or English.")
    def search(
        self,
        info: Info,
        text: str,
        kinds: list[Kind] | None = None,
        filter: Optional[ResourceFilter] = None,  # noqa: UP045
        lang: Lang | None = None,
        first: FIRST = 10,
        after: Optional[str] = None,  # noqa: UP045
    ) -> SearchResult:
        """A page of the result, with facets over the whole.

        `lang` is the language of snippets, reasons and labels of facets that do not name their own.
        """
        reading = reading_of(info)
        checked(first)
        wanted = tuple(one.value for one in kinds or ())
        found = find(
            reading.snapshot.search,
            reading.catalogue,
            text,
            kinds=wanted,
            filter=to_filter(reading, filter),
            first=first,
            after=after,
            today=reading.today,
        )
        return search_of(reading, found, lang.value if lang else Lang.RO.value)

    @strawberry.field(
        description="Who or what fits a subject: gates first, then a score with reasons."
    )
    def match(
        self,
        info: Info,
        want: list[Kind],
        subject: strawberry.ID | None = None,
        code: Optional[str] = None,  # noqa: UP045
        text: str | None = None,
        filter: ResourceFilter | None = None,
        first: FIRST = 10,
        include_ineligible: bool = False,
        weights: list[WeightInput] | None = None,
        as_of: Optional[Date] = None,  # noqa: UP045
        diversity: Annotated[
            float,
            strawberry.argument(
                description="0 to 1: how much to favour what the list lacks so far; 0 by default."
            ),
        ] = 0.0,
    ) -> answers.MatchResult:
        """Best first."""
        reading = reading_of(info)
        checked(first)
        if not 0 <= diversity <= 1:
            raise InputError(
                Said(f"{diversity:g} nu se poate", f"{diversity:g} cannot be"),
                Said("Scrieți un număr de la 0 la 1.", "Write a number from 0 to 1."),
                "diversity",
            )
        narrowed = to_filter(reading, filter) if filter else None
        found = reading.snapshot.matcher.match(
            subject_of(reading, subject, code, text),
            tuple(one.value for one in want),
            first=first,
            filter=narrowed,
            include_ineligible=include_ineligible,
            weights=check_weights({w.feature: w.weight for w in weights or ()}),
            as_of=day_of(as_of, reading),
            diversity=diversity,
        )
        return answers.matches_of(reading, found)

    @strawberry.field(description="Why a candidate fits a subject, or why not.")
    def explain(
        self,
        info: Info,
        candidate: strawberry.ID,
        subject: strawberry.ID | None = None,
        code: Optional[str] = None,  # noqa: UP045
        text: str | None = None,
        as_of: Optional[Date] = None,  # noqa: UP045
    ) -> answers.Match:
        """One match, also of one that a rule excludes."""
        reading = reading_of(info)
        id_ = canonical(reading, [candidate])[0]
        found = reading.snapshot.matcher.explain(
            subject_of(reading, subject, code, text), id_, as_of=day_of(as_of, reading)
        )
        return answers.match_of(reading, reading.things_of([found.id])[0], found)

    @strawberry.field(
        description="The smallest sets of organisations that satisfy a call and cover a subject's topics."
    )
    def consortium(
        self,
        info: Info,
        call: strawberry.ID,
        lead: strawberry.ID | None = None,
        subject: Optional[strawberry.ID] = None,  # noqa: UP045
        text: Optional[str] = None,  # noqa: UP045
    ) -> list[answers.Consortium]:
        """Best first."""
        reading = reading_of(info)
        about = (
            subject_of(reading, subject, None, text)
            if subject is not None or text is not None
            else None
        )
        found = reading.snapshot.matcher.consortium(
            canonical(reading, [call])[0],
            lead=canonical(reading, [lead])[0] if lead else None,
            subject=about,
            as_of=reading.today,
        )
        return answers.consortia_of(reading, found)

    @strawberry.field(description="Whether an organisation may apply to a call, rule by rule.")
    def eligibility(
        self,
        info: Info,
        organisation: strawberry.ID,
        call: strawberry.ID,
        as_of: Optional[Date] = None,  # noqa: UP045
        amount: Optional[float] = None,  # noqa: UP045
        currency: Optional[str] = None,  # noqa: UP045
        partners: Optional[int] = None,  # noqa: UP045
        own_share: Optional[float] = None,  # noqa: UP045
    ) -> answers.Eligibility:
        """By the dates of a day; today when omitted. The rest is what is known of the project."""
        reading = reading_of(info)
        body, edition = canonical(reading, [organisation, call])
        project = Brought(amount, currency, partners, own_share)
        return answers.eligibility_of(
            reading.snapshot.matcher.eligibility(
                body, edition, as_of=day_of(as_of, reading), project=project
            )
        )

    @strawberry.field(description="What each action of a plan lacks.")
    def gaps(self, info: Info, plan: Optional[strawberry.ID] = None) -> list[answers.Gap]:  # noqa: UP045
        """Worst first."""
        reading = reading_of(info)
        return answers.gaps_of(
            reading,
            list(reading.snapshot.matcher.gaps(plan_id(reading, plan), as_of=reading.today)),
        )
