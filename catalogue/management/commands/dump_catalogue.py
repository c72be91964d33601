import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue import dumping
from lib.whole_files import write_whole


class Command(BaseCommand):
    help = "Write the catalogue as an exchange file, without samples and anonymised people."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--output", "-o", type=Path, help="a file instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        text = dumping.dump()
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        try:
            write_whole(options["output"], text.encode())
        except OSError as error:
            text = _("%(path)s cannot be written: %(reason)s.")
            raise CommandError(text % {"path": options["output"], "reason": error.strerror}) from None
