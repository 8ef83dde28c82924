"""The network: parts of it, ways through it, and who stands where."""

from __future__ import annotations

from typing import Annotated, Optional

import strawberry
from strawberry.types import Info

from api.graphql import net_types, nets
from api.graphql.inputs import canonical
from api.graphql.nodes import checked
from api.graphql.roots.common import FIRST, reading_of
from api.graphql.scalars import Kind, Sharing
from graph.network import bridges, brokers, central, change, neighbourhood, paths


@strawberry.type
class Networks:
    """Questions about who is linked to whom."""

    @strawberry.field(description="Things and links around some things, or of the whole city.")
    def network(
        self,
        info: Info,
        around: list[strawberry.ID] | None = None,
        depth: int = 1,
        kinds: Optional[list[Kind]] = None,  # noqa: UP045
        topics: list[strawberry.ID] | None = None,
        limit: int = 300,
        year_from: int | None = None,
        year_to: Optional[int] = None,  # noqa: UP045
    ) -> net_types.Network:
        """With places for drawing and measures."""
        reading = reading_of(info)
        city = reading.snapshot.network
        part = neighbourhood(
            city,
            canonical(reading, around or []),
            min(depth, 6),
            kinds=tuple(k.value for k in kinds or ()),
            topics=tuple(canonical(reading, topics or [])),
            year_from=year_from,
            year_to=year_to,
            limit=min(limit, 5000),
        )
        return nets.network_of(reading, city, part, reading.snapshot.survey)

    @strawberry.field(
        description="Things of one kind, linked where they share something: the two-mode network folded onto one of its modes. Measures and communities are those of this network; things that share nothing are left out."
    )
    def projection(
        self,
        info: Info,
        sharing: Sharing,
        kind: Kind = Kind.ORGANISATION,
        around: list[strawberry.ID] | None = None,
        depth: int = 1,
        limit: int = 300,
        year_from: int | None = None,
        year_to: Optional[int] = None,  # noqa: UP045
    ) -> net_types.Network:
        """A link's weight: each shared thing adds 1/(n-1), where n share it."""
        reading = reading_of(info)
        city, survey = reading.snapshot.shared(sharing.value, kind.value)
        asked = canonical(reading, around or [])
        seeds = [one for one in asked if one in city.index]
        if asked and not seeds:  # they share nothing with anybody
            return net_types.Network(nodes=[], edges=[], truncated=False)
        part = neighbourhood(
            city,
            seeds,
            min(depth, 6),
            kinds=(kind.value,),
            year_from=year_from,
            year_to=year_to,
            limit=min(limit, 5000),
        )
        return nets.network_of(reading, city, part, survey)

    @strawberry.field(
        description="What came and what went between two years, by the dates of links and things."
    )
    def change(self, info: Info, before: int, after: int, first: FIRST = 50) -> net_types.Change:
        """From the network of one year to that of the other."""
        reading = reading_of(info)
        city = reading.snapshot.network
        return nets.change_of(reading, city, change(city, before, after), checked(first) or 0)

    @strawberry.field(
        description="Single ties that hold parts of the network together, the deepest cut first."
    )
    def bridges(
        self,
        info: Info,
        least: Annotated[
            int, strawberry.argument(description="Only those that would cut off at least so many.")
        ] = 2,
        first: FIRST = 20,
    ) -> net_types.Bridges:
        """Without topics and places: those tie everything to everything."""
        reading = reading_of(info)
        city = reading.snapshot.network
        return nets.bridges_of(reading, city, bridges(city, max(least, 1)), checked(first) or 0)

    @strawberry.field(
        description="Who joins several communities, by how often they join others (betweenness)."
    )
    def brokers(self, info: Info, first: FIRST = 20) -> net_types.Brokers:
        """Highest first."""
        reading = reading_of(info)
        city, survey = reading.snapshot.network, reading.snapshot.survey
        found = brokers(city, survey.betweenness, survey.community, None)
        return nets.brokers_of(reading, survey, found, checked(first) or 0)

    @strawberry.field(description="The best chains of statements between two things.")
    def path(
        self,
        info: Info,
        from_: Annotated[strawberry.ID, strawberry.argument(name="from")],
        to: strawberry.ID,
        max_length: int = 6,
        first: int = 3,
    ) -> list[net_types.PathAnswer]:
        """Fewest steps first."""
        reading = reading_of(info)
        start, end = canonical(reading, [from_, to])
        return nets.paths_of(
            reading,
            paths(reading.snapshot.network, start, end, max_length, min(checked(first) or 0, 20)),
        )

    @strawberry.field(description="Communities of the whole city, largest first.")
    def communities(self, info: Info, first: FIRST = 20) -> list[net_types.CommunityAnswer]:
        """Named after their most central members and topics."""
        reading = reading_of(info)
        found = reading.snapshot.survey.communities[: checked(first)]
        return [nets.community_of(reading, one) for one in found]

    @strawberry.field(
        description="The most central things by degree, betweenness, pagerank or core."
    )
    def centrality(
        self,
        info: Info,
        measure: str = "pagerank",
        kinds: list[Kind] | None = None,
        first: FIRST = 20,
    ) -> list[net_types.Central]:
        """Highest first."""
        reading = reading_of(info)
        chosen = tuple(k.value for k in kinds or ())
        found = central(
            reading.snapshot.network, reading.snapshot.survey, measure, chosen, checked(first) or 0
        )
        things = reading.things_of([node.id for node, _ in found])
        return [
            net_types.Central(value=value, resource=t)
            for (_, value), t in zip(found, things, strict=True)
            if t is not None
        ]
