"""A table on its way to the browser."""

from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from catalogue.fields import Section
from catalogue.tables import csv_files, exporting, workbooks
from lib.site import site_name

DIALECTS = {"csv-german": csv_files.GERMAN, "csv": csv_files.PLAIN}


def table(section: Section, found: QuerySet[Any], form: str) -> HttpResponseBase:
    """The entries as a file of that form (`catalogue.editing.forms.FORMATS`), in little memory."""
    header, rows = exporting.header(section), exporting.rows(section, found)
    numbers = exporting.numbers(section)
    stem = f"{slugify(site_name())}-{section.name}-{timezone.localdate():%Y-%m-%d}"
    if form in DIALECTS:
        lines = csv_files.lines(header, rows, numbers, DIALECTS[form])
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
        return answer
    file = workbooks.write(
        header,
        rows,
        numbers,
        title=capfirst(str(section.model._meta.verbose_name_plural)),
        notes=exporting.notes(section),
        notes_title=_("Columns"),
    )
    return FileResponse(file, as_attachment=True, filename=f"{stem}.xlsx")
