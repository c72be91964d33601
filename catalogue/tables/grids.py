"""What an uploaded file holds before anybody asks what it means: rows of texts."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_BYTES = 10_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200


class UnreadableError(Exception):
    """The file as a whole cannot be taken; the message says why and what to do."""


@dataclass
class Grid:
    """`rows` are the lines below the header that hold anything, with their number in the file.

    `faults` are cells that hold no text, such as formulas: {number of the row: {place of the cell: reason}}.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    faults: dict[int, dict[int, str]] = field(default_factory=dict)


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise UnreadableError(
            _("The file has %(size)d MB; a table may have %(most)d MB. Divide it.")
            % {"size": -(-size // 1_000_000), "most": MOST_BYTES // 1_000_000}
        )


def check_counts(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise UnreadableError(_("A table may have %(most)d rows. Divide it.") % {"most": MOST_ROWS})
    if columns > MOST_COLUMNS:
        raise UnreadableError(_("A table may have %(most)d columns.") % {"most": MOST_COLUMNS})


def check_header(header: list[str]) -> None:
    if not any(header):
        raise UnreadableError(_("The first row must hold the names of the columns. It is empty."))
