"""An event in one or two lines, from what its card tells; stands inside <ul class="lines">."""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from events.card_rows import Told
from events.models import Event
from events.templatetags.event_tags import place_words, status_labels
from lib import dates
from lib.quick import entry_url


def line(told: Told) -> SafeString:
    return _line(told, told.title, told.foreign, told.places)


def line_of(event: Event) -> SafeString:
    """The same of an event with its venues, in the active language."""
    language = event.title_language
    foreign = language if language != get_language() else ""
    return _line(event, event.display_title, foreign, [venue.place for venue in event.places])


def _line(told: Told | Event, title: str, foreign: str, places: list[str]) -> SafeString:
    lang = f' lang="{foreign}"' if foreign else ""
    url = entry_url("events:detail", told.slug)
    days = escape(dates.span(told.starts_on, told.ends_on, told.date_precision))
    place = escape(place_words(told.mode, places))
    labels = [escape(label["text"]) for label in status_labels(told)]
    return item(f'<a href="{url}"{lang}>{escape(title)}</a>', days, place, labels)


def item(link: str, days: str, place: str, labels: Iterable[str]) -> SafeString:
    """The same of parts that are HTML; of a place that is not known nothing is told."""
    details = ", ".join(filter(None, (days, place)))
    notes = "".join(f" · <strong>{label}</strong>" for label in labels)
    return mark_safe(  # noqa: S308 - each text is escaped where it is put in
        f'<li class="event-line">\n{link}\n<span class="line__detail">{details}{notes}</span>\n</li>\n'
    )
