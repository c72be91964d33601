import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue import dumping


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
            replace(options["output"], text)
        except OSError as error:
            text = _("%(path)s cannot be written: %(reason)s.")
            raise CommandError(text % {"path": options["output"], "reason": error.strerror}) from None


def replace(path: Path, text: str) -> None:
    """Write the file as a whole or not at all: a reader never finds half of it."""
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(text.encode())
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
