"""Which plan is meant: the one that is named, else the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.catalogue.base import Record
from ontology.errors import NotFoundError, Said


def by_start(plans: Iterable[Record]) -> list[Record]:
    """Plans from the oldest to the newest; one without a start counts as oldest."""
    return sorted(plans, key=lambda plan: (str(plan.values.get("start") or ""), plan.id))


def by_code(actions: Iterable[Record]) -> list[Record]:
    """Actions in the order of their codes: A1.9 before A1.10."""

    def place(action: Record) -> tuple[list[int], str]:
        code = str(action.values.get("code") or "")
        return [int(number) for number in re.findall(r"\d+", code)], action.id

    return sorted(actions, key=place)


def meant(plans: Iterable[Record], named: str | None) -> str | None:
    """The id of the plan named, else of the newest; None when there is none.

    Raises NotFoundError for an id that is no plan.
    """
    held = by_start(plans)
    if named is None:
        return held[-1].id if held else None
    if named not in {plan.id for plan in held}:
        known = ", ".join(plan.id for plan in held)
        raise NotFoundError(
            Said(f"„{named[:80]}” nu este un plan", f"'{named[:80]}' is no plan"),
            Said(f"Planurile sunt: {known}.", f"The plans are: {known}.")
            if known
            else Said("Nu este încărcat niciun plan.", "No plan has been loaded."),
        )
    return named
