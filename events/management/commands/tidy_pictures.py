from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from events.pictures import KEPT_DAYS, tidy


class Command(BaseCommand):
    help = "Delete pictures that no event has shown for some time. For a daily timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_DAYS, help="0 deletes them at once")
        parser.add_argument("--dry-run", action="store_true", help="say what would go, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        tidied = tidy(days=options["days"], dry=options["dry_run"])
        for name in tidied.removed:
            self.stdout.write(_("%(name)s: removed, no event shows it") % {"name": name})
        for name in tidied.noted:
            self.stdout.write(_("%(name)s: noted, no event shows it") % {"name": name})
        if not tidied.removed and not tidied.noted:
            self.stdout.write(_("Every picture is shown by an event."))
