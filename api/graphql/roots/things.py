"""Things by their ids and codes, and what the map holds in all."""

from __future__ import annotations

from typing import Any, Optional

import strawberry
from strawberry.types import Info

from api.graphql.derived import TYPES, Resource
from api.graphql.found import SourceReport, Statistics, source_reports, statistics_of
from api.graphql.loaders import Reading
from api.graphql.nodes import checked
from api.graphql.roots.common import plan_id, reading_of

Plan: Any = TYPES["Plan"]
Commitment: Any = TYPES["Commitment"]
Action: Any = TYPES["Action"]


def by_code(reading: Reading, kind: str, code: str, plan: strawberry.ID | None) -> Any:
    """The commitment or action with a code, of a plan (the newest, if none is named)."""
    chosen = plan_id(reading, plan)
    wanted = code.replace(" ", "").strip(".").upper()
    for record in reading.catalogue.scan((kind,)):
        if str(record.values.get("code", "")).upper() == wanted and (
            chosen is None or record.id.startswith(f"{chosen}/")
        ):
            return reading.things_of([record.id])[0]
    return None


@strawberry.type
class Things:
    """One thing, many things, the plan and its parts."""

    @strawberry.field(description="One thing, by its id, by scheme:value or by a former id.")
    def resource(self, info: Info, id: strawberry.ID) -> Optional[Resource]:  # type: ignore[valid-type]  # noqa: UP045
        """One thing or null."""
        reading = reading_of(info)
        found = reading.catalogue.resolve([str(id)])[0]
        return reading.things_of([found])[0] if found else None

    @strawberry.field(description="Many things; null where there is none.")
    def resources(self, info: Info, ids: list[strawberry.ID]) -> list[Optional[Resource]]:  # type: ignore[valid-type]  # noqa: UP045
        """In the order asked for."""
        reading = reading_of(info)
        checked(len(ids))
        found = reading.catalogue.resolve([str(one) for one in ids])
        things = dict(
            zip(known := [one for one in found if one], reading.things_of(known), strict=True)
        )
        return [things.get(one) if one else None for one in found]

    @strawberry.field(description="A plan; the newest when no id is given.")
    def plan(self, info: Info, id: Optional[strawberry.ID] = None) -> Optional[Plan]:  # type: ignore[valid-type]  # noqa: UP045
        """One plan."""
        reading = reading_of(info)
        chosen = plan_id(reading, id)
        return reading.things_of([chosen])[0] if chosen else None

    @strawberry.field(description="A commitment by its code, as A1.")
    def commitment(
        self, info: Info, code: str, plan: strawberry.ID | None = None
    ) -> Optional[Commitment]:  # type: ignore[valid-type]  # noqa: UP045
        """One commitment."""
        return by_code(reading_of(info), "COMMITMENT", code, plan)

    @strawberry.field(description="An action by its code, as A1.6.")
    def action(self, info: Info, code: str, plan: strawberry.ID | None = None) -> Optional[Action]:  # type: ignore[valid-type]  # noqa: UP045
        """One action."""
        return by_code(reading_of(info), "ACTION", code, plan)

    @strawberry.field(description="What is in the map, and how fresh it is.")
    def statistics(self, info: Info) -> Statistics:
        """Counts by kind, the data version and its date."""
        return statistics_of(reading_of(info))

    @strawberry.field(
        description="The sources that are held, with licence, date, counts and last result."
    )
    def sources(self, info: Info) -> list[SourceReport]:
        """One per declared source."""
        return source_reports(reading_of(info))
