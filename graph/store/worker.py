"""A process of its own that answers queries over a folder, so that one too many can be ended.

`python -m graph.store.worker FOLDER BASE BYTES` reads requests on its standard input and writes
answers on its standard output, in frames (`frames.py`); the first frame says that it is ready.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from graph.store import refusals
from graph.store.answers import Answer, answer
from graph.store.frames import pack, read_frame, write_frame
from graph.store.oxigraph import OxigraphStore
from graph.store.question import read_question
from ontology.errors import ResurseError
from ontology.vocab import Base


def main(folder: str, base: str, memory: int) -> None:
    """Answers requests until its input ends."""
    _bound_memory(memory)
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    with OxigraphStore(Path(folder), Base(base), read_only=True) as store:
        write_frame(replies, b"ready")
        while (frame := read_frame(requests)) is not None:
            for part in pack(_result(store, json.loads(frame))):
                write_frame(replies, part)


def _result(store: OxigraphStore, request: dict[str, Any]) -> Answer | ResurseError:
    try:
        question = read_question(request["query"], store.base)
        return answer(store, question, request["wanted"], limit=request["limit"])
    except ResurseError as error:
        return error
    except MemoryError:
        return refusals.too_hungry()


def _bound_memory(size: int) -> None:
    """Lets the process map `size` bytes; where the system has no such bound, time alone counts."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
