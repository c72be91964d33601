from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalogue.removing import remove_samples


class Command(BaseCommand):
    help = "Remove all samples. What a real entry refers to stays and is named."

    def handle(self, *args: Any, **options: Any) -> None:
        removal = remove_samples()
        for section, count in removal.removed.items():
            self.stdout.write(_("%(section)s: %(count)d removed") % {"section": section, "count": count})
        if not removal.removed:
            self.stdout.write(_("There are no samples to remove."))
        for notice in removal.stays:
            text = _("%(section)s · %(slug)s stays: used by %(users)s")
            values = {"section": notice.section, "slug": notice.slug, "users": notice.reason}
            self.stdout.write(text % values)
