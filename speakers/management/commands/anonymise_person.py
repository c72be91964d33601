from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from index.refresh import refresh_all
from privacy.finding import find
from privacy.names import Wording
from speakers.actions import Traces, anonymise, traces
from speakers.models import Speaker
from trail.acting import acting


class Command(BaseCommand):
    help = (
        "Erases a person for good, in the entries, the history, the index, reports, logs and kept pages. With"
        " --dry-run it says where the name stands and changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", help="the last part of the page's address, or the permanent identifier")
        parser.add_argument("--dry-run", action="store_true", help="only say where the name stands")
        for code, language in settings.LANGUAGES:
            parser.add_argument(
                f"--instead-{code}", default="", metavar="WORDS", help=f"put into texts instead ({language})"
            )
        parser.add_argument(
            "--family-name-alone",
            action="store_true",
            help="the family name by itself means this person, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        speaker = self._found(options["person"])
        texts = {code: options[f"instead_{code}"].strip() for code, _language in settings.LANGUAGES}
        wording = Wording(texts, options["family_name_alone"])
        if options["dry_run"]:
            self._tell(traces(speaker, wording))
            return
        with acting(None, "anonymise_person"):
            left = anonymise(speaker, wording)
        # An entry that the index has yet to read may have named the person before.
        refresh_all()
        self._tell(left)
        places = find(left.names.certain)
        told = ", ".join(f"{table}: {count}" for table, count in places.items()) or "nowhere else"
        self.stdout.write(f"Anonymised. The name stands in the database: {told}.")
        self.stdout.write("The room of what was erased is freed by tidy_after_erasures.")

    def _found(self, asked: str) -> Speaker:
        which = Q(uid=asked) if len(asked) == 36 and asked.count("-") == 4 else Q(slug=asked)
        found = Speaker.objects.listed().filter(which).first()
        if found is None:
            raise CommandError("There is no such person, or they have been anonymised.")
        return found

    def _tell(self, found: Traces) -> None:
        """Entries by their page in the admin, as editors find them."""
        for one in found.mentions:
            self.stdout.write(one.told)
        for label, count in found.beside.items():
            self.stdout.write(f"{label}: {count}, erased with the name")
        if not found.mentions:
            self.stdout.write("No text of an entry says the name.")
