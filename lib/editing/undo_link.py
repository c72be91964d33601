"""What was done, and the way back beside it."""

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _


def with_undo(text: str, number: int, site: str = "admin") -> str:
    """The sentence with a link to the page on which the transaction of that number is walked back."""
    try:
        address = reverse(f"{site}:trail_undo", args=[number])
    except NoReverseMatch:
        return text
    return format_html('{} <a href="{}">{}</a>', text, address, _("Undo"))
