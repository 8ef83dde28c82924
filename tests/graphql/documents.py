"""Random GraphQL documents over our schema, for a property: every root, any selection, in limits."""

from __future__ import annotations

from typing import Any

from graphql import (
    GraphQLField,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
)
from hypothesis import strategies as st

from api.graphql.schema import core

IDS = ("org/fitt", "timisoara:org-plai", "plan/pla-2022-2023", "topic/culture", "org/nobody")
ROOT_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "resource": tuple(f'(id: "{one}")' for one in IDS),
    "resources": ('(ids: ["org/fitt", "org/nobody", "project/none", "topic/culture"])',),
    "plan": ("", '(id: "plan/pla-2022-2023")'),
    "commitment": ('(code: "A1")', '(code: "A9")'),
    "action": ('(code: "A1.6")',),
    "search": ('(text: "dans", first: 2)', '(text: "tineret", kinds: [PROJECT], first: 2)'),
    "match": ('(code: "A1.6", want: [ORGANISATION], first: 2)',),
    "explain": ('(code: "A1.6", candidate: "org/fitt")',),
    "eligibility": (
        '(organisation: "org/fitt", call: "timisoara:fund-impuls-in-comunitate-2023")',
    ),
    "network": ('(around: ["org/fitt"], limit: 5)',),
    "path": ('(from: "org/fitt", to: "org/plai", first: 1)',),
    "communities": ("(first: 1)",),
    "centrality": ("(first: 2)", '(measure: "degree", kinds: [PROJECT], first: 2)'),
}
SLOW = frozenset({"consortium", "gaps", "sources", "projection", "change", "bridges", "brokers"})
"""Roots that are asked elsewhere: they take long, or need arguments of their own."""

LIST_ARGUMENTS = (
    "(first: 3)",
    "(first: $n)",
    "(first: 2, sort: YEAR_DESC)",
    '(first: 2, filter: {topics: ["culture"]})',
    '(first: 2, filter: {text: "nothing like this"})',
)
HEAD = "query Q($n: Int = 2, $yes: Boolean!, $no: Boolean = false, $lang: Lang = EN)"


@st.composite
def documents(draw: Any) -> str:
    """One document whose variables are `n`, `yes`, `no` and `lang`."""
    names = [name for name in core.query_type.fields if name not in SLOW]  # type: ignore[union-attr]
    roots = []
    for at, name in enumerate(draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))):
        field = core.query_type.fields[name]  # type: ignore[union-attr]
        arguments = draw(st.sampled_from(ROOT_ARGUMENTS.get(name, LIST_ARGUMENTS)))
        if name in ("statistics",):
            arguments = ""
        roots.append(f"r{at}: {name}{arguments}{_below(draw, field, 4)}")
    used = "used: statistics { total @include(if: $yes) kinds @skip(if: $no) { count } }"
    if "kinds" not in get_named_type(core.query_type.fields["statistics"].type).fields:  # type: ignore[union-attr]
        used = "used: statistics { total @include(if: $yes) more: total @skip(if: $no) }"
    languages = 'l: resource(id: "org/fitt") { label(lang: $lang) }'
    some = "s: projects(first: $n) { totalCount }"
    return f"{HEAD} {{ {' '.join(roots)} {used} {languages} {some} }}"


def _below(draw: Any, field: GraphQLField, depth: int) -> str:
    """The selection of a field; empty for a value."""
    inner = get_named_type(field.type)
    return "" if is_leaf_type(inner) else " " + _selection(draw, inner, depth)


def _selection(draw: Any, type_: Any, depth: int) -> str:
    fields = [
        name
        for name, field in type_.fields.items()
        if (depth > 0 or is_leaf_type(get_named_type(field.type)))
        and all(not is_non_null_type(a.type) for a in field.args.values())
    ]
    chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=4, unique=True))
    parts = [_field(draw, type_, name, depth, at) for at, name in enumerate(chosen)]
    if draw(st.booleans()):
        parts.append("__typename")
    if is_abstract_type(type_) and depth > 0:
        concrete = draw(st.sampled_from(sorted(core.get_possible_types(type_), key=str)))
        parts.append(f"... on {concrete.name} {_selection(draw, concrete, depth - 1)}")
    elif draw(st.booleans()):
        parts.append(f"... on {type_.name} @include(if: $yes) {{ {parts[0]} }}")
    return "{ " + " ".join(parts) + " }"


def _field(draw: Any, type_: Any, name: str, depth: int, at: int) -> str:
    field = type_.fields[name]
    given = []
    if "first" in field.args:
        given.append(draw(st.sampled_from(("", "first: 2", "first: $n", "first: 0"))))
    if "lang" in field.args:
        given.append(draw(st.sampled_from(("", "lang: EN", "lang: $lang"))))
    words = ", ".join(one for one in given if one)
    # The place in the selection is in the name, so that fields of different types never meet.
    alias = f"{name}_{depth}_{at}_{type_.name}"
    switch = draw(st.sampled_from(("", "", "", " @skip(if: $no)", " @include(if: $yes)")))
    arguments = f"({words})" if words else ""
    return f"{alias}: {name}{arguments}{switch}{_below(draw, field, depth - 1)}"
