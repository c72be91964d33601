from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from accounts.leaving import Needed, leave, pseudonym
from trail.acting import acting


class Command(BaseCommand):
    help = (
        "Erases whose account it is: name, address, sign-ins, rights. Histories go on naming it by its"
        " number. This cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        try:
            with acting(None, "anonymise_account"):
                leave(user)
        except Needed:
            raise CommandError("This is the last superuser: make another one first.") from None
        self.stdout.write(f"From now on it is called {pseudonym(user)}.")
