"""What can go wrong in a store, in sentences."""

from __future__ import annotations

from ontology.errors import (
    InputError,
    RefusedError,
    Said,
    StoreDownError,
    StoreError,
    StoreLockedError,
)


def locked(folder: str) -> StoreLockedError:
    """The folder is held by another process."""
    return StoreLockedError(
        Said("alt proces ține deschis acest depozit", "another process holds this store open"),
        Said(
            "Opriți celălalt proces (de obicei `resurse serve`) sau alegeți alt RESURSE_HOME.",
            "Stop the other process (usually `resurse serve`) or choose another RESURSE_HOME.",
        ),
        folder,
    )


def broken(folder: str, detail: str) -> StoreError:
    """The folder does not hold a store that can be read."""
    return StoreError(
        Said(
            f"depozitul nu poate fi citit, fișierele lui sunt stricate ({detail})",
            f"the store cannot be read, its files are damaged ({detail})",
        ),
        Said(
            "Puneți la loc o copie cu `resurse restore`, sau ștergeți folderul și rulați "
            "`resurse ingest`.",
            "Bring back a copy with `resurse restore`, or delete the folder and run "
            "`resurse ingest`.",
        ),
        folder,
    )


def unusable(folder: str, detail: str) -> StoreError:
    """The place cannot hold a store at all."""
    return StoreError(
        Said(
            f"aici nu se poate ține depozitul ({detail})", f"no store can be kept here ({detail})"
        ),
        Said(
            "Alegeți în RESURSE_HOME un folder în care aveți voie să scrieți și este loc pe disc.",
            "Choose in RESURSE_HOME a folder you may write to, on a disk with free space.",
        ),
        folder,
    )


def failed(where: str, detail: str) -> StoreError:
    """The engine reports an error of its own while reading or writing."""
    return StoreError(
        Said(f"depozitul nu a putut termina ({detail})", f"the store could not finish ({detail})"),
        Said(
            "Verificați spațiul pe disc și drepturile, apoi încercați din nou.",
            "Check the disk space and the permissions, then try again.",
        ),
        where,
    )


def exists(folder: str) -> StoreError:
    """A backup would overwrite something."""
    return StoreError(
        Said("există deja", "it exists already"),
        Said("Alegeți un folder nou pentru copie.", "Choose a new folder for the copy."),
        folder,
    )


def bad_query(detail: str) -> InputError:
    """The text is not SPARQL."""
    return InputError(
        Said(
            f"interogarea nu este SPARQL 1.1 ({detail})", f"the query is not SPARQL 1.1 ({detail})"
        ),
        Said("Corectați-o la locul arătat.", "Correct it at the place shown."),
        "SPARQL",
    )


def wrong_form(wanted: str) -> InputError:
    """A query of another form than the caller can use."""
    return InputError(
        Said(f"interogarea nu este {wanted}", f"the query is no {wanted}"),
        Said(f"Scrieți o interogare {wanted}.", f"Write a {wanted} query."),
        "SPARQL",
    )


def bad_term(text: str, detail: str) -> InputError:
    """A term that RDF does not allow."""
    return InputError(
        Said(
            f"{text!r} nu poate sta în graf ({detail})",
            f"{text!r} cannot be in the graph ({detail})",
        ),
        Said(
            "Scrieți o adresă fără spații și un text Unicode întreg.",
            "Write an address without spaces, and text that is whole Unicode.",
        ),
    )


def bad_nquads(detail: str) -> InputError:
    """A file that is not N-Quads."""
    return InputError(
        Said(f"textul nu este N-Quads ({detail})", f"the text is not N-Quads ({detail})"),
        Said(
            "Folosiți un fișier scris de `resurse export nq`.",
            "Use a file written by `resurse export nq`.",
        ),
    )


def too_slow(seconds: float) -> RefusedError:
    """A query that took longer than it may."""
    return RefusedError(
        Said(
            f"interogarea a depășit {seconds:g} secunde",
            f"the query took longer than {seconds:g} seconds",
        ),
        Said(
            "Restrângeți-o: mai puține tipare libere, un LIMIT, sau folosiți exportul.",
            "Narrow it: fewer open patterns, a LIMIT, or use the export.",
        ),
        "SPARQL",
    )


def down(url: str, detail: str) -> StoreDownError:
    """The endpoint does not answer, or what it answers is no SPARQL answer."""
    return StoreDownError(
        Said(
            f"serverul SPARQL nu răspunde cum trebuie ({detail})",
            f"the SPARQL server does not answer as it should ({detail})",
        ),
        Said(
            "Verificați că rulează și că RESURSE_STORE are adresa lui de interogare.",
            "Check that it runs, and that RESURSE_STORE holds its query address.",
        ),
        url,
    )


def not_allowed(url: str, detail: str) -> StoreDownError:
    """The endpoint wants a user and a password, or others than it got."""
    return StoreDownError(
        Said(f"serverul SPARQL nu dă voie ({detail})", f"the SPARQL server refuses ({detail})"),
        Said(
            "Puneți RESURSE_STORE_USER, RESURSE_STORE_PASSWORD și, dacă scrierea are altă adresă, "
            "RESURSE_STORE_UPDATE.",
            "Set RESURSE_STORE_USER, RESURSE_STORE_PASSWORD and, if writing has another address, "
            "RESURSE_STORE_UPDATE.",
        ),
        url,
    )


def cut_short(url: str, rows: int) -> StoreError:
    """The endpoint gives fewer rows than there are, without saying so in the answer."""
    return StoreError(
        Said(
            f"serverul SPARQL taie răspunsurile la {rows} rânduri",
            f"the SPARQL server cuts answers at {rows} rows",
        ),
        Said(
            "Măriți limita lui (la Virtuoso: ResultSetMaxRows) sau puneți un LIMIT în interogare.",
            "Raise its limit (Virtuoso: ResultSetMaxRows) or put a LIMIT in the query.",
        ),
        url,
    )


def not_empty(folder: str) -> StoreError:
    """A backup would be mixed with what is there."""
    return StoreError(
        Said("depozitul nu este gol", "the store is not empty"),
        Said(
            "Alegeți un RESURSE_HOME nou pentru copia adusă înapoi.",
            "Choose a new RESURSE_HOME for what is brought back.",
        ),
        folder,
    )


def no_backup(folder: str) -> StoreError:
    """The folder is not one that a backup wrote."""
    return StoreError(
        Said("aici nu este o copie", "there is no backup here"),
        Said(
            "Dați folderul pe care l-a scris `resurse backup`.",
            "Give the folder that `resurse backup` wrote.",
        ),
        folder,
    )
