"""What every command gets: the installation, where its answer goes, whose folder it stands in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from api.cli.out import Out
from api.wiring import Installation
from ontology.errors import FileError, Said


@dataclass
class State:
    """One run of a command. `served` is true inside the serving process, which owns the store."""

    installation: Installation
    out: Out
    folder: Path
    stdin: Callable[[], bytes] = lambda: sys.stdin.buffer.read()
    served: bool = False

    @property
    def lang(self) -> str:
        """The language of sentences: ro or en."""
        return self.installation.settings.speech

    def path(self, given: str) -> Path:
        """A path as the person who typed the command means it."""
        path = Path(given).expanduser()
        return path if path.is_absolute() else self.folder / path

    def read(self, given: str) -> bytes:
        """A file, or standard input for `-`. Raises FileError."""
        if given == "-":
            return self.stdin()
        try:
            return self.path(given).read_bytes()
        except FileNotFoundError:
            raise FileError(
                Said("fișierul nu există", "the file does not exist"),
                Said("Verificați calea.", "Check the path."),
                given,
            ) from None
        except IsADirectoryError:
            raise FileError(
                Said("este un folder", "is a folder"),
                Said("Dați un fișier.", "Give a file."),
                given,
            ) from None

    def deliver(self, data: bytes, output: str | None) -> None:
        """Writes an answer to a file, or to standard output."""
        if output is None or output == "-":
            self.out.write(data)
            return
        path = self.path(output)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise FileError(
                Said(
                    f"nu se poate scrie ({error.strerror})", f"cannot be written ({error.strerror})"
                ),
                Said("Alegeți alt loc cu -o.", "Choose another place with -o."),
                output,
            ) from None


CURRENT: ContextVar[State] = ContextVar("state")
"""The state of the command that runs in this thread."""


def state() -> State:
    """The state of the command that is running."""
    return CURRENT.get()
