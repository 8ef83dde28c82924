"""Which addresses may be read from here: those of the web, and of the own network only where that is right."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from ingest import failures


def check_address(url: str, *, private: bool) -> None:
    """Raises SourceError for what is no web address; unless `private`, for one of the own network."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise failures.no_address(url) from None
    if parts.scheme not in ("http", "https") or not host:
        raise failures.no_address(url)
    if not private and not _is_public(url, host, port or 443):
        raise failures.no_address(url)


def _is_public(url: str, host: str, port: int) -> bool:
    """Whether every address of a host lies on the public internet. Raises SourceError when it has none."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port)}
    except UnicodeError:
        return False
    except OSError:
        raise failures.unknown_host(url, host) from None
    return all(ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)
