"""What is kept of a question."""

import pytest

from lib.questions import cleaned


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  E-Akte \t 2027\n", "E-Akte 2027"),
        ("ki\x00nul", "ki nul"),
        ("\u202ednil\u202c \u2066ki\u2069", "dnil ki"),
        ("k\u200bi Ver\u00adwaltung \ufeffozg", "ki Verwaltung ozg"),
        ("a\ud800b", "ab"),
        ("Çelik 日本 👩🏽 “Ö”", "Çelik 日本 👩🏽 “Ö”"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(typed, kept):
    assert cleaned(typed) == kept
