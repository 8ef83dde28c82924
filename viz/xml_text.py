"""Text that may stand in XML: characters that XML 1.0 cannot hold are replaced."""

from __future__ import annotations

import re

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """The text with the sign of replacement in the place of what XML cannot hold."""
    return _UNFIT.sub("\ufffd", text)
