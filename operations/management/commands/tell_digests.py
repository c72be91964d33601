import json
from typing import Any

from django.core.management.base import BaseCommand

from operations.backup import digests


class Command(BaseCommand):
    help = "Tells what a backup would say of the data as they are now, as JSON; restoring compares it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(digests()))
