"""Romanian letters without their marks, one for one."""

from __future__ import annotations

_PLAIN = str.maketrans("ăâîșşțţĂÂÎȘŞȚŢ", "aaissttaaisstt")


def plain(words: str) -> str:
    """Small letters without marks; as many characters as before."""
    return words.translate(_PLAIN).lower()
