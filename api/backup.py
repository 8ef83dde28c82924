"""A consistent copy of everything that cannot be made anew, and bringing it back."""

from __future__ import annotations

import shutil
from pathlib import Path

from api.home import FORMAT, write_atomically
from api.wiring import Installation
from graph.store.backup import restore
from ingest.registry import Registry
from ontology.errors import FileError, Said

_FOLDERS = ("decisions", "sources", "plans", "rejects")


def make_backup(installation: Installation, folder: Path) -> int:
    """Copies the store, the registry, decisions and own sources; gives the number of statements, read back.

    Raises FileError when the folder exists.
    """
    if folder.exists():
        raise FileError(
            Said("folderul există deja", "the folder exists already"),
            Said("Dați un folder nou.", "Give a new folder."),
            str(folder),
        )
    with installation.writing():
        store = installation.store
        wanted = store.count()
        draft = folder.with_name(f".{folder.name}.part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        store.backup(draft / "store")
        installation.registry.copy_to(draft / "registry.sqlite")
        for name in _FOLDERS:
            if (installation.home.folder / name).is_dir():
                shutil.copytree(installation.home.folder / name, draft / name)
        write_atomically(draft / "format", f"{FORMAT}\n")
        write_atomically(draft / "statements", f"{wanted}\n")
        _verify(draft, installation)
        draft.rename(folder)
    return wanted


def _verify(folder: Path, installation: Installation) -> None:
    """Reads the copy back: as many statements as were written, and a registry that opens."""
    from graph.store import open_store

    wanted = int((folder / "statements").read_text(encoding="utf-8"))
    if (folder / "store" / "CURRENT").exists():
        with open_store(str(folder / "store"), base=installation.base, read_only=True) as kept:
            found = kept.count()
    else:
        found = wanted
    sound = Registry.is_sound(folder / "registry.sqlite")
    if found != wanted or not sound:
        raise FileError(
            Said(
                f"copia are {found} triplete din {wanted}",
                f"the copy has {found} statements of {wanted}",
            ),
            Said("Verificați discul și încercați din nou.", "Check the disk and try again."),
            str(folder),
        )


def _made_by(folder: Path) -> tuple[int, int]:
    """The format of a backup, and how many statements it holds; FileError for what is none that we can read."""
    mark, counted = folder / "format", folder / "statements"
    if not mark.is_file() or not counted.is_file():
        raise FileError(
            Said(
                "nu este o copie făcută cu `resurse backup`",
                "is no backup made by `resurse backup`",
            ),
            Said("Dați folderul copiei.", "Give the backup's folder."),
            str(folder),
        )
    form = mark.read_text(encoding="utf-8").strip()
    if not form.isdigit() or int(form) > FORMAT:
        raise FileError(
            Said("copia este a unei versiuni mai noi", "the backup is of a newer version"),
            Said(
                "Restaurați-o cu versiunea care a făcut-o.",
                "Restore it with the version that made it.",
            ),
            str(folder),
        )
    return int(form), int(counted.read_text(encoding="utf-8"))


def restore_backup(installation: Installation, folder: Path) -> int:
    """Brings a backup into an empty home and builds its snapshot; gives the number of statements.

    Raises FileError for a folder that is no backup, StoreError for a home that holds statements.
    """
    form, wanted = _made_by(folder)
    with installation.writing():
        loaded = restore(folder / "store", installation.store)
        if loaded != wanted:
            raise FileError(
                Said(
                    f"au ajuns {loaded} triplete din {wanted}",
                    f"{loaded} statements of {wanted} arrived",
                ),
                Said("Copia este incompletă.", "The backup is incomplete."),
                str(folder),
            )
        installation.forget_registry()
        shutil.copy2(folder / "registry.sqlite", installation.home.registry)
        Registry(installation.home.registry).close()
        for name in _FOLDERS:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, installation.home.folder / name, dirs_exist_ok=True)
        if form < FORMAT:
            installation.reopen_older(folder / "format")
        installation.refresh()
    return loaded
