"""The boxes of a facet. A page has more than a hundred; template tags would take as long as its cards."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.facets import Facet

register = template.Library()
_BOX = (
    '<label class="option"><input type="checkbox" name="{}" value="{}"{}><span>{}</span>'
    ' <span class="option__count"><span class="visually-hidden">{} </span>{}</span></label>'
)


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """One box for each value, with the number of events that it leads to."""
    name, said = escape(facet.name), escape(_("Events:"))
    boxes = (
        _BOX.format(
            name, escape(one.value), " checked" if one.checked else "", escape(one.label), said, one.count
        )
        for one in facet.options
    )
    return mark_safe("\n".join(boxes))  # noqa: S308 - texts are escaped one by one


@register.simple_tag
def facet_more(facet: Facet) -> str:
    """That there are values beside those that are shown; nothing where there are none."""
    number = facet.hidden_count
    if not number:
        return ""
    told = ngettext(
        "and %(number)s more: narrow the list to see it",
        "and %(number)s more: narrow the list to see them",
        number,
    )
    return told % {"number": number}
