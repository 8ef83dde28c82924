"""The GraphQL documents that are sent to a Decidim platform, and the fields they ask for."""

from __future__ import annotations

from collections.abc import Mapping

INTROSPECT = "query Fields($name: String!) { __type(name: $name) { fields { name } } }"
"""Which fields a type of this instance has."""

_TEXT = "{ translations { locale text } }"

TEXTS = ("shortDescription", "description", "purposeOfAction", "subtitle")
"""Where a thing tells what it is about, best first."""

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
    },
    "Project": {
        "id": "id",
        "url": "url",
        "title": f"title {_TEXT}",
        "description": f"description {_TEXT}",
        "budget_amount": "budget_amount",
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
    },
}
"""By type, the fields we can use and how each is asked for."""


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


def _component(kind: str, connection: str, fields: str) -> str:
    return (
        "query Page($id: ID!, $first: Int, $after: String) { component(id: $id) { "
        f"... on {kind} {{ {connection}(first: $first, after: $after) {{ "
        f"pageInfo {{ hasNextPage endCursor }} nodes {{ {fields} }} }} }} }} }}"
    )
