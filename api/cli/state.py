"""What every command gets: the installation, where its answer goes, whose folder it stands in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from api.cli.out import Out
from api.settings import Settings
from api.writing import pieces_of, write_whole
from ontology.errors import FileError, Said

if TYPE_CHECKING:
    from api.wiring import Installation


@dataclass
class State:
    """One run of a command.

    The installation is opened by the first command that needs it: help and the vocabulary do not.
    `run` runs a command: the serving process runs those that are handed to it.
    """

    settings: Settings
    open: Callable[[], Installation]
    out: Out
    folder: Path
    run: Callable[[list[str], State], int]
    stdin: Callable[[], bytes] = lambda: sys.stdin.buffer.read()

    @property
    def lang(self) -> str:
        """The language of sentences: ro or en."""
        return self.settings.speech

    @cached_property
    def installation(self) -> Installation:
        """The home that the settings name."""
        return self.open()

    def close(self) -> None:
        """Gives back what was opened."""
        if "installation" in self.__dict__:
            self.installation.close()

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

    def deliver(self, answer: bytes | Iterable[bytes], output: str | None) -> None:
        """Writes an answer to a file, or to standard output: whole, or not at all. Raises FileError."""
        pieces = (answer,) if isinstance(answer, bytes) else answer
        try:
            if output in (None, "-", "/dev/stdout"):
                self._print(pieces)
            else:
                write_whole(self.path(str(output)), pieces)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise FileError(
                Said(
                    f"nu se poate scrie ({error.strerror})", f"cannot be written ({error.strerror})"
                ),
                Said("Alegeți alt loc cu -o.", "Choose another place with -o."),
                output or "-",
            ) from None

    def _print(self, pieces: Iterable[bytes]) -> None:
        """Standard output, once all is made."""
        with TemporaryFile() as file:
            file.writelines(pieces)
            for piece in pieces_of(file):
                self.out.write(piece)


CURRENT: ContextVar[State] = ContextVar("state")
"""The state of the command that runs in this thread."""


def state() -> State:
    """The state of the command that is running."""
    return CURRENT.get()
