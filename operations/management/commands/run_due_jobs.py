from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operations.jobs import Job, all_jobs, due, due_at
from operations.models import JobRun
from operations.running import Outcome, run


class Command(BaseCommand):
    help = (
        "Does all periodic work that is due: the one command for a timer, every five minutes. It may be"
        " killed and may run twice at a time; ends with status 1 if a job failed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="say what there is and when it is due")
        parser.add_argument("--job", metavar="NAME", help="this one only, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self._list()
        else:
            self._run(options["job"])

    def _run(self, chosen: str | None) -> None:
        last = JobRun.objects.all().latest_by_command()
        jobs = self._named(chosen) if chosen else due(last, timezone.now())
        failed = [job.command for job in jobs if self._failed(job, bool(chosen))]
        if not jobs:
            self.stdout.write("Nothing is due.")
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; they are tried again.")

    def _named(self, name: str) -> list[Job]:
        found = [job for job in all_jobs() if job.command == name]
        if not found:
            known = ", ".join(job.command for job in all_jobs())
            raise CommandError(f"There is no job “{name}”. There are: {known}.")
        return found

    def _failed(self, job: Job, anyway: bool) -> bool:
        told = run(job, anyway=anyway)
        words = f"{told.outcome} in {told.seconds:.1f} s" if told.seconds else str(told.outcome)
        self.stdout.write(f"{job.command}: {words}{': ' if told.said else ''}{told.said}")
        self.stdout.flush()
        return told.outcome is Outcome.FAILED

    def _list(self) -> None:
        runs = JobRun.objects.all().latest_by_command()
        for job in all_jobs():
            last = runs.get(job.command)
            moment = due_at(job, last)
            begun = f"last {last.began_at:%Y-%m-%d %H:%M} UTC" if last else "never yet"
            when = f"due {moment:%Y-%m-%d %H:%M} UTC" if moment else "due at once"
            self.stdout.write(f"{job.command}: every {job.every}, {begun}, {when}")
