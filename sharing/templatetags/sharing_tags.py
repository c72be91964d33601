"""Addresses that pages pass on: the mail with an event, its short address, its oEmbed description."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.models.choices import Status
from events.outputs import facts, plain
from events.templatetags.event_tags import place_line
from lib import dates
from lib.site import site_name
from sharing.cards import words_of
from sharing.codes import code_of

register = template.Library()

register.filter("card_words", words_of)
register.filter("headline", facts.headline)


@register.filter
def short_address(event: Event) -> str:
    """The absolute short address in the active language."""
    return settings.SITE_URL + reverse("sharing:short", args=[code_of(event.uid)])


@register.filter
def own_address(event: Event) -> str:
    """The absolute address of the event's page."""
    return settings.SITE_URL + facts.path(event)


@register.filter
def mail_address(event: Event) -> str:
    """A mailto: address with subject and text (RFC 6068: UTF-8, percent-encoded, lines end with CRLF)."""
    told = [facts.headline(event)]
    # The day for which a postponed event was announced would be read as the new one.
    if event.status != Status.POSTPONED:
        told.append(dates.span(event.starts_on, event.ends_on, event.date_precision))
    told += [plain.line(place_line(event)), own_address(event)]
    body = "\r\n".join(line for line in told if line)
    subject = _("%(title)s – %(site)s") % {"title": facts.headline(event), "site": site_name()}
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
