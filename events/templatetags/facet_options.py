"""A facet of the filter form. A page has more than a hundred boxes: with template tags they took longest."""

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
# The summary names the group for the eye, the fieldset's legend for assistive technology.
_PANEL = """<details class="facet"{is_open}>
  <summary><span>{label}</span></summary>
  <fieldset>
    <legend class="visually-hidden">{label}</legend>
    {boxes}
    {more}
    <button class="button--quiet facet__submit" type="submit">{submit}</button>
  </fieldset>
</details>
"""


@register.simple_tag
def facet_panel(facet: Facet) -> SafeString:
    """All of a facet that has values, unfolded when something is chosen in it."""
    if not facet.options:
        return SafeString("")
    if not facet.drawn:
        facet.drawn = _PANEL.format(
            is_open=" open" if facet.is_open else "",
            label=escape(facet.label),
            boxes=facet_options(facet),
            more=_more(facet.hidden_count),
            submit=escape(_("Show results")),
        )
    return SafeString(facet.drawn)


@register.simple_tag
def facet_options(facet: Facet) -> SafeString:
    """One box for each value, with the number of events that it leads to."""
    name, said = escape(facet.name), escape(_("Events:"))
    boxes = [
        _BOX.format(
            name, escape(one.value), " checked" if one.checked else "", escape(one.label), said, one.count
        )
        for one in facet.options
    ]
    return mark_safe("\n".join(boxes))  # noqa: S308 - texts are escaped one by one


def _more(number: int) -> str:
    """That there are values beside those that are shown."""
    if not number:
        return ""
    told = ngettext(
        "and %(number)s more: narrow the list to see it",
        "and %(number)s more: narrow the list to see them",
        number,
    )
    return f'<p class="facet__more">{escape(told % {"number": number})}</p>'
