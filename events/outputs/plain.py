"""Values that every format can carry."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as Xml

from lib.printable import UNPRINTABLE

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Text that every format can carry; line ends become `\\n`."""
    return UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text)).strip()


def line(text: str) -> str:
    """Clean text on one line, blanks folded."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # most texts; nothing that has to be cleaned or folded is printable
    return " ".join(clean(text).split())


def web(url: str) -> str:
    """An address without blanks and line ends, so that it cannot end the line it stands in."""
    return "".join(clean(url).split())


def names(nouns: Iterable[str]) -> list[str]:
    """Names on one line each, in order, each once."""
    return list(dict.fromkeys(line(name) for name in nouns))


def moment(value: dt.datetime) -> str:
    """An instant in UTC to the second (RFC 3339, W3C Date and Time Formats)."""
    return value.astimezone(dt.UTC).isoformat(timespec="seconds")


def known(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what nobody knows; "no" and 0 are knowledge."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def xml(root: Xml.Element) -> bytes:
    """An element tree as a document in UTF-8, a line for each element."""
    Xml.indent(root, " ")
    body: bytes = Xml.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
