import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalogue import samples
from catalogue.entries import RefusedError
from catalogue.management.commands.load_catalogue import refusal, summary


class Command(BaseCommand):
    help = "Load the sample events, or move their dates to today. Removed samples do not come back."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            report = samples.load(timezone.localdate(), progress=self.stderr.write)
        except RefusedError as refused:
            raise CommandError(refusal(refused)) from None
        self.stdout.write(summary(report, time.monotonic() - started))
