"""Whose a website is: the host of an address, unless many share it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SHARED_HOSTS = (
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "wordpress.com",
    "blogspot.com",
    "google.com",
    "wikipedia.org",
    "linktr.ee",
    "gmail.com",
    "yahoo.com",
    "yahoo.ro",
    "ymail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "protonmail.com",
    "gmx.de",
    "rdslink.ro",
    "mail.com",
    "twitter.com",
    "x.com",
)
"""Hosts that lend pages or mailboxes to many: the same host there says nothing."""


def host_of(website: str | None) -> str | None:
    """The host of an address (or mail address) without `www.`; None for hosts that many share."""
    website = next(iter(re.split(r"[\s,;]+", (website or "").strip())))
    if not website:
        return None
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        return None  # an address that no browser opens identifies nobody
    host = host.removeprefix("www.")
    shared = any(host == one or host.endswith("." + one) for one in SHARED_HOSTS)
    return None if shared or "." not in host else host
