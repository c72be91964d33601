"""An event in one or two lines, as components/event_line.html draws it, from what its card tells."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from events.card_rows import Told
from events.templatetags.event_tags import place_words, status_labels
from lib import dates
from lib.quick import entry_url


def line(told: Told) -> SafeString:
    """Stands inside <ul class="lines">."""
    lang = f' lang="{told.foreign}"' if told.foreign else ""
    url = entry_url("events:detail", told.slug)
    details = [str(escape(dates.span(told.starts_on, told.ends_on, told.date_precision)))]
    if place := place_words(told.mode, told.places):
        details.append(f", {escape(place)}")
    details += [f" · <strong>{escape(label['text'])}</strong>" for label in status_labels(told)]
    return mark_safe(  # noqa: S308 - each text is escaped where it is put in
        f'<li class="event-line">\n<a href="{url}"{lang}>{escape(told.title)}</a>\n'
        f'<span class="line__detail">{"".join(details)}</span>\n</li>\n'
    )
