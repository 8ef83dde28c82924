"""The vocabulary in a form that loads without parsing Turtle; never trusted when stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ontology.errors import Said
from ontology.kinds import KINDS, ValueKind
from ontology.model import (
    Branch,
    Check,
    ClassDef,
    Code,
    CodeList,
    Condition,
    Model,
    PropertyDef,
    Rule,
    Topic,
)

HERE = Path(__file__).parent
COMPILED = HERE / "compiled.json"

_TYPES: dict[str, type] = {
    made.__name__: made
    for made in (
        Branch,
        Check,
        ClassDef,
        Code,
        CodeList,
        Condition,
        Model,
        PropertyDef,
        Rule,
        Said,
        Topic,
    )
}


def checksum() -> str:
    """What the Turtle files and the code that reads them weigh: changes with any of them."""
    digest = hashlib.sha256()
    read = ("model.py", "reading.py", "rules.py", "concepts.py", "turtle.py", "kinds.py")
    for path in [*sorted(HERE.glob("c*/*.ttl")), *(HERE / name for name in read)]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _pack(value: object) -> object:
    if isinstance(value, ValueKind):
        return {"_": "kind", "name": value.name}
    if is_dataclass(value):
        packed = {one.name: _pack(getattr(value, one.name)) for one in fields(value)}
        return {"_": type(value).__name__, **packed}
    if isinstance(value, Mapping):
        return {"_": "map", "items": {key: _pack(item) for key, item in value.items()}}
    if isinstance(value, tuple):
        return [_pack(item) for item in value]
    return value


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(item) for item in value)
    if not isinstance(value, dict):
        return value
    name = value["_"]
    if name == "kind":
        return KINDS[value["name"]]
    if name == "map":
        return MappingProxyType({key: _unpack(item) for key, item in value["items"].items()})
    return _TYPES[name](**{key: _unpack(item) for key, item in value.items() if key != "_"})


def compiled_json(model: Model) -> str:
    """The model as text, with the checksum of what it was made from."""
    packed = {"checksum": checksum(), "model": _pack(model)}
    return json.dumps(packed, ensure_ascii=False, separators=(",", ":")) + "\n"


def load_compiled() -> Model | None:
    """The compiled model; None when there is none or it was made from other files."""
    if not COMPILED.exists():
        return None
    packed = json.loads(COMPILED.read_text(encoding="utf-8"))
    if packed["checksum"] != checksum():
        return None
    model = _unpack(packed["model"])
    assert isinstance(model, Model)
    return model
