"""The GraphQL documents that are sent to a Decidim platform, and the fields they ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

INTROSPECT = "query Fields($name: String!) { __type(name: $name) { fields { name } } }"
"""Which fields a type of this instance has."""

_INNER = re.compile(r"<(\w+)>")
_TEXT = "{ translations { locale text } }"

TEXTS = ("shortDescription", "description", "purposeOfAction", "subtitle")
"""Where a thing tells what it is about, best first."""

_MOMENT = {
    "entryDate": "entryDate",
    "title": f"title {_TEXT}",
    "description": f"description {_TEXT}",
}
"""A step on the way of a result."""

WANTED: dict[str, dict[str, str]] = {
    "Assembly": {
        "id": "id",
        "slug": "slug",
        "url": "url",
        "title": f"title {_TEXT}",
        "shortDescription": f"shortDescription {_TEXT}",
        "purposeOfAction": f"purposeOfAction {_TEXT}",
        "creationDate": "creationDate",
        "closingDate": "closingDate",
        "parent": "parent { id }",
        "components": "components { id __typename }",
    },
    "ParticipatoryProcess": {
        "id": "id",
        "slug": "slug",
        "url": "url",
        "title": f"title {_TEXT}",
        "shortDescription": f"shortDescription {_TEXT}",
        "startDate": "startDate",
        "endDate": "endDate",
        "components": "components { id __typename }",
    },
    "Budget": {
        "id": "id",
        "url": "url",
        "title": f"title {_TEXT}",
        "description": f"description {_TEXT}",
        "total_budget": "total_budget",
        "totalBudget": "totalBudget",
    },
    "Project": {
        "id": "id",
        "url": "url",
        "title": f"title {_TEXT}",
        "description": f"description {_TEXT}",
        "budget_amount": "budget_amount",
        "budgetAmount": "budgetAmount",
        "selected": "selected",
    },
    "Result": {
        "id": "id",
        "url": "url",
        "title": f"title {_TEXT}",
        "description": f"description {_TEXT}",
        "startDate": "startDate",
        "endDate": "endDate",
        "progress": "progress",
        "reference": "reference",
        "externalId": "externalId",
        "status": "status { <Status> }",
        "timelineEntries": "timelineEntries { <TimelineEntry> }",
        "milestones": "milestones { <Milestone> }",
    },
    "Status": {"key": "key", "name": f"name {_TEXT}", "progress": "progress"},
    "TimelineEntry": dict(_MOMENT),
    "Milestone": dict(_MOMENT),
    "Meetings": {"meetings": "meetings"},
    "Meeting": {
        "id": "id",
        "url": "url",
        "title": f"title {_TEXT}",
        "description": f"description {_TEXT}",
        "startTime": "startTime",
        "attendeeCount": "attendeeCount",
        "withdrawn": "withdrawn",
    },
}
"""By type, the fields we can use and how each is asked for; `<Type>` stands for the fields of another."""


def selection(name: str, have: Mapping[str, Collection[str]]) -> str:
    """What to ask of a type, by the fields that each type of this instance has."""
    told = []
    for field, text in WANTED[name].items():
        inner = _INNER.search(text)
        inside = selection(inner[1], have) if inner else ""
        if field in have.get(name, ()) and (inside or not inner):
            told.append(_INNER.sub(lambda _: inside, text))  # noqa: B023 - used at once
    return "\n".join(told)


def assemblies(fields: Mapping[str, str]) -> str:
    """All assemblies."""
    return f"{{ assemblies {{ {fields['Assembly']} }} }}"


def processes(fields: Mapping[str, str]) -> str:
    """All participatory processes with the kinds of their components."""
    return f"{{ participatoryProcesses {{ {fields['ParticipatoryProcess']} }} }}"


def budgets(fields: Mapping[str, str]) -> str:
    """One page of the budgets of a component, with their projects."""
    projects = f"projects {{ {fields['Project']} }}" if fields["Project"] else ""
    return _component("Budgets", "budgets", f"{fields['Budget']} {projects}")


def results(fields: Mapping[str, str]) -> str:
    """One page of the results of an accountability component."""
    return _component("Accountability", "results", fields["Result"])


def meetings(fields: Mapping[str, str]) -> str:
    """One page of the meetings of a component."""
    return _component("Meetings", "meetings", fields["Meeting"])


def _component(kind: str, connection: str, fields: str) -> str:
    return (
        "query Page($id: ID!, $first: Int, $after: String) { component(id: $id) { "
        f"... on {kind} {{ {connection}(first: $first, after: $after) {{ "
        f"pageInfo {{ hasNextPage endCursor }} nodes {{ {fields} }} }} }} }} }}"
    )
