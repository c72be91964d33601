"""Bring the records of an exchange file into the database: all of them or, at the first doubt, none."""

from collections.abc import Callable

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from catalogue import checking, deciding, reading, writing
from catalogue.entries import Batch, RefusedError, Rejection, Report
from catalogue.schema import SECTIONS
from journal.turns import take_turn

Progress = Callable[[str], None]
# After so many new entries the database's knowledge of its tables misleads: a page's query took minutes.
MANY = 100


def silent(line: str) -> None:
    """Progress that nobody reads."""


def load(content: bytes, *, progress: Progress = silent) -> Report:
    """Load an exchange file of either version.

    Entries that editors changed, made, renamed or deleted since the last load are left alone and
    reported. Raises RefusedError with every rejection; then nothing has changed.
    """
    batch = reading.read(reading.parse(content))
    progress(_("%(count)d records read") % {"count": sum(len(names) for names in batch.named.values())})
    return load_batch(batch, progress=progress)


def load_batch(batch: Batch, *, is_sample: bool = False, progress: Progress = silent) -> Report:
    """Load what `reading.read` has read, as real entries or as samples."""
    checking.check_all(batch)
    try:
        with transaction.atomic():
            lock()
            plan = deciding.decide(batch, is_sample=is_sample)
            if batch.rejections:
                raise RefusedError(sorted(batch.rejections, key=_in_file_order))
            writing.write(plan, progress)
            if plan.report.created.total() > MANY:
                _measure()
            return plan.report
    except (IntegrityError, DataError) as error:
        # Every rule is checked beforehand; this is the net below.
        raise RefusedError.whole(_("The database refuses: %(reason)s") % {"reason": error}) from error


def _in_file_order(rejection: Rejection) -> int:
    return [section.name for section in SECTIONS].index(rejection.section)


def _measure() -> None:
    """The database counts anew what its planner goes by; by itself it would do so only after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def lock() -> None:
    """Editors' saves wait until the load is through; readers do not."""
    tables = ", ".join(section.model._meta.db_table for section in SECTIONS)
    take_turn()
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
