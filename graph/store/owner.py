"""Whose folder it is: one process has it at a time, also while the engine is closed between batches."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from graph.store import faults

LOCK = "owner.lock"
"""The file that a process holds while the folder is its own."""


class Owner:
    """Takes a folder, which need not exist yet, until `release`.

    Raises StoreLockedError if another process, or another store of this one, has it; StoreError if
    the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise faults.unusable(str(folder), str(error)) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise faults.locked(str(folder)) from error
        except OSError as error:
            os.close(self._file)
            raise faults.unusable(str(folder), str(error)) from error

    def release(self) -> None:
        """Gives the folder back, for a forked process too, which has the same file open."""
        fcntl.flock(self._file, fcntl.LOCK_UN)
        os.close(self._file)
