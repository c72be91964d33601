import argparse
import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from index.locks import UnderWay
from index.rebuilding import rebuild


class Command(BaseCommand):
    help = "Read every entry into the search index again. The search goes on meanwhile."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--resume",
            action="store_true",
            help="go on with a rebuild that was cut short, and read what is pending",
        )
        parser.add_argument(
            "--jobs",
            type=int,
            default=os.cpu_count() or 1,
            help="processes that share the work of a large catalogue (as many as there are cores)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            done = rebuild(self._progress, anew=not options["resume"], jobs=options["jobs"])
        except UnderWay:
            raise CommandError(_("Another process is making the index anew already.")) from None
        seconds = time.monotonic() - started
        told = _("%(count)d entries read in %(seconds).1f s (%(rate)d per second).")
        self.stdout.write(told % {"count": done, "seconds": seconds, "rate": done / max(seconds, 0.001)})

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(_("%(done)d of %(total)d entries") % {"done": done, "total": total})
