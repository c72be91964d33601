"""What operations know, as numbers for Prometheus (text format 0.0.4).

Most numbers are the database's, so every process tells the same. Requests are counted by each process for
itself, and bear its number, so that a monitoring that meets another one each time does not mix them up.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import Error

from operations.answers import text as of_answers
from operations.facts import Metric, all_facts
from operations.jobs import all_jobs, overdue
from operations.models import JobRun

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(at: dt.datetime) -> str:
    """All of them, each with a line on what it is; without the database those of this process."""
    try:
        found = [Metric("database_up", "Whether the database answers.", {"": 1.0}), *_all(at)]
    except Error:
        found = [Metric("database_up", "Whether the database answers.", {"": 0.0})]
    return "".join(map(_written, found)) + of_answers()


def _all(at: dt.datetime) -> Iterator[Metric]:
    yield from (fact.metric for fact in all_facts(at) if fact.metric)
    jobs, last = all_jobs(), JobRun.objects.all().latest_by_command()
    # A job that is offered no more would have failed for ever.
    runs = {job.command: last[job.command] for job in jobs if job.command in last}
    began = {name: run.began_at.timestamp() for name, run in runs.items()}
    yield Metric("job_begun_timestamp_seconds", "When the job was begun last.", began)
    ended = {name: run.lasted.total_seconds() for name, run in runs.items() if run.lasted is not None}
    yield Metric("job_duration_seconds", "How long its last run took.", ended)
    succeeded = {name: float(run.succeeded) for name, run in runs.items() if run.ended_at}
    yield Metric("job_succeeded", "Whether its last run succeeded.", succeeded)
    late = {job.command: float(overdue(job, runs.get(job.command), at)) for job in jobs}
    yield Metric("job_overdue", "Whether it was not begun for twice its interval and an hour.", late)


def _written(metric: Metric) -> str:
    name = f"kongressatlas_{metric.name}"
    lines = [f"# HELP {name} {metric.help}", f"# TYPE {name} gauge"]
    for value, number in sorted(metric.samples.items()):
        label = f'{{job="{value}"}}' if value else ""
        lines.append(f"{name}{label} {number:.12g}")
    return "\n".join(lines) + "\n"
