"""The reference page `docs/vocabulary.md`: every class, field, code and topic in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from ontology.loading import load_model
from ontology.model import ClassDef, CodeList, Model, PropertyDef
from ontology.vocab import shorten


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _value_of(prop: PropertyDef) -> str:
    """What stands in the field, with links to the classes and lists."""
    if prop.code_list:
        said = f"[{prop.code_list}](#{prop.code_list.lower()})"
    elif prop.targets:
        said = ", ".join(f"[{t}](#{t.lower()})" for t in prop.targets)
    else:
        said = prop.kind.name
    return f"{said} []" if prop.many else said


def _class_md(cls: ClassDef, model: Model) -> Iterator[str]:
    yield f"### {cls.name}\n\n"
    yield f"*{cls.label.ro}*: {cls.definition.ro}\n\n*{cls.label.en}*: {cls.definition.en}\n\n"
    facts = [f"`{shorten(cls.iri)}`"]
    if cls.kind:
        facts.append(f"kind `{cls.kind}`")
    if cls.id_prefix:
        facts.append(f"ids `{cls.id_prefix}/…`")
    yield " · ".join(facts) + "\n\n"
    yield "| field | value | ro | en | property |\n|---|---|---|---|---|\n"
    inherited = model.classes[cls.parent].properties if cls.parent else {}
    for prop in cls.properties.values():
        if prop.name in inherited and cls.name != "Resource":
            continue
        must = " **required**" if prop.min_count else ""
        ro = f"**{prop.label.ro}**: {prop.definition.ro}"
        en = f"**{prop.label.en}**: {prop.definition.en}"
        path = ("^" if prop.inverse else "") + shorten(prop.path)
        said = f"{_value_of(prop)}{must} | {_cell(ro)} | {_cell(en)} | `{path}`"
        yield f"| `{prop.name}` | {said} |\n"
    yield "\n"


def _codes_md(codes: CodeList) -> Iterator[str]:
    yield f"### {codes.name}\n\n*{codes.label.ro}* / *{codes.label.en}*\n\n"
    yield "| code | ro | en |\n|---|---|---|\n"
    for code in codes.codes.values():
        function = " (function)" if code.is_function else ""
        ro = f"**{code.label.ro}**: {code.definition.ro}"
        en = f"**{code.label.en}**: {code.definition.en}"
        yield f"| `{code.value}`{function} | {_cell(ro)} | {_cell(en)} |\n"
    yield "\n"


def vocabulary_md() -> str:
    """`docs/vocabulary.md`: every class, field, code and topic in both languages."""
    model = load_model()
    parts = [
        "# Vocabulary\n\n",
        "Generated from `ontology/classes/*.ttl` and `ontology/codes/*.ttl` by `make gen`. ",
        "`[]` marks a list, `^` a property read from its other end. ",
        "Every resource also has the fields of [Resource](#resource).\n\n",
        "## Resources\n\n",
    ]
    resources = [c for c in model.classes.values() if c.kind or c.name == "Resource"]
    for cls in resources:
        parts.extend(_class_md(cls, model))
    parts.append("## Parts and links\n\n")
    for cls in model.classes.values():
        if cls not in resources:
            parts.extend(_class_md(cls, model))
    parts.append("## Code lists\n\n")
    for codes in model.codes.values():
        parts.extend(_codes_md(codes))
    parts.append("## Topics\n\n| topic | ro | en | broader | goals |\n|---|---|---|---|---|\n")
    for topic in model.topics.values():
        goals = ", ".join(map(str, topic.sdg))
        ro = f"**{topic.label.ro}**: {topic.definition.ro}"
        en = f"**{topic.label.en}**: {topic.definition.en}"
        broader = ", ".join(topic.broader)
        parts.append(f"| `{topic.slug}` | {_cell(ro)} | {_cell(en)} | {broader} | {goals} |\n")
    return "".join(parts)
