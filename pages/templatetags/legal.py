"""How the operator's facts are shown: owed ones marked, addresses line by line."""

import datetime as dt

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lib import dates

register = template.Library()


@register.filter
def fact(value: object) -> SafeString:
    """A text of the operator, which is German; `|` starts a new line. Owed ones are marked as such."""
    if is_owed(value):
        return owed()
    if isinstance(value, dt.date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.day(value))
    lines = format_html_join(SafeString("<br>"), "{}", ((line.strip(),) for line in str(value).split("|")))
    return lines if get_language() == "de" else format_html('<span lang="de">{}</span>', lines)


@register.filter
def mail_link(value: str) -> SafeString:
    return owed() if is_owed(value) else format_html('<a href="mailto:{0}">{0}</a>', value)


@register.filter
def phone_link(value: str) -> SafeString:
    """A number that telephones can dial, shown as the operator writes it."""
    if is_owed(value):
        return owed()
    dialled = "".join(sign for sign in value.replace("(0)", "") if sign.isdigit() or sign == "+")
    return format_html('<a href="tel:{}">{}</a>', dialled, value)


@register.filter
def site_link(value: str) -> SafeString:
    return owed() if is_owed(value) else format_html('<a href="{0}">{0}</a>', value)


def is_owed(value: object) -> bool:
    return value is None or settings.PLACEHOLDER in str(value)


def owed() -> SafeString:
    return format_html("<mark>[{}]</mark>", _("still to be entered"))
