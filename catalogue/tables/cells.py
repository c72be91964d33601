"""Values as they stand in a cell: written so that people read them, read as spreadsheets hand them back.

A list stands in one cell, its items separated by semicolons; a row of a list is written field by field,
separated by upright strokes. Where a text itself holds one of the two, a backslash stands before it.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from catalogue.kinds import BadValueError, Clock, Day, Flag, Kind, Number, Whole, Words

TRUE = ("yes", "ja", "true", "wahr", "1")
FALSE = ("no", "nein", "false", "falsch", "0")
# No spreadsheet takes a longer cell.
LONGEST_CELL = 32_767
# What XML cannot hold.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_GERMAN_MONTH = re.compile(r"(\d{1,2})[./](\d{4})", re.ASCII)
_WITH_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(:00)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(:00)?( Uhr)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+", re.ASCII)


def normal(text: str) -> str:
    """The text as every program gives it back: one kind of line end, nothing around it, nothing invisible."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same(cell: str, stored: str) -> bool:
    """Whether the cell still says what was written into it, cut where a spreadsheet cuts."""
    cell, stored = normal(cell), normal(stored)
    return cell == stored or (len(cell) >= LONGEST_CELL and stored.startswith(cell))


# -- writing -------------------------------------------------------------------------------------


def write(value: Any) -> str:
    """A value of a record (JSON) as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUE[0] if value else FALSE[0]
    if isinstance(value, list):
        return "; ".join(_shielded(write(item)) for item in value)
    return str(value)


def write_rows(rows: list[dict[str, Any]], keys: list[str]) -> str:
    """Rows of a list, one a line; fields at the end that say nothing are left out."""
    return ";\n".join(_row([write(row.get(key)) for key in keys]) for row in rows)


def _row(fields: list[str]) -> str:
    while len(fields) > 1 and not fields[-1]:
        fields = fields[:-1]
    return " | ".join(_shielded(field) for field in fields)


def _shielded(text: str) -> str:
    return re.sub(r"[\\;|]", lambda found: f"\\{found[0]}", text)


# -- reading -------------------------------------------------------------------------------------


def read(kind: Kind, text: str) -> Any:
    """The value that JSON would hold; raises BadValueError. `kind` judges the rest."""
    for kinds, reader in READERS.items():
        if isinstance(kind, kinds):
            return reader(text)
    return text


def split(text: str, separator: str) -> list[str]:
    """The parts between separators without a backslash before them; empty ones at the end do not count."""
    parts = [""]
    shielded = False
    for letter in text:
        if letter == separator and not shielded:
            parts.append("")
        else:
            parts[-1] += letter
        shielded = letter == "\\" and not shielded
    parts = [part.strip() for part in parts]
    return parts[:-1] if len(parts) > 1 and not parts[-1] else parts


def plain(text: str) -> str:
    """Without the backslashes that shield letters."""
    return re.sub(r"\\([\\;|])", r"\1", text)


def items(text: str) -> list[str]:
    return [plain(part) for part in split(text, ";")] if text else []


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in TRUE + FALSE:
        return word in TRUE
    raise BadValueError(_("must be yes or no"))


def _whole(text: str) -> Any:
    number = text.replace(".", "") if _THOUSANDS.fullmatch(text) else text
    return int(number) if re.fullmatch(r"[+-]?\d{1,18}", number, re.ASCII) else text


def _number(text: str) -> Any:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def day(text: str) -> str:
    """A day or a vaguer date as the exchange file writes it, where a spreadsheet has made it its own."""
    if found := _GERMAN_DAY.fullmatch(text):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := _GERMAN_MONTH.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02}"
    if found := _WITH_MIDNIGHT.fullmatch(text):
        return found[1]
    return text


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    return f"{int(found[1]):02}:{found[2]}" if found else text


READERS: dict[type[Kind], Callable[[str], Any]] = {
    Flag: _flag,
    Whole: _whole,
    Number: _number,
    Day: day,
    Clock: _clock,
    Words: items,
}
