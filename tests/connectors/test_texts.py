"""Texts of other systems: markup goes, words stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.texts import plain, translated


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Unu</p><p>Doi &amp; trei</p>", "Unu\nDoi & trei"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("a<br>b", "a\nb"),
        ("<script>alert(1)</script>Bun<style>x{}</style>", "Bun"),
        ("<a href='javascript:x'>leg</a>ătură", "legătură"),
        ("<img src=x onerror=alert(1)>text", "text"),
        ("3 < 5 și 7 > 6", "3 < 5 și 7 > 6"),
        ("Timişoara", "Timișoara"),
        (None, ""),
    ],
)
def test_markup_is_taken_out(html, text):
    assert plain(html) == text


@given(st.text())
def test_no_text_breaks_it(text):
    assert "<script" not in plain("<p>" + text).lower() or "&lt;" in text


def test_languages_are_kept_apart():
    value = {"translations": [{"locale": "ro", "text": "da"}, {"locale": "en-GB", "text": "yes"}]}
    assert translated(value, "ro") == {"ro": "da", "en": "yes"}
    assert translated({"translations": [{"locale": "hu", "text": "igen"}]}, "ro") == {"ro": "igen"}
    assert translated("da", "ro") == {"ro": "da"}
    assert translated(None, "ro") == {}
    assert translated({"translations": ["da", None, {"text": "da"}]}, "ro") == {"ro": "da"}
