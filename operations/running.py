"""Doing what is due: each job by one process at a time, and noted whatever becomes of it."""

import datetime as dt
import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from lib.sessions import must_last
from operations.jobs import Job, is_due
from operations.models import JobRun

# The first of the two numbers of an advisory lock; the second is made of the command's name.
_TURNS = 7_303_012

# An advisory lock of two numbers, as PostgreSQL shows it: they stand there as unsigned ones.
_AT_WORK = """
SELECT command FROM unnest(%s::text[]) AS command
WHERE EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND classid = %s AND objsubid = 2
      AND objid::bigint = hashtext(command)::bigint & 4294967295
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""

log = logging.getLogger(__name__)


class Outcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    ELSEWHERE = "is running elsewhere"
    NOT_DUE = "was done elsewhere meanwhile"


@dataclass(frozen=True)
class Told:
    outcome: Outcome
    said: str = ""
    seconds: float = 0.0


@contextmanager
def turn(command: str) -> Iterator[bool]:
    """Whether nobody else is at this job; if so, nobody else will be until the block ends.

    The lock belongs to a connection of its own: it ends with the process, however that ends, and whatever
    the job does to the usual connection.
    """
    must_last()
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_TURNS, command])
            (is_ours,) = cursor.fetchone()
        try:
            yield is_ours
        finally:
            # A closed connection lets go of its locks, too, but a moment later.
            with own.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        own.close()


def at_work(commands: list[str]) -> set[str]:
    """Those of them that some process is at now (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute(_AT_WORK, [commands, _TURNS])
        return {command for (command,) in cursor.fetchall()}


def run(job: Job, at: dt.datetime | None = None, *, anyway: bool = False) -> Told:
    """Does the job if it is due, or `anyway`. What goes wrong in it is noted, not raised."""
    with turn(job.command) as is_ours:
        if not is_ours:
            return Told(Outcome.ELSEWHERE)
        moment = at or timezone.now()
        # Read within the turn: somebody may have done it since we last looked.
        last = JobRun.objects.filter(command=job.command).order_by("-pk").first()
        if not anyway and not is_due(job, last, moment):
            return Told(Outcome.NOT_DUE)
        noted = JobRun.objects.create(command=job.command, began_at=moment)
        begun = time.monotonic()
        succeeded, said = _call(job)
        seconds = time.monotonic() - begun
        JobRun.objects.filter(pk=noted.pk).update(
            ended_at=moment + dt.timedelta(seconds=seconds), succeeded=succeeded, said=said
        )
    return Told(Outcome.DONE if succeeded else Outcome.FAILED, said, seconds)


def _call(job: Job) -> tuple[bool, str]:
    """(whether it succeeded, the last line that it wrote or why it failed)"""
    written = io.StringIO()
    try:
        call_command(job.command, stdout=written, stderr=written, no_color=True)
    except CommandError as error:
        return False, _cut(str(error))
    except Exception as error:
        log.exception("The job %s failed.", job.command)
        # Only what kind: the words of an error may tell what stood in a row. They are in the log.
        return False, type(error).__name__
    lines = written.getvalue().strip().splitlines()
    return True, _cut(lines[-1] if lines else "")


def _cut(text: str) -> str:
    most = JobRun._meta.get_field("said").max_length or 0
    return text if len(text) <= most else f"{text[: most - 1]}…"
