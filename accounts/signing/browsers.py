"""The family of a browser, as roughly as its owner needs to recognise it."""

import re

# The first that fits: most browsers also name the ones they descend from.
BROWSERS = [
    ("Edge", r"\bEdg(?:e|A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|Chromium|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
]
SYSTEMS = [
    ("Android", r"\bAndroid\b"),
    ("iOS", r"\b(?:iPhone|iPad)\b"),
    ("Windows", r"\bWindows\b"),
    ("macOS", r"\bMac OS X\b"),
    ("Linux", r"\bLinux\b"),
]


def family(agent: str) -> str:
    """ "Firefox, Linux", or what of it the header tells; empty if nothing."""
    found = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    return ", ".join(filter(None, found))


def _first(names: list[tuple[str, str]], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), "")
