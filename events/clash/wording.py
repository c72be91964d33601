"""A date clash in words."""

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.clash import weights
from events.clash.answer import Answer
from events.clash.competing import MEDIUM, STRONG, Strength
from events.clash.reasons import Reason, Why
from events.clash.weeks import Span
from events.clash.weights import HUGE, LARGE, MIDDLE
from lib import dates


def strength(value: Strength) -> str:
    words = {Strength.STRONG: _("strong"), Strength.MEDIUM: _("medium"), Strength.WEAK: _("weak")}
    return words[value]


def verdict(answer: Answer) -> str:
    """The answer in one line."""
    counts = answer.counts
    if number := counts[Strength.STRONG]:
        text = ngettext(
            "Strong competition by %(number)s event", "Strong competition by %(number)s events", number
        )
        return text % {"number": number}
    if number := counts[Strength.MEDIUM]:
        text = ngettext(
            "No strong competition, but %(number)s event of medium strength",
            "No strong competition, but %(number)s events of medium strength",
            number,
        )
        return text % {"number": number}
    return _("No strong competition") if counts[Strength.WEAK] else _("No competition is known")


def explanation() -> str:
    """How points come about, in a few sentences."""
    values = {
        "topics": weights.TOPICS, "audience": weights.AUDIENCE, "place": weights.PLACE,
        "size": weights.SIZE, "strong": STRONG, "medium": MEDIUM,
    }  # fmt: skip
    text = _(
        "An event gets up to %(topics)s points for common topics, %(audience)s for the same audience, "
        "%(place)s for being near and %(size)s for its size. What is not known counts half. On the same "
        "days all points count, in the same week half of them. From %(strong)s points a competition is "
        "called strong, from %(medium)s medium."
    )
    return text % values


def reason(one: Reason) -> str:
    return _REASONS[one.why](one)


def _topics(one: Reason) -> str:
    if one.of == 1:
        return _("the same topic")
    text = ngettext(
        "%(number)s of %(all)s topics in common", "%(number)s of %(all)s topics in common", one.number
    )
    return text % {"number": one.number, "all": one.of}


def _related(one: Reason) -> str:
    text = ngettext(
        "%(number)s broader or narrower topic", "%(number)s broader or narrower topics", one.number
    )
    return text % {"number": one.number}


def _some_days(one: Reason) -> str:
    text = ngettext("on %(number)s of %(all)s days", "on %(number)s of %(all)s days", one.number)
    return text % {"number": one.number, "all": one.of}


def _distance(one: Reason) -> str:
    return _("%(number)s km away") % {"number": _number(one.number)} if one.number else _("in the same town")


def _size(one: Reason) -> str:
    """ "large: 20,000 attendees", and of which year where it was another edition."""
    sizes = ((HUGE, _("very large")), (LARGE, _("large")), (MIDDLE, _("of medium size")), (0, _("small")))
    size = next(word for least, word in sizes if one.number >= least)
    values = {"size": size, "year": one.of, "number": _number(one.number)}
    if one.of:
        return _("%(size)s: %(number)s attendees in %(year)s") % values
    return _("%(size)s: %(number)s attendees") % values


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


_REASONS: Mapping[Why, Callable[[Reason], str]] = {
    Why.SAME_DAYS: lambda one: _("same days"),
    Why.SOME_DAYS: _some_days,
    Why.SAME_WEEK: lambda one: _("same week"),
    Why.MIGHT_FALL: lambda one: _("might fall on these days"),
    Why.EXPECTED: lambda one: _("expected, not announced"),
    Why.TOPICS: _topics,
    Why.RELATED_TOPICS: _related,
    Why.NO_TOPIC: lambda one: _("no topic in common"),
    Why.AUDIENCE: lambda one: _("same audience"),
    Why.SOME_AUDIENCE: lambda one: _("part of the audience"),
    Why.OTHER_AUDIENCE: lambda one: _("other audience"),
    Why.DISTANCE: _distance,
    Why.SAME_STATE: lambda one: _("in the same state"),
    Why.OTHER_STATE: lambda one: _("in another state"),
    Why.BOTH_ONLINE: lambda one: _("also online"),
    Why.ONLINE: lambda one: _("online"),
    Why.SIZE: _size,
}


def span_reason(span: Span) -> str:
    """Why a span of days is as calm as it is."""
    said = [_competition(span), *_calendar(span)]
    return "; ".join(said)


def _competition(span: Span) -> str:
    for value, words in _COUNTED.items():
        number = span.count(value)
        if number:
            return words(number) % {"number": number}
    return _("no event known")


_COUNTED: Mapping[Strength, Callable[[int], str]] = {
    Strength.STRONG: lambda number: ngettext(
        "%(number)s event competes strongly", "%(number)s events compete strongly", number
    ),
    Strength.MEDIUM: lambda number: ngettext(
        "%(number)s event of medium strength, none strong",
        "%(number)s events of medium strength, none strong",
        number,
    ),
    Strength.WEAK: lambda number: ngettext(
        "%(number)s event competes weakly", "%(number)s events compete weakly", number
    ),
}


def _calendar(span: Span) -> list[str]:
    calendar = span.calendar
    said = [one.name for one in calendar.everywhere]
    said += [f"{one.name} ({one.where})" for one in calendar.in_some_states]
    said += [_("between Christmas and New Year")] if calendar.is_turn_of_year else []
    said += [_("bridge day %(day)s") % {"day": dates.day(day)} for day in calendar.bridge_days]
    said += [_("school holidays (%(name)s)") % {"name": name} for name in calendar.school_breaks]
    return said
