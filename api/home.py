"""The data folder: where everything of one installation lies, and which snapshot is served."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ontology.errors import Said, StoreFormatError

FORMAT = 2
"""The layout of the home. A newer one is refused; an older one is upgraded by whoever opens the store.

1 could keep personal numeric codes.
"""

_DRAFT = ".building-"
_drafts: set[Path] = set()
"""What this process is building."""


@dataclass(frozen=True)
class Home:
    """Paths under RESURSE_HOME."""

    folder: Path
    _read: dict[tuple[int, int], Path] = field(default_factory=dict, compare=False, repr=False)
    """What the pointer said, by the file's number and time: it is replaced, never written over."""

    @property
    def registry(self) -> Path:
        """Ids that were minted, and the results of runs."""
        return self.folder / "registry.sqlite"

    @property
    def snapshots(self) -> Path:
        """One folder per data version: catalogue, search index, vectors."""
        return self.folder / "snapshots"

    @property
    def pointer(self) -> Path:
        """The file that names the snapshot in use."""
        return self.folder / "current"

    @property
    def decisions(self) -> Path:
        """What people decided about "same or not"; kept for ever."""
        return self.folder / "decisions"

    @property
    def serving(self) -> Path:
        """What the serving process says of itself: its address and the word that opens its control."""
        return self.folder / "serve.json"

    def prepare(self) -> bool:
        """Makes the folder, or checks that its format is ours. Raises StoreFormatError.

        True when it is of an older format: `upgraded` says that it no longer is.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        mark = self.folder / "format"
        if not mark.exists():
            write_atomically(mark, f"{FORMAT}\n")
            return False
        held = mark.read_text(encoding="utf-8").strip()
        if not held.isdigit():
            raise StoreFormatError(
                Said(f"formatul „{held}” nu este un număr", f"the format '{held}' is no number"),
                Said(
                    "Folderul nu pare a fi al acestui program; alegeți altul cu RESURSE_HOME.",
                    "The folder does not seem to be this program's; choose another with RESURSE_HOME.",
                ),
                str(mark),
            )
        if int(held) > FORMAT:
            raise StoreFormatError(
                Said(
                    f"datele au formatul {held}, mai nou decât {FORMAT}",
                    f"the data has format {held}, newer than {FORMAT}",
                ),
                Said(
                    "Porniți versiunea mai nouă a programului, sau restaurați o copie mai veche.",
                    "Run the newer version of this program, or restore an older backup.",
                ),
                str(self.folder),
            )
        if int(held) < FORMAT:
            # Snapshots are derived: an older layout is upgraded by building them anew.
            shutil.rmtree(self.snapshots, ignore_errors=True)
            self.pointer.unlink(missing_ok=True)
        return int(held) < FORMAT

    def upgraded(self) -> None:
        """Marks a home of an older format as one of ours."""
        mark = self.folder / "format"
        if mark.read_text(encoding="utf-8").strip() != str(FORMAT):
            write_atomically(mark, f"{FORMAT}\n")

    def current_snapshot(self) -> Path | None:
        """The snapshot in use; None before the first ingest. Cheap: asked on every request."""
        pointer, snapshots = self._places
        try:
            found = os.stat(pointer)
            mark = (found.st_ino, found.st_mtime_ns)
            folder = self._read.get(mark)
            if folder is None:
                folder = snapshots / pointer.read_text(encoding="utf-8").strip()
                self._read.clear()
                self._read[mark] = folder
        except FileNotFoundError:
            return None
        return folder if folder != snapshots and os.path.isdir(folder) else None

    @cached_property
    def _places(self) -> tuple[Path, Path]:
        """The pointer and the snapshots, put together once."""
        return self.pointer, self.snapshots

    def sweep(self) -> list[Path]:
        """Removes what a build left half-made because its process was killed, and names it."""
        left = [
            folder
            for folder in self.snapshots.glob(f"{_DRAFT}*")
            if folder not in _drafts and not _builds(folder.name.removeprefix(_DRAFT))
        ]
        for folder in left:
            shutil.rmtree(folder, ignore_errors=True)
        return left

    def switch(self, name: str) -> None:
        """Makes a finished snapshot the one in use, and removes those before the last."""
        previous = self.current_snapshot()
        write_atomically(self.pointer, name + "\n")
        keep = {name, previous.name if previous else name}
        for folder in self.snapshots.iterdir():
            if folder.name not in keep and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def building(snapshots: Path) -> Iterator[Path]:
    """A folder beside the snapshots to build in; what is still there at the end is removed.

    Large work waits in it, never in the system's temporary folder: after a kill `sweep` finds it.
    """
    draft = snapshots / f"{_DRAFT}{os.getpid()}-{threading.get_ident()}"
    shutil.rmtree(draft, ignore_errors=True)
    _drafts.add(draft)
    try:
        draft.mkdir(parents=True)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        _drafts.discard(draft)


def _builds(draft: str) -> bool:
    """Whether the process that a draft is named after runs, and is another than this one."""
    pid = draft.partition("-")[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def settle(folder: Path) -> None:
    """Comes back when a folder is on the disk whole: what points at it next may outlive a power cut."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_atomically(path: Path, text: str, mode: int = 0o644) -> None:
    """Writes a small file so that a reader sees the old or the new one, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
