"""What an entry still lacks: one list for the column, the filter and the form."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from events.models import Event, EventTopic, EventVenue, Participation, Source
from events.models.choices import ORGANISING, Mode
from lib.editing.forms import Text

GAPS: dict[str, Text] = {
    "venue": _("venue"),
    "organiser": _("organiser"),
    "topic": _("topic"),
    "source": _("source"),
    "summary": _("summary"),
    "website": _("website"),
}
_LINKS = {
    "venue": EventVenue.objects.all(),
    "organiser": Participation.objects.filter(role__in=ORGANISING),
    "topic": EventTopic.objects.all(),
    "source": Source.objects.all(),
}


def with_gaps(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events, told whether they have what `gaps` asks for; no further query."""
    return events.annotate(
        **{f"has_{name}": Exists(links.filter(event=OuterRef("pk"))) for name, links in _LINKS.items()}
    )


def lacking(events: QuerySet[Event], gap: str) -> QuerySet[Event]:
    """Those with this gap; an online event needs no venue."""
    if gap not in _LINKS:
        return events.filter(**{gap: ""})
    found = events.filter(~Exists(_LINKS[gap].filter(event=OuterRef("pk"))))
    return found.filter(~Q(mode=Mode.ONLINE)) if gap == "venue" else found


def gaps(event: Event) -> list[Text]:
    """The words for what is missing. Needs an event from `with_gaps`."""
    return [word for name, word in GAPS.items() if not _has(event, name)]


def _has(event: Event, name: str) -> bool:
    if name == "venue" and event.mode == Mode.ONLINE:
        return True
    return bool(getattr(event, f"has_{name}" if name in _LINKS else name))
