from typing import Any

from django.core.management.base import BaseCommand

from feedback.actions import delete_old, erase_contacts


class Command(BaseCommand):
    help = (
        "Erases names and e-mail addresses from reports after REPORT_CONTACT_DAYS and deletes reports after"
        " REPORT_DAYS. To be run every day; the privacy page promises it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = delete_old()
        erased = erase_contacts()
        self.stdout.write(f"{deleted} deleted, personal data erased from {erased}.")
