"""The ways in which a publisher's server can fail, each as a sentence that says what to do."""

from __future__ import annotations

from ontology.errors import Said, SourceError

_LATER = Said("Încercați mai târziu.", "Try again later.")
_ADDRESS = Said("Verificați adresa din source.yml.", "Check the address in source.yml.")
_OPTIONS = Said("Verificați opțiunile din source.yml.", "Check the options in source.yml.")


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 200 else flat[:199] + "…"


def _failure(url: str, ro: str, en: str, fix: Said) -> SourceError:
    return SourceError(Said(ro, en), fix, url)


def web_page(url: str) -> SourceError:
    """A page for people came where data was promised."""
    ro, en = "a răspuns cu o pagină web, nu cu date", "answered with a web page, not with data"
    return _failure(url, ro, en, _ADDRESS)


def broken(url: str, size: int) -> SourceError:
    """The data is cut short or is not JSON."""
    ro = f"datele ({size} octeți) sunt trunchiate sau nu sunt JSON"
    return _failure(url, ro, f"the data ({size} bytes) is cut short or is not JSON", _LATER)


def broken_graph(url: str, size: int) -> SourceError:
    """The triples cannot be read."""
    ro = f"tripletele ({size} octeți) sunt trunchiate sau nu sunt scrise corect"
    en = f"the triples ({size} bytes) are cut short or not well written"
    return _failure(url, ro, en, _LATER)


def says_error(url: str, said: str) -> SourceError:
    """The status says all is well, the body says it is not."""
    shown = _shown(said)
    return _failure(
        url, f"a răspuns cu o eroare: {shown}", f"answered with an error: {shown}", _OPTIONS
    )


def unexpected(url: str, what: str) -> SourceError:
    """The answer has not the form that the format promises; `what` names the spot."""
    ro, en = "răspunsul nu are forma așteptată", "the answer has not the expected form"
    fix = Said(
        "Verificați dacă serverul are versiunea potrivită.",
        "Check that the server has the right version.",
    )
    return _failure(url, f"{ro}: {_shown(what)}", f"{en}: {_shown(what)}", fix)


def refused(url: str, status: int, said: str) -> SourceError:
    """The server refused the request."""
    shown = f"{status} {_shown(said)}".strip()
    return _failure(url, f"a răspuns {shown}", f"answered {shown}", _ADDRESS)


def unavailable(url: str, why: str, attempts: int) -> SourceError:
    """The server did not answer properly, however often it was asked."""
    ro = f"nu răspunde nici după {attempts} încercări ({_shown(why)})"
    return _failure(url, ro, f"does not answer after {attempts} attempts ({_shown(why)})", _LATER)


def asks_to_wait(url: str, seconds: float) -> SourceError:
    """The server asks for a longer pause than a run may wait."""
    ro = f"cere o pauză de {seconds:.0f} de secunde"
    return _failure(url, ro, f"asks for a pause of {seconds:.0f} seconds", _LATER)


def elsewhere(url: str, target: str) -> SourceError:
    """The server sends us to another host."""
    fix = Said(
        "Dacă este în regulă, adăugați serverul la options.hosts în source.yml.",
        "If that is right, add the host to options.hosts in source.yml.",
    )
    ro = f"trimite la alt server: {target}"
    return _failure(url, ro, f"redirects to another host: {target}", fix)


def bad_certificate(url: str, why: str) -> SourceError:
    """The server's certificate does not hold."""
    fix = Said(
        "Anunțați publicatorul; nu luați date de pe un server neverificat.",
        "Tell the publisher; take no data from a server that cannot be verified.",
    )
    ro = f"certificatul serverului nu este valabil ({_shown(why)})"
    return _failure(url, ro, f"the server's certificate is not valid ({_shown(why)})", fix)


def too_large(url: str, limit: int) -> SourceError:
    """The answer is larger than allowed."""
    fix = Said("Restrângeți cererea în source.yml.", "Narrow the request in source.yml.")
    ro = f"răspunsul depășește {limit:,} de octeți"
    return _failure(url, ro, f"the answer exceeds {limit:,} bytes", fix)


def no_address(url: str) -> SourceError:
    """The text is not an address that may be read from here."""
    fix = Said("Scrieți o adresă publică, cu https://.", "Write a public address, with https://.")
    ro = "nu este o adresă web care poate fi citită de aici"
    return _failure(url, ro, "is not a web address that may be read from here", fix)


def unknown_host(url: str, host: str) -> SourceError:
    """No address is known for the server: it is gone, misspelt, or there is no connection."""
    fix = Said(
        "Verificați adresa și legătura la internet.",
        "Check the address and the connection to the internet.",
    )
    return _failure(url, f"serverul {host} nu este găsit", f"the server {host} is not found", fix)


def incomplete(url: str, came: int, promised: int) -> SourceError:
    """The list ends before all that the server counted has come."""
    ro = f"lista se oprește după {came} din {promised}"
    en = f"the list stops after {came} of {promised}"
    return _failure(url, ro, en, _LATER)


def endless(url: str) -> SourceError:
    """The same page again and again, or too many."""
    fix = Said(
        "Anunțați publicatorul; nu s-a scris nimic.", "Tell the publisher; nothing was written."
    )
    ro = "serverul trimite la nesfârșit aceeași pagină sau prea multe pagini"
    en = "the server sends the same page again and again, or too many pages"
    return _failure(url, ro, en, fix)
