"""The weeks of a month as rows of its table: written here, since a template takes five times as long."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.month_sheet import Day, Week
from lib import dates

register = template.Library()


@register.simple_tag
def month_weeks(weeks: Iterable[Week]) -> SafeString:
    """Inside <tbody> of events/month_grid.html."""
    word, today = escape(_("Calendar week")), escape(_("Today"))
    rows = []
    for week in weeks:
        quiet = " week--quiet" if week.is_quiet else ""
        rows.append(
            f'<tr class="week rows-{week.rows}{quiet}">\n'
            f'<th class="month__week" scope="row"><span class="week__word">{word} </span>{week.number}</th>\n'
        )
        rows += [_day(day, week, today) for day in week.days]
        rows.append("</tr>\n")
    return mark_safe("".join(rows))  # noqa: S308 - each text is escaped where it is put in


def _day(day: Day, week: Week, today: str) -> str:
    signs = (
        ("day--outside", not day.is_inside),
        ("day--today", day.is_today),
        ("day--quiet", day.is_quiet),
    )
    classes = " ".join(["day", *(name for name, is_so in signs if is_so)])
    current = ' aria-current="date"' if day.is_today else ""
    told = [
        f'<td class="{classes}" data-day="{day.date}"{current}>\n<div class="day__head">\n'
        f'<time datetime="{day.date}"><span class="day__word">{day.weekday}, </span>'
        f'<span class="day__number">{day.date.day}</span><span class="day__word">{day.month}</span></time>\n',
        f'<strong class="day__today">{today}</strong>\n' if day.is_today else "",
        *(_holidays(day) if day.is_inside else ()),
        "</div>\n",
    ]
    if day.entries or day.more:
        told += ['<ul class="day__events" role="list">\n', *day.entries, _more(day, week), "</ul>\n"]
    return "".join([*told, "</td>\n"])


def _holidays(day: Day) -> Iterable[str]:
    for one in day.holidays:
        where = f" <small>{escape(one.where)}</small>" if one.where else ""
        yield f'<span class="day__holiday">{escape(one.name)}{where}</span>'


def _more(day: Day, week: Week) -> str:
    if not day.more:
        return ""
    words = ngettext("+ %(number)s more", "+ %(number)s more", day.more) % {"number": day.more}
    which = escape(_("on %(day)s") % {"day": dates.day(day.date)})
    return (
        f'<li class="day__more lane-{week.last_row}"><a href="{escape(day.more_url)}">{escape(words)}'
        f'<span class="visually-hidden"> {which}</span></a></li>\n'
    )
