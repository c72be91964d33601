from typing import Any

from django.core.management.base import BaseCommand

from privacy.periods import delete_expired


class Command(BaseCommand):
    help = (
        "Deletes what has been kept long enough: uploads, runs of jobs, logs of the admin, and more; see"
        " docs/privacy.md for the periods. To be run every day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = delete_expired()
        told = ", ".join(f"{name}: {count}" for name, count in done.items() if count)
        self.stdout.write(told or "Nothing has been kept too long.")
