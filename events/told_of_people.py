"""What events say of a person, for who asks what is stored on them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Appearance
from privacy import telling
from privacy.models import Subject
from privacy.telling import Row, row_of
from speakers.models import Speaker


def offer_answers() -> None:
    telling.offer(Subject.PERSON, gettext_lazy("Appearances at events"), appearances)


def appearances(speaker: Speaker) -> Iterable[Row]:
    links = Appearance.objects.filter(speaker=speaker).select_related("event", "session", "organisation")
    for link in links.order_by("event__starts_on", "position", "pk"):
        told = row_of(link, "event", "role", "session", "office", "organisation")
        yield told | {_("Date"): link.event.starts_on}
