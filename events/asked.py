"""Taking a query string apart: the parameters that say something, and what is wrong with the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from events.filters import EventFilter, ManyField, OneField, Sort, Unreadable


@dataclass(frozen=True)
class Problem:
    """A parameter whose value was not understood; `is_idle` if it would have chosen nothing by itself."""

    parameter: str
    value: str
    text: str
    is_idle: bool = False


def read(query: QueryDict, most: int) -> tuple[QueryDict, list[Problem]]:
    """The known parameters with the values that say something, at most so many; the rest as problems."""
    data, problems = QueryDict(mutable=True), []
    for number, (name, value) in enumerate(_asked(query)):
        if number == most:
            text = _("At most %(number)s filters can be combined.")
            problems.append(_problem(name, value, text % {"number": most}))
            break
        formfield: ManyField = EventFilter.base_filters[name].field
        try:
            data.appendlist(name, str(formfield.read(value)))
        except Unreadable as unreadable:
            problems.append(_problem(name, value, *unreadable.args))
    problems += _order_checked(data)
    # Of an unknown place enough is said already.
    is_said = any(one.parameter == "near" for one in problems)
    needless = drop_distances(data)
    return data, problems + ([] if is_said else needless)


def drop_distances(query: QueryDict) -> list[Problem]:
    """Without a place there are no distances: takes out what speaks of them, and tells it."""
    if query.get("near"):
        return []
    names = [name for name in ("radius", "sort") if query.get(name)]
    names = [name for name in names if name == "radius" or query[name] == Sort.DISTANCE]
    text = _("“%(label)s” needs a place to begin at: a town or a postal code.")
    # A parameter that stands once has its value as a text.
    return [replace(_problem(name, str(query.pop(name)[-1]), text), is_idle=True) for name in names]


def _asked(query: QueryDict) -> Iterator[tuple[str, str]]:
    """(parameter, value) of all that the query string says in known parameters, each once."""
    for name, definition in EventFilter.base_filters.items():
        values = query.getlist(name)
        for value in values[-1:] if isinstance(definition.field, OneField) else dict.fromkeys(values):
            if value:
                yield name, value


def _order_checked(data: QueryDict) -> list[Problem]:
    first, last = data.get("from"), data.get("to")
    if not (first and last and last < first):
        return []
    del data["to"]
    return [_problem("to", last, _("“To” lies before “From”."))]


def _problem(name: str, value: str, text: str = "") -> Problem:
    shown = value.replace("\x00", "�")[:40]
    label = EventFilter.base_filters[name].label
    text = text or _("“%(label)s: %(value)s” is not understood.")
    return Problem(name, shown, text % {"label": label, "value": shown})
