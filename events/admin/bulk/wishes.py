"""What is to be changed in every chosen event, and what that means for one. No database, no request."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.admin.rules import RULES
from events.models import Event, Series, Topic
from events.models.choices import Status
from events.workflow import Move, Stage, stage

# Columns that hold several words of a closed vocabulary.
VOCABULARIES = ("formats", "audiences", "languages", "accessibility")
# Where each step leads.
ENDS = {
    Move.SUBMIT: Stage.IN_REVIEW,
    Move.SEND_BACK: Stage.DRAFT,
    Move.PUBLISH: Stage.PUBLISHED,
    Move.WITHDRAW: Stage.WITHDRAWN,
}


@dataclass(frozen=True)
class Change:
    """`column` is that of the event, or topics, or state; `value` is what it gets."""

    column: str
    label: str
    before: str
    after: str
    value: Any


@dataclass(frozen=True)
class Wishes:
    """None and empty lists leave things as they are. `adds` and `removes` are by column, topics by key."""

    status: str | None = None
    checked_on: dt.date | None = None
    series: Series | None = None
    no_series: bool = False
    adds: dict[str, list[Any]] = field(default_factory=dict)
    removes: dict[str, list[Any]] = field(default_factory=dict)
    move: Move | None = None
    # The topics that are spoken of, by key.
    topics: dict[int, Topic] = field(default_factory=dict)

    def changes(self, event: Event) -> list[Change]:
        """What differs afterwards; the event's topics and series must be at hand."""
        return [*self._facts(event), *self._vocabularies(event), *self._topics(event), *self._state(event)]

    def faults(self, event: Event, moves: Sequence[Move]) -> list[str]:
        """Which rules the event would break; `moves` are those that the person may make with it."""
        found = []
        if self.no_series and event.edition is not None:
            found.append(str(RULES["event_edition_needs_series"][1]))
        if self.move and self.move not in moves:
            text = _("“%(step)s” is not possible from the state “%(state)s”, or not yours to do.")
            found.append(text % {"step": self.move.label, "state": stage(event).label})
        return found

    def _facts(self, event: Event) -> Iterable[Change]:
        if self.status and self.status != event.status:
            yield _change("status", event.get_status_display(), Status(self.status).label, self.status)
        if self.checked_on and self.checked_on != event.checked_on:
            yield _change("checked_on", _day(event.checked_on), _day(self.checked_on), self.checked_on)
        if (self.series or self.no_series) and self.series != event.series:
            yield _change("series", event.series or "", self.series or "", self.series)

    def _vocabularies(self, event: Event) -> Iterable[Change]:
        for column in VOCABULARIES:
            before = getattr(event, column)
            after = self._changed(column, before)
            if after != before:
                words: Any = Event._meta.get_field(column)
                names = dict(words.base_field.flatchoices)
                yield _change(column, _listed(before, names), _listed(after, names), after)

    def _topics(self, event: Event) -> Iterable[Change]:
        names = {topic.pk: topic.name_de for topic in (*event.topic_list, *self.topics.values())}
        before = [topic.pk for topic in event.topic_list]
        after = self._changed("topics", before)
        if after != before:
            yield _change("topics", _listed(before, names), _listed(after, names), after)

    def _state(self, event: Event) -> Iterable[Change]:
        if self.move:
            yield _change("state", stage(event).label, ENDS[self.move].label, self.move)

    def _changed(self, column: str, before: list[Any]) -> list[Any]:
        """Without what is removed; what is added comes last."""
        added = [word for word in self.adds.get(column, []) if word not in before]
        return [word for word in before if word not in self.removes.get(column, [])] + added


def _change(column: str, before: Any, after: Any, value: Any) -> Change:
    name: Any = Event._meta.get_field(column)
    return Change(column, str(name.verbose_name), str(before), str(after), value)


def _listed(words: Iterable[Any], names: dict[Any, Any]) -> str:
    return ", ".join(str(names[word]) for word in words)


def _day(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
