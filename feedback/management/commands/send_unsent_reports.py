from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.actions import deliver
from feedback.models import Report


class Command(BaseCommand):
    help = "Mails the reports that could not be mailed when they came in. To be run every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = list(Report.objects.unsent().values_list("pk", flat=True))
        sent = sum(deliver(number) for number in numbers)
        left = Report.objects.unsent().count()
        self.stdout.write(f"{sent} mailed, {left} left.")
        if left:
            raise CommandError("Some reports are still unsent: see the log, EMAIL_URL and REPORT_RECIPIENTS.")
