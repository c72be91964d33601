"""How a date clash reads on a page."""

import datetime as dt

from django import template
from django.urls import reverse
from django.utils.translation import pgettext

from events.clash import wording
from events.clash.competing import Competition, Strength
from events.clash.form import PlanForm
from events.clash.rows import Shown
from lib import dates

register = template.Library()

register.filter("verdict", wording.verdict)
register.simple_tag(wording.explanation, name="clash_explanation")
register.filter("reason", wording.reason)
register.filter("strength", wording.strength)
register.filter("span_reason", wording.span_reason)


@register.filter
def days_of(span: object) -> str:
    """The days of a plan or of a span."""
    return dates.span(span.first, span.last)  # type: ignore[attr-defined]


@register.filter
def weekdays_of(span: object) -> str:
    """Tuesday to Thursday; one name for one day."""
    first, last = span.first, span.last  # type: ignore[attr-defined]
    names = [dates.weekday(day) for day in (first, last)]
    if first == last:
        return names[0]
    return pgettext("weekdays", "%(first)s to %(last)s") % {"first": names[0], "last": names[1]}


@register.simple_tag
def competition_when(competition: Competition, shown: Shown) -> str:
    """The days of what competes, as exactly as they are known."""
    return dates.span(competition.rival.first, competition.rival.last, shown.precision)


@register.filter
def counted(span: object, strength: str) -> int:
    """How many competitions of that strength."""
    return span.count(Strength(strength))  # type: ignore[attr-defined]


@register.simple_tag
def plan_url(form: PlanForm, first: dt.date, last: dt.date, near: str = "") -> str:
    """The same plan on other days or in another town."""
    return f"{reverse('events:clash')}?{form.query_for(first, last, near)}#answer"
