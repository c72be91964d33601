"""The lines of iCalendar (RFC 5545 §3.1): escaped, folded, ended.

Written by hand because calendars of all events are the largest output: the icalendar package takes several
times as long, and it takes a `\\N` in somebody's text for a line end. The tests read every line back with it.
"""

import datetime as dt
import re

_QUOTED = re.compile(r'["\x00-\x1f\x7f]')
LONGEST = 75  # octets, without the line end


def line(name: str, value: str, /, **parameters: str) -> bytes:
    """One property. The value is written as it is: TEXT goes through `text` before."""
    if not parameters:
        content = f"{name}:{value}\r\n".encode()
        return content if len(content) <= LONGEST + 2 else fold(content[:-2])
    said = "".join(f";{key.upper()}={_parameter(told)}" for key, told in parameters.items())
    return fold(f"{name}{said}:{value}".encode())


def _parameter(value: str) -> str:
    """A parameter's value; quoted where it holds what would end it (RFC 5545 §3.2)."""
    plain = _QUOTED.sub("'", value)
    return f'"{plain}"' if re.search("[:;,]", plain) else plain


def text(value: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11)."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def texts(values: list[str]) -> str:
    """Several TEXT values of one property."""
    return ",".join(text(value) for value in values)


def moment(value: dt.datetime) -> str:
    """An instant in UTC."""
    return _basic(value.astimezone(dt.UTC)) + "Z"


def local(value: dt.datetime) -> str:
    """The same clock reading without its zone, which stands in TZID."""
    return _basic(value)


def date(value: dt.date) -> str:
    return value.isoformat().replace("-", "")


def _basic(value: dt.datetime) -> str:
    """ISO 8601 in its basic form to the second; `strftime` takes three times as long."""
    return value.isoformat()[:19].replace("-", "").replace(":", "")


def fold(content: bytes) -> bytes:
    """The line in pieces of at most 75 octets; no character and no escape is torn apart."""
    if len(content) <= LONGEST:
        return content + b"\r\n"
    pieces, start, room = [], 0, LONGEST
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:
            end -= 1
        if content[end - 1] == ord("\\"):
            end -= 1
        pieces.append(content[start:end])
        start, room = end, LONGEST - 1
    pieces.append(content[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
