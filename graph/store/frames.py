"""How a query and its answer travel between two of our processes: length, then bytes."""

from __future__ import annotations

import json
import struct
from typing import IO

from graph.store.answers import Answer
from ontology.errors import InputError, RefusedError, ResurseError, Said, StoreError

_LENGTH = struct.Struct(">Q")
_KINDS: dict[str, type[ResurseError]] = {
    kind.code: kind for kind in (InputError, RefusedError, StoreError)
}


def write_frame(pipe: IO[bytes], body: bytes) -> None:
    """Sends one frame."""
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side is gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    return body if len(body) == length else None


def pack(result: Answer | ResurseError) -> tuple[bytes, bytes]:
    """An answer or an error as two frames: what it is, and the answer's body."""
    if isinstance(result, Answer):
        head = {"media_type": result.media_type, "truncated": result.truncated}
        return json.dumps(head).encode(), result.body
    code = next((kind.code for kind in _KINDS.values() if isinstance(result, kind)), "STORE")
    said = [result.what.ro, result.what.en, result.fix.ro, result.fix.en, result.where]
    return json.dumps({"error": code, "said": said}).encode(), b""


def unpack(head: bytes, body: bytes) -> Answer:
    """The answer in two frames. Raises the error they hold instead."""
    found = json.loads(head)
    if "error" in found:
        what_ro, what_en, fix_ro, fix_en, where = found["said"]
        raise _KINDS[found["error"]](Said(what_ro, what_en), Said(fix_ro, fix_en), where)
    return Answer(found["media_type"], body, found["truncated"])
