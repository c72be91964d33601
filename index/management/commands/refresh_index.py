from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from index.refresh import refresh_all


class Command(BaseCommand):
    help = (
        "Read the entries that have changed into the search index; searches do so by themselves, in portions."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(_("%(count)d entries read.") % {"count": refresh_all()})
