from typing import Any

from django.core.management.base import BaseCommand

from accounts.signing.history import delete_old


class Command(BaseCommand):
    help = "Forgets who signed in when, after SIGN_IN_DAYS. To be run every day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{delete_old()} deleted.")
