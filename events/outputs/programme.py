"""The programme of an event as a calendar: each part with a starting time is an entry."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Appearance, Event, Session
from events.outputs import facts, plain
from events.outputs.content_lines import line, text
from events.outputs.facts import Site
from events.outputs.ical import END, Outline, entry_head, heading, hours, opening, status_of
from lib.instants import instant


class NoTimesError(ValueError):
    """No part of the programme has a time that a calendar could show."""


def calendar(event: Event, address: str, site: Site) -> bytes:
    """The programme of an event from `for_detail()`. Raises NoTimesError when no part has a time."""
    timed = [part for part in event.sessions.all() if part.has_time]
    if not timed:
        raise NoTimesError(event.slug)
    outline = Outline()
    for part in timed:
        year = _day(part).year
        outline.use(event.timezone, year, year)
    with translation.override(site.language):
        page = facts.address(event, site)
        title = _("%(title)s – programme") % {"title": facts.headline(event)}
        head = [*heading(title, address, page, site), *_note(len(event.sessions.all()) - len(timed))]
        parts = sorted(timed, key=lambda part: (part.date, part.start_time, part.position))
        entries = [b"".join(_vevent(event, part, page, outline)) for part in parts]
        return b"".join([opening(head, outline), *entries, END])


def _day(part: Session) -> dt.date:
    """The day of a part that has a time."""
    return part.date or part.event.starts_on


def _note(left_out: int) -> list[bytes]:
    """How many parts are missing, so that nobody takes the calendar for complete."""
    if not left_out:
        return []
    told = ngettext(
        "%(number)s part of the programme without a time is not in this calendar.",
        "%(number)s parts of the programme without a time are not in this calendar.",
        left_out,
    ) % {"number": left_out}
    return [line(name, text(told)) for name in ("DESCRIPTION", "X-WR-CALDESC", "X-COMMENT")]


def _vevent(event: Event, part: Session, page: str, outline: Outline) -> list[bytes]:
    start, end = (
        instant(_day(part), time, event.zone) if time else None for time in (part.start_time, part.end_time)
    )
    place = ", ".join(told for told in (plain.line(part.room), facts.place(event)) if told)
    return [
        *entry_head(event, part.uid),
        *hours(start or _day(part), end, event.timezone, outline),
        line("SUMMARY", text(facts.announced(event, plain.line(part.title)))),
        line("TRANSP", "OPAQUE" if status_of(event) == "CONFIRMED" else "TRANSPARENT"),
        line("URL", page),
        line("DESCRIPTION", text(_description(event, part, page))),
        *([line("LOCATION", text(place))] if place else []),
        line("CATEGORIES", text(str(part.get_kind_display()))),
        b"END:VEVENT\r\n",
    ]


def _description(event: Event, part: Session, page: str) -> str:
    """The event it belongs to, who speaks, what it is about."""
    told = [_("Part of: %(title)s") % {"title": facts.title(event)}, *facts.changes(event)]
    people = [_person(one) for one in event.appearances.all() if one.session_id == part.pk]
    if people:
        told.append(_("With: %(names)s") % {"names": "; ".join(dict.fromkeys(people))})
    if part.abstract:
        told += ["", plain.clean(part.abstract), ""]
    told.append(_("More: %(address)s") % {"address": page})
    return "\n".join(told)


def _person(appearance: Appearance) -> str:
    """The person with the office held then."""
    name, office = plain.line(appearance.speaker.name), plain.line(appearance.office)
    return f"{name} ({office})" if office else name
