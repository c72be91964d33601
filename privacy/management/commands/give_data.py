import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from privacy import subjects, telling


class Command(BaseCommand):
    help = (
        "Writes everything that is stored on a person, an account or an e-mail address into a file, for who"
        " asks (GDPR art. 15), and notes that it was given. The file's ending says the form: .json or .html."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        for subject, told in (
            ("person", "the last part of the page's address"),
            ("account", "the user name"),
            ("address", "the e-mail address"),
        ):
            which.add_argument(f"--{subject}", metavar="WHICH", help=told)
        parser.add_argument("--into", type=Path, required=True, help="a file that is not there yet")
        parser.add_argument("--language", default="de", help="of labels (de)")

    def handle(self, *args: Any, **options: Any) -> None:
        subject = next(name for name in ("person", "account", "address") if options[name] is not None)
        path: Path = options["into"]
        if path.suffix not in (".json", ".html"):
            raise CommandError("The file must end with .json or .html.")
        thing = subjects.find(subject, options[subject])
        if thing is None:
            raise CommandError(f"Nothing is known of this {subject}.")
        with override(options["language"]):
            told = telling.tell(subject, thing)
            text = told.as_json() if path.suffix == ".json" else told.as_html()
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from None
        telling.note(subject, subjects.identifier(subject, thing))
        self.stdout.write(f"{path}: {sum(len(one.rows) for one in told.sections)} rows.")
