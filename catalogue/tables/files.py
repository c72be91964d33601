"""Which kind of table a file is: told by its content, whatever it is called."""

from io import BytesIO

from django.utils.translation import gettext as _

from catalogue.tables import csv_files, workbooks
from catalogue.tables.grids import Grid, UnreadableError, check_size

ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read(content: bytes) -> Grid:
    """The rows of a CSV file or of a workbook; raises UnreadableError."""
    check_size(len(content))
    if content.startswith(ZIP):
        return workbooks.read(BytesIO(content))
    if content.startswith(OLD_WORKBOOK):
        raise UnreadableError(
            _("This is a workbook of the old kind .xls, or one with a password. Save it as .xlsx or as CSV.")
        )
    return csv_files.read(content)
