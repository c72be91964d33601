"""Bring the records of an exchange file into the database: all of them or, at the first doubt, none.

They pass in portions, so that neither memory nor the number of rows in one statement grows with the file.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from catalogue import checking, consistency, deciding, documents, reading, surveying, writing
from catalogue.entries import Batch, Entries, Entry, RefusedError, Rejection, Report
from catalogue.fields import Section
from catalogue.schema import EVENTS, SECTIONS
from catalogue.spool import PORTION, Spool
from catalogue.surveying import Survey
from journal.turns import take_turn
from lib import collecting

Progress = Callable[[str], None]
# After so many new entries the database's knowledge of its tables misleads: a page's query took minutes.
MANY = 100
# And once more while it goes on, when there are so many times as many.
GROWTH = 16
# Seconds between two lines about the same long work.
EVERY = 3.0


def silent(line: str) -> None:
    """Progress that nobody reads."""


def nothing() -> None:
    """Nobody wants to know."""


class Pulse:
    """Tells now and then how far long work has come; `tell` gets a line at most every few seconds."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._begun = self._told = time.monotonic()

    def beat(self, what: str, done: int, whole: int | None = None) -> None:
        """`whole` is left out where nobody knows how much it will be."""
        now = time.monotonic()
        if now - self._told < EVERY:
            return
        self._told = now
        seconds = int(now - self._begun)
        numbers = {"what": what, "done": done, "whole": whole, "seconds": seconds}
        known = _("%(what)s: %(done)d of %(whole)d (%(seconds)d s)")
        text = known if whole is not None else _("%(what)s: %(done)d (%(seconds)d s)")
        self._tell(text % numbers)


def load(content: bytes, *, progress: Progress = silent) -> Report:
    """Load an exchange file of either version.

    Entries that editors changed, made, renamed or deleted since the last load are left alone and
    reported. Raises RefusedError with every rejection; then nothing has changed.
    """
    return _load(documents.of_bytes(content), progress, silent)


def load_file(
    path: Path,
    *,
    progress: Progress = silent,
    pulse: Progress = silent,
    written: Callable[[], None] = nothing,
) -> Report:
    """The same of a file; `pulse` gets a line every few seconds while the work goes on. `written` is called
    within the transaction after each portion of events, which are the last."""
    with collecting.seldom():
        return _load(documents.of_file(path), progress, pulse, written)


def _load(
    records: documents.Records,
    progress: Progress,
    pulse: Progress,
    written: Callable[[], None] = nothing,
) -> Report:
    beating = Pulse(pulse)
    batch = reading.read(_counted(records, beating))
    progress(_("%(count)d records read") % {"count": sum(len(names) for names in batch.named.values())})
    return load_batch(batch, progress=progress, pulse=beating, written=written)


def _counted(records: documents.Records, pulse: Pulse) -> documents.Records:
    for number, record in enumerate(records):
        if number % PORTION == 0:
            pulse.beat(_("records read so far"), number)
        yield record


def load_batch(
    batch: Batch,
    *,
    is_sample: bool = False,
    progress: Progress = silent,
    pulse: Pulse | None = None,
    written: Callable[[], None] = nothing,
) -> Report:
    """Load what `reading.read` has read, as real entries or as samples."""
    try:
        with transaction.atomic():
            lock()
            known = surveying.survey(batch, is_sample=is_sample)
            for section in SECTIONS:
                writing.reserve(section, known.fresh[section.name], known.keys)
            for section in SECTIONS:
                _load_section(section, known, pulse or Pulse(silent), written)
                if not batch.rejections:
                    progress(_summary(section, known.report))
            batch.rejections += consistency.circles(known)
            if batch.rejections:
                raise RefusedError(sorted(batch.rejections, key=_in_file_order))
            if known.report.created.total() > MANY:
                _measure()
            return known.report
    except (IntegrityError, DataError) as error:
        # Every rule is checked beforehand; this is the net below.
        raise RefusedError.whole(_("The database refuses: %(reason)s") % {"reason": error}) from error


def _load_section(section: Section, known: Survey, pulse: Pulse, written: Callable[[], None]) -> None:
    """Once a record is rejected nothing more is written, but all others are still looked at."""
    entries, done, counted = known.batch.entries[section.name], 0, 0
    for portion in portions(entries):
        part = Batch({section.name: portion}, known.batch.named, known.batch.rejections)
        checking.check_all(part)
        plan = deciding.decide(known, section, portion)
        if not known.batch.rejections:
            writing.write(plan, known.report)
            made = known.report.created[section.name]
            if made > counted * GROWTH + MANY:
                _measure(section.model, *(child.model for child in section.children))
                counted = made
            if section is EVENTS:
                _remember_versions()
                written()
        done += len(portion)
        pulse.beat(section.name, done, len(entries))


def _remember_versions() -> None:
    """What visitors can read of the events' history, portion by portion rather than all at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_remember_versions()")


def portions(entries: Entries) -> Iterator[list[Entry]]:
    """The entries of a section, at most PORTION at a time."""
    if isinstance(entries, Spool):
        yield from entries.portions()
    else:
        yield list(entries)


def _in_file_order(rejection: Rejection) -> int:
    return [section.name for section in SECTIONS].index(rejection.section)


def _measure(*models: type[Model]) -> None:
    """The database counts anew what its planner goes by, of these or of all tables.

    By itself it would do so only after a while, and go on until then with plans for tables that were empty.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in models)}")


def _summary(section: Section, report: Report) -> str:
    counts = {
        "section": section.name,
        "new": report.created[section.name],
        "changed": report.updated[section.name],
        "same": report.unchanged[section.name],
        "left": report.left_in(section.name),
    }
    text = _("%(section)s: %(new)d new, %(changed)d changed, %(same)d unchanged, %(left)d left alone")
    return text % counts


def lock() -> None:
    """Editors' saves wait until the load is through; readers do not."""
    tables = ", ".join(section.model._meta.db_table for section in SECTIONS)
    take_turn()
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")
