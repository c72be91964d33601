"""The boxes of a facet. A page has more than a hundred; template tags would take as long as its cards."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.facets import Facet

register = template.Library()
_BOX = (
    '<label class="option"><input type="checkbox" name="{}" value="{}"{}><span>{}</span>'
    ' <span class="option__count"><span class="visually-hidden">{} </span>{}</span></label>'
)


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """One box for each value, with the number of events that it leads to."""
    said = _("Events:")
    return format_html_join(
        "\n",
        _BOX,
        (
            (facet.name, one.value, SafeString(" checked" if one.checked else ""), one.label, said, one.count)
            for one in facet.options
        ),
    )
