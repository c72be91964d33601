from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from curation.links.running import UnderWay, check
from curation.models.links import LinkState


class Command(BaseCommand):
    help = "Asks the addresses in published entries whether they still lead somewhere; for a timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=500, help="addresses at most (500)")
        parser.add_argument("--seconds", type=float, default=600, help="no new address after that long (600)")

    def handle(self, *args: Any, **options: Any) -> None:
        def progress(done: int, total: int) -> None:
            if options["verbosity"] > 1 or done % 50 == 0:
                self.stdout.write(f"{done} of {total} …")

        try:
            told = check(most=options["most"], seconds=options["seconds"], progress=progress)
        except UnderWay:
            raise CommandError("Another process is checking links just now; nothing was done.") from None
        counted = ", ".join(
            f"{LinkState(state).value} {count}" for state, count in sorted(told.states.items())
        )
        self.stdout.write(
            f"{told.new} addresses are new, {told.gone} are no longer used. "
            f"{told.asked} of {told.due} that were due have been asked{': ' if counted else ''}{counted}."
        )
