from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.actions import deliver, deliver_answer
from feedback.models import Report


class Command(BaseCommand):
    help = "Mails the reports and answers that could not be mailed at once. To be run every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = list(Report.objects.unsent().values_list("pk", flat=True))
        answers = list(Report.objects.unsent_answers().values_list("pk", flat=True))
        sent = sum(map(deliver, numbers)) + sum(map(deliver_answer, answers))
        left = Report.objects.unsent().count() + Report.objects.unsent_answers().count()
        self.stdout.write(f"{sent} mailed, {left} left.")
        if left:
            raise CommandError("Some reports are still unsent: see the log, EMAIL_URL and REPORT_RECIPIENTS.")
