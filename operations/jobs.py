"""The periodic work of all apps: what there is, how often, and what is due.

An app offers its jobs in `AppConfig.ready()`. A job is a management command that can be broken off at any
moment and goes on the next time; `run_due_jobs` is the one command that a timer calls.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from lib.editing.forms import Text

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
# A job that failed is tried again after that long, or when it is due anyway.
RETRY = 10 * MINUTE
# Timers are not exact: what would be due within this share of its interval is due.
SLACK = 0.1


@dataclass(frozen=True)
class Job:
    """`command` is the name of a management command, called without arguments every so often."""

    command: str
    label: Text
    every: dt.timedelta


class Run(Protocol):
    """The last time that a job was begun. Not ended, and nobody at it: it was broken off."""

    began_at: dt.datetime
    ended_at: dt.datetime | None
    succeeded: bool


_jobs: dict[str, Job] = {}


def offer(command: str, label: Text, every: dt.timedelta) -> None:
    _jobs[command] = Job(command, label, every)


def all_jobs() -> list[Job]:
    """The frequent ones first, since the others may take their time."""
    return sorted(_jobs.values(), key=lambda job: (job.every, job.command))


def due_at(job: Job, last: Run | None) -> dt.datetime | None:
    """When the job is to be begun again; None for at once, since it has never been or was broken off."""
    if last is None or last.ended_at is None:
        return None
    return last.began_at + (job.every if last.succeeded else min(job.every, RETRY))


def is_due(job: Job, last: Run | None, at: dt.datetime) -> bool:
    """Also where the last time lies ahead: somebody has put the clock back."""
    moment = due_at(job, last)
    if last is None or moment is None or last.began_at > at:
        return True
    return moment - (moment - last.began_at) * SLACK <= at


def overdue(job: Job, last: Run | None, at: dt.datetime) -> bool:
    """Whether the timer seems to have stopped: the job was not begun for twice its interval and an hour."""
    return last is None or last.began_at + 2 * job.every + HOUR < at


def due(last: Mapping[str, Run], at: dt.datetime) -> list[Job]:
    """`last` by the names of the commands."""
    return [job for job in all_jobs() if is_due(job, last.get(job.command), at)]
