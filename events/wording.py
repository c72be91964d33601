"""Two versions of what was public of an event, compared: the changes as (kind, phrase).

Kinds are stable words for machines. Phrases are in the active language; dates and names are set in so that
they need no case of their own.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from events.models.choices import ORGANISING, Mode, OrganisationRole, Status, VenueUse
from lib import dates

Facts = dict[str, Any]
Names = dict[str, dict[int, str]]
Dates = tuple[dt.date, dt.date, str]
Told = Iterator[tuple[str, str]]

MOST_NAMES = 3
GROUPS = {
    "organiser": set(ORGANISING),
    "partner": {
        OrganisationRole.PARTNER,
        OrganisationRole.COOPERATION_PARTNER,
        OrganisationRole.MEDIA_PARTNER,
    },
    "sponsor": {OrganisationRole.SPONSOR, OrganisationRole.SUPPORTER},
    "exhibitor": {OrganisationRole.EXHIBITOR},
}


def told_between(old: Facts, new: Facts, names: Names) -> list[tuple[str, str]]:
    """What changed, the gravest first. What has no name any more is left out."""
    parts: tuple[Callable[[Facts, Facts, Names], Told], ...] = (
        _status, _dates, _times, _mode, _venues, _availability, _registration, _title,
        _organisations, _speakers, _programme, _topics, _rest,
    )  # fmt: skip
    return [told for part in parts for told in part(old, new, names)]


def dates_of(facts: Facts) -> Dates:
    first, last = (dt.date.fromisoformat(facts[key]) for key in ("starts_on", "ends_on"))
    return first, last, facts["date_precision"]


def moved(old: Dates, new: Dates) -> str:
    """That a date was given up for another."""
    return _("Moved from %(old)s to %(new)s") % {"old": dates.span(*old), "new": dates.span(*new)}


def _status(old: Facts, new: Facts, names: Names) -> Told:
    if old["status"] == new["status"]:
        return
    if new["status"] == Status.CANCELLED:
        yield "cancelled", _("Cancelled")
    elif new["status"] == Status.POSTPONED:
        yield "postponed", _("Postponed, no new date yet")
    elif new["status"] == Status.MOVED_ONLINE:
        yield "moved-online", _("Moved online")
    elif old["status"] == Status.CANCELLED or dates_of(old) == dates_of(new):
        yield "reinstated", _("Takes place after all")


def _dates(old: Facts, new: Facts, names: Names) -> Told:
    before, after = dates_of(old), dates_of(new)
    if before == after:
        return
    if before[2] != after[2] and before[0] <= after[0] and after[1] <= before[1]:
        yield "date-known", _("Date known: %(date)s") % {"date": dates.span(*after)}
    elif old["status"] == Status.POSTPONED:
        yield "rescheduled", _("New date: %(date)s") % {"date": dates.span(*after)}
    else:
        yield "rescheduled", moved(before, after)


def _times(old: Facts, new: Facts, names: Names) -> Told:
    before, after = _hours(old), _hours(new)
    if before == after:
        return
    if before and after:
        yield "time", _("Time: %(new)s instead of %(old)s") % {"new": after, "old": before}
    else:
        yield "time", _("Time: %(new)s") % {"new": after} if after else _("Time no longer given")


def _hours(facts: Facts) -> str:
    start, end = (
        dates.clock(dt.time.fromisoformat(facts[key])) if key in facts else ""
        for key in ("start_time", "end_time")
    )
    if start and end:
        return f"{start}{dates.EN_DASH}{end}"
    return _("from %(start)s") % {"start": start} if start else ""


def _mode(old: Facts, new: Facts, names: Names) -> Told:
    if old["mode"] != new["mode"] and not _goes_online(old, new):
        words = {"new": str(Mode(new["mode"]).label), "old": str(Mode(old["mode"]).label)}
        yield "mode", _("Mode: %(new)s instead of %(old)s") % words


def _goes_online(old: Facts, new: Facts) -> bool:
    return old["status"] != new["status"] == Status.MOVED_ONLINE


def _venues(old: Facts, new: Facts, names: Names) -> Told:
    before, after = _places(old), _places(new)
    gone = [name for key, name in before.items() if key not in after]
    come = [name for key, name in after.items() if key not in before]
    if len(gone) == len(come) == 1:
        yield "venue", _("New venue: %(new)s instead of %(old)s") % {"new": come[0], "old": gone[0]}
        return
    if come:
        words = ngettext("Venue added: %(names)s", "Venues added: %(names)s", len(come))
        yield "venue-added", words % {"names": _listed(come)}
    if gone and not _goes_online(old, new):
        yield "venue-removed", _("No longer at this place: %(names)s") % {"names": _listed(gone)}


def _places(facts: Facts) -> dict[int, str]:
    """Names of the places that people go to, with the town unless the name says it."""
    return {
        one["id"]: one["name"] if one["city"] in one["name"] else f"{one['name']}, {one['city']}"
        for one in facts.get("venues", [])
        if one["use"] == VenueUse.VENUE
    }


def _availability(old: Facts, new: Facts, names: Names) -> Told:
    if old["sold_out"] != new["sold_out"]:
        yield ("sold-out", _("Sold out")) if new["sold_out"] else ("available", _("Places available again"))
    if new.get("is_free") and not old.get("is_free"):
        yield "free", _("Now free of charge")
    elif old.get("is_free") and new.get("is_free") is False:
        yield "charged", _("No longer free of charge")
    if old.get("prices") != new.get("prices"):
        yield "prices", _("Prices changed") if "prices" in old else _("Prices announced")


def _registration(old: Facts, new: Facts, names: Names) -> Told:
    before, after = old.get("registration_url"), new.get("registration_url")
    if before != after:
        if not before:
            yield "registration-opened", _("Registration opened")
        else:
            words = _("New address for registration") if after else _("No address for registration any more")
            yield "registration", words
    first, last = (
        dates.day(dt.date.fromisoformat(facts["registration_deadline"]))
        if "registration_deadline" in facts
        else ""
        for facts in (old, new)
    )
    if first == last:
        return
    if first and last:
        words = _("Registration deadline moved from %(old)s to %(new)s") % {"old": first, "new": last}
    else:
        words = _("Registration until %(date)s") % {"date": last} if last else _("No registration deadline")
    yield "registration-deadline", words


def _title(old: Facts, new: Facts, names: Names) -> Told:
    before, after = (_title_of(facts) for facts in (old, new))
    if before != after:
        yield "title", _("Title changed from “%(old)s” to “%(new)s”") % {"old": before, "new": after}


def _title_of(facts: Facts) -> str:
    english = facts.get("title_en") if get_language() == "en" else None
    return english or facts["title"]


def _organisations(old: Facts, new: Facts, names: Names) -> Told:
    for group, roles in GROUPS.items():
        before, after = (
            {key for key, role in facts.get("organisations", []) if role in roles} for facts in (old, new)
        )
        known = names["organisations"]
        come, gone = (_known(keys, known) for keys in (after - before, before - after))
        if come:
            yield f"{group}-added", _came(group, len(come)) % {"names": _listed(come)}
        if gone:
            yield f"{group}-removed", _went(group, len(gone)) % {"names": _listed(gone)}


def _came(group: str, number: int) -> str:
    return {
        "organiser": ngettext("Organiser added: %(names)s", "Organisers added: %(names)s", number),
        "partner": ngettext("Partner added: %(names)s", "Partners added: %(names)s", number),
        "sponsor": ngettext("Supporter added: %(names)s", "Supporters added: %(names)s", number),
        "exhibitor": ngettext("Exhibitor added: %(names)s", "Exhibitors added: %(names)s", number),
    }[group]


def _went(group: str, number: int) -> str:
    return {
        "organiser": ngettext("No longer an organiser: %(names)s", "No longer organisers: %(names)s", number),
        "partner": ngettext("No longer a partner: %(names)s", "No longer partners: %(names)s", number),
        "sponsor": ngettext("No longer a supporter: %(names)s", "No longer supporters: %(names)s", number),
        "exhibitor": ngettext("No longer an exhibitor: %(names)s", "No longer exhibitors: %(names)s", number),
    }[group]


def _speakers(old: Facts, new: Facts, names: Names) -> Told:
    before, after = (set(facts.get("speakers", [])) for facts in (old, new))
    come, gone = (_known(keys, names["speakers"]) for keys in (after - before, before - after))
    if come:
        words = ngettext("Person added: %(names)s", "People added: %(names)s", len(come))
        yield "speaker-added", words % {"names": _listed(come)}
    if gone:
        yield "speaker-removed", _("No longer taking part: %(names)s") % {"names": _listed(gone)}


def _programme(old: Facts, new: Facts, names: Names) -> Told:
    if old.get("programme") == new.get("programme"):
        return
    before, after = old.get("sessions", 0), new.get("sessions", 0)
    if before == after:
        yield "programme", _("Programme revised")
        return
    words = ngettext("Programme: %(number)d item", "Programme: %(number)d items", after) % {"number": after}
    yield "programme", _("%(programme)s (%(before)d before)") % {"programme": words, "before": before}


def _topics(old: Facts, new: Facts, names: Names) -> Told:
    before, after = (set(facts.get("topics", [])) for facts in (old, new))
    come, gone = (_known(keys, names["topics"]) for keys in (after - before, before - after))
    if come:
        words = ngettext("Topic added: %(names)s", "Topics added: %(names)s", len(come))
        yield "topic-added", words % {"names": _listed(come)}
    if gone:
        words = ngettext("Topic removed: %(names)s", "Topics removed: %(names)s", len(gone))
        yield "topic-removed", words % {"names": _listed(gone)}


def _rest(old: Facts, new: Facts, names: Names) -> Told:
    if old.get("website") != new.get("website"):
        yield "website", _("New website") if new.get("website") else _("No website any more")
    if old["text"] != new["text"]:
        yield "text", _("Text revised")


def _known(keys: set[int], names: dict[int, str]) -> list[str]:
    return sorted(names[key] for key in keys if key in names)


def _listed(names: list[str]) -> str:
    """All of a few names; of many the first two and how many more."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    shown = ", ".join(names[: MOST_NAMES - 1])
    return _("%(names)s and %(number)d more") % {"names": shown, "number": len(names) - MOST_NAMES + 1}
