"""Every error a user can meet: what is wrong, where, and what to do, in Romanian and English.

ResurseError
├── InputError            something handed to us is wrong
│   ├── RowError          one row of a table
│   ├── FileError         a whole file
│   ├── MappingError      a source.yml or mapping
│   ├── UnknownWordError  a class, field, code or feature that does not exist
│   └── NotFoundError     an id or code that names nothing
├── RefusedError          a query outside the limits
├── StoreError            the triple store
│   ├── StoreLockedError  another process holds the folder
│   ├── StoreDownError    the endpoint does not answer
│   └── StoreFormatError  a home of another format
├── SourceError           a publisher's server
└── ModelError            a search model or index that cannot be used
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

Lang = str
LANGS: tuple[Lang, Lang] = ("ro", "en")


@dataclass(frozen=True)
class Said:
    """One sentence in both languages."""

    ro: str
    en: str

    def __call__(self, lang: Lang = "en") -> str:
        """The sentence in `lang`; English for any language but Romanian."""
        return self.ro if lang == "ro" else self.en


_ROW = re.compile(r", row (\d+)")
"""How a place names a row; Romanian sentences have their own word for it."""


class ResurseError(Exception):
    """What is wrong, where, and what to do about it.

    `code` is stable: scripts and GraphQL `extensions.code` rely on it, and
    `docs/errors.md` has a heading for each.
    """

    code: ClassVar[str] = "ERROR"

    def __init__(self, what: Said, fix: Said, where: str = "") -> None:
        self.what = what
        self.fix = fix
        self.where = where
        super().__init__(self.message("en"))

    def message(self, lang: Lang = "en") -> str:
        """The whole sentence: `where: what. what to do.`"""
        where = _ROW.sub(r", rândul \1", self.where) if lang == "ro" else self.where
        said = f"{where}: {self.what(lang)}" if where else self.what(lang)
        return f"{said.rstrip('.')}. {self.fix(lang)}".strip()


class VocabularyError(Exception):
    """A Turtle file of ours is wrong: says which shape, and what to add."""


class InputError(ResurseError):
    """Something handed to us is wrong."""

    code = "BAD_INPUT"


class RowError(InputError):
    """One row of a table cannot be taken in; the rest goes on."""

    code = "BAD_ROW"

    def __init__(
        self, what: Said, fix: Said, where: str = "", *, column: str = "", value: str = ""
    ) -> None:
        self.column = column
        self.value = value
        super().__init__(what, fix, where)


class FileError(InputError):
    """A whole file cannot be read."""

    code = "BAD_FILE"


class MappingError(InputError):
    """A source.yml or a mapping file is wrong."""

    code = "BAD_MAPPING"


class UnknownWordError(InputError):
    """A class, field, code or feature that the vocabulary does not have."""

    code = "UNKNOWN_WORD"


class NotFoundError(InputError):
    """An id or code that names nothing."""

    code = "NOT_FOUND"


class RefusedError(ResurseError):
    """A query outside the limits."""

    code = "REFUSED"


class StoreError(ResurseError):
    """The triple store cannot do this."""

    code = "STORE"


class StoreLockedError(StoreError):
    """Another process holds the store folder."""

    code = "STORE_LOCKED"


class StoreDownError(StoreError):
    """The SPARQL endpoint does not answer, or answers garbage."""

    code = "STORE_DOWN"


class StoreFormatError(StoreError):
    """A home written by another version."""

    code = "STORE_FORMAT"


class SourceError(ResurseError):
    """A publisher's server does not give what it promised."""

    code = "SOURCE"


class ModelError(ResurseError):
    """A search model or index that cannot be used."""

    code = "MODEL"
