"""Reads plan.yml back: every key known, every value of its kind, every error with its line."""

from __future__ import annotations

import difflib
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ingest.plan.document import PlanDocument
from ingest.plan.plan_rules import check_document
from ingest.plan.records import Passage
from ontology.errors import FileError, Said

MAX_BYTES = 16 << 20
_MAX_DEPTH = 20
_POSITIONS = re.compile(r"char=\d+,\d+(?:;char=\d+,\d+)*")


def load_plan_yaml(path: Path) -> PlanDocument:
    """The plan in a plan.yml, reviewed or written by hand.

    Raises FileError with the file, the line and the key, what is wrong there and what to write.
    """
    return read_plan_yaml(_read(path), path.name)


def read_plan_yaml(words: str, name: str) -> PlanDocument:
    """The plan in the text of a plan.yml called `name`. Raises FileError."""
    try:
        _check_events(words, name)
        node = yaml.compose(words, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or "YAML")
        raise _wrong(name, mark.line if mark else 0, "", f"nu este YAML valid ({said})", f"is no valid YAML ({said})",
                     "Verificați spațiile de la început de rând și ghilimelele.",
                     "Check the indentation and the quotation marks.") from None  # fmt: skip
    if not isinstance(node, MappingNode):
        raise _wrong(name, 0, "", "nu este un plan.yml", "is no plan.yml",
                     "Porniți de la ieșirea comenzii resurse plan.", "Start from what resurse plan writes.")  # fmt: skip
    made = _Reader(name).record(PlanDocument, node, "")
    assert isinstance(made, PlanDocument)
    check_document(made, name)
    return made


def _check_events(words: str, name: str) -> None:
    """Refuses aliases and deep nesting before anything is built from them."""
    depth = 0
    for event in yaml.parse(words, Loader=yaml.SafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _wrong(name, line, "", "are o trimitere YAML (*…)", "holds a YAML alias (*…)",
                         "Scrieți valoarea din nou, fără & și *.", "Write the value again, without & and *.")  # fmt: skip
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _wrong(name, line, "", "are prea multe niveluri", "is nested too deeply",
                         "Porniți de la ieșirea comenzii resurse plan.", "Start from what resurse plan writes.")  # fmt: skip


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(
            Said("fișierul nu poate fi deschis", f"the file cannot be opened ({error.strerror})"),
            Said("Verificați calea și drepturile.", "Check the path and the permissions."),
            str(path),
        ) from None
    if len(data) > MAX_BYTES:
        raise _wrong(path.name, 0, "", "este prea mare", "is too large",
                     "Un plan.yml are cel mult 16 MB.", "A plan.yml has 16 MB at most.")  # fmt: skip
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong(path.name, 0, "", "nu este în UTF-8", "is not in UTF-8",
                     "Salvați-l ca UTF-8.", "Save it as UTF-8.") from None  # fmt: skip


def _wrong(name: str, line: int, key: str, ro: str, en: str, fix_ro: str, fix_en: str) -> FileError:
    where = f"{name}, line {line + 1}" + (f", {key}" if key else "")
    return FileError(Said(ro, en), Said(fix_ro, fix_en), where)


class _Reader:
    """Turns YAML nodes into records, by the records' own annotations."""

    def __init__(self, name: str) -> None:
        self.name = name

    def fail(self, node: Node, key: str, ro: str, en: str, fix_ro: str, fix_en: str) -> FileError:
        """The error at a node."""
        return _wrong(self.name, node.start_mark.line, key, ro, en, fix_ro, fix_en)

    def record(self, cls: type, node: Node, key: str) -> Any:
        """A record of `cls` from a mapping."""
        if not isinstance(node, MappingNode):
            raise self.fail(node, key, "trebuie să fie o listă de chei", "must be a set of keys",
                            "Scrieți cheie: valoare pe rânduri.", "Write key: value on lines.")  # fmt: skip
        known = {f.name: f for f in fields(cls)}
        hints = typing.get_type_hints(cls)
        made: dict[str, Any] = {}
        at: SequenceNode | None = None
        for key_node, value_node in node.value:
            word = str(key_node.value)
            where = f"{key}.{word}" if key else word
            if word == "at" and "evidence" in known:
                at = value_node if isinstance(value_node, SequenceNode) else None
                continue
            self._check_key(key_node, word, where, known, made)
            made[word] = self.value(hints[word], value_node, where)
        if at is not None and isinstance(made.get("evidence"), Passage):
            made["evidence"] = Passage(self._spans(at, key), made["evidence"].text)
        return cls(**{k: v for k, v in made.items() if v is not None})

    def _check_key(
        self, node: Node, word: str, where: str, known: Mapping[str, Field[Any]], made: Mapping[str, Any]
    ) -> None:  # fmt: skip
        if word not in known:
            close = difflib.get_close_matches(word, known, 1)
            hint_ro = f"Poate „{close[0]}”? " if close else ""
            hint_en = f"Perhaps '{close[0]}'? " if close else ""
            names = ", ".join(known)
            raise self.fail(node, where, "cheia nu există", "there is no such key",
                            f"{hint_ro}Cheile sunt: {names}.", f"{hint_en}The keys are: {names}.")  # fmt: skip
        if word in made:
            raise self.fail(node, where, "cheia apare de două ori", "the key is there twice",
                            "Păstrați una.", "Keep one.")  # fmt: skip

    def value(self, hint: Any, node: Node, key: str) -> Any:
        """A value of the annotated type; None for an empty one."""
        options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
        if node.tag == "tag:yaml.org,2002:null":
            return None
        plain = [one for one in options if one is not type(None)]
        first = plain[0]
        if typing.get_origin(first) is tuple:
            return self._many(typing.get_args(first)[0], node, key)
        if first is Passage:
            return self._passage(node, key)
        if hasattr(first, "__dataclass_fields__"):
            return self.record(first, node, key)
        if not isinstance(node, ScalarNode):
            raise self.fail(node, key, "trebuie să fie o singură valoare", "must be a single value",
                            "Scrieți un text, un număr sau null.", "Write a text, a number or null.")  # fmt: skip
        if first is str:
            return str(node.value).strip() or None
        return self._number(node, key, whole=float not in plain)

    def _many(self, kind: Any, node: Node, key: str) -> tuple[Any, ...]:
        if not isinstance(node, SequenceNode):
            raise self.fail(node, key, "trebuie să fie o listă", "must be a list",
                            "Scrieți fiecare element pe rândul lui, după „- ”, sau [].",
                            "Write each item on its own line after '- ', or [].")  # fmt: skip
        made = [self.value(kind, one, f"{key}[{n}]") for n, one in enumerate(node.value, 1)]
        return tuple(one for one in made if one is not None)

    def _number(self, node: ScalarNode, key: str, *, whole: bool) -> int | float:
        words = str(node.value)
        convert: Callable[[str], int | float] = (
            int if whole or re.fullmatch(r"-?\d+", words) else float
        )
        try:
            made = convert(words)
        except ValueError:
            made = float("nan")
        if made != made or made in (float("inf"), float("-inf")):
            raise self.fail(node, key, f"„{words}” nu este un număr", f"'{words}' is not a number",
                            "Scrieți-l ca 12 sau 12.5, sau null.", "Write it as 12 or 12.5, or null.")  # fmt: skip
        return made

    def _passage(self, node: Node, key: str) -> Passage:
        if not isinstance(node, ScalarNode):
            raise self.fail(node, key, "trebuie să fie pasajul sau pozițiile lui", "must be the passage or its positions",
                            "Scrieți pasajul, sau char=120,180.", "Write the passage, or char=120,180.")  # fmt: skip
        words = str(node.value)
        if not _POSITIONS.fullmatch(words):
            return Passage((), words)
        pairs = (part.removeprefix("char=").split(",") for part in words.split(";"))
        return Passage(tuple((int(a), int(b)) for a, b in pairs))

    def _spans(self, node: SequenceNode, key: str) -> tuple[tuple[int, int], ...]:
        found: list[tuple[int, int]] = []
        for pair in node.value:
            ends = pair.value if isinstance(pair, SequenceNode) else []
            if len(ends) != 2 or not all(str(end.value).isdigit() for end in ends):
                raise self.fail(pair, f"{key}.at", "trebuie să fie perechi de poziții", "must be pairs of positions",
                                "Scrieți [120, 180].", "Write [120, 180].")  # fmt: skip
            found.append((int(ends[0].value), int(ends[1].value)))
        return tuple(found)
