"""Rows of a table of appearances. Written here and not in a template, which takes ten times as long."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.models import Appearance
from events.models.choices import SpeakerRole
from events.templatetags.event_tags import date_span, lang, status_labels
from lib.quick import entry_url

register = template.Library()

_NOTHING = '<span class="muted">–</span>'


@register.simple_tag
def appearance_rows(appearances: Iterable[Appearance]) -> SafeString:
    """One row each, inside <tbody> of speakers/_appearances.html: date, event, role, office held then."""
    roles = {value: escape(label) for value, label in SpeakerRole.choices}
    heads = [escape(text) for text in (_("Date"), _("Role"), _("Office held then"))]
    foreign = "" if get_language() == "de" else ' lang="de"'
    rows = (
        f'<tr><td data-label="{heads[0]}">{escape(date_span(link.event))}</td>\n'
        f"<td>{_event(link, foreign)}</td>\n"
        f'<td data-label="{heads[1]}">{roles[link.role]}</td>\n'
        f'<td data-label="{heads[2]}">{_office(link, foreign)}</td></tr>\n'
        for link in appearances
    )
    return mark_safe("".join(rows))  # noqa: S308 - each text is escaped where it is put in


def _event(link: Appearance, foreign: str) -> str:
    event = link.event
    url = entry_url("events:detail", event.slug)
    told = f'<a href="{url}"{lang(event, "title")}>{escape(event.display_title)}</a>'
    for label in status_labels(event):
        told += f' <span class="line__detail">({escape(label["text"])})</span>'
    if link.session:
        told += f'<br><span class="line__detail"{foreign}>{escape(link.session.title)}</span>'
    return told


def _office(link: Appearance, foreign: str) -> str:
    office = f"<span{foreign}>{escape(link.office)}</span>" if link.office else ""
    if not link.organisation:
        return office or _NOTHING
    url = entry_url("organisations:detail", link.organisation.slug)
    return f'{office}{"<br>" if office else ""}<a href="{url}">{escape(link.organisation.label)}</a>'
