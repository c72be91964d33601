"""Events that bear the number of their last edit in their names, and edits of them by all ways there are."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, Right

from events import actions
from events.models import Event, Participation
from events.models.choices import State
from organisations.models import Organisation
from tools.edits.witness import Said, Witness

EVENTS = 20
ORGANISER = "pruefverband"
# Days of one month, so that an event that moves stays on its page.
FIRST, LAST = 1, 28


class Editor:
    """One hand that edits, commit after commit; `witness` learns of each."""

    def __init__(self, witness: Witness, month: dt.date, seed: int = 7) -> None:
        self.witness, self.month = witness, month
        self.draw = random.Random(seed)
        self.number = 0
        self.ways: Sequence[Callable[[], None]] = (
            self._title_saved,
            self._titles_updated,
            self._titles_in_sql,
            self._titles_in_bulk,
            self._day,
            self._turned,
            self._turned_in_sql,
            self._organiser,
            self._organiser_in_sql,
        )

    def fill(self) -> None:
        """The events and their organiser; everything is published and bears the number 0."""
        organiser = Organisation.objects.create(
            slug=ORGANISER, name=organiser_name(0), kind="association", level="private"
        )
        self.witness.begins({ORGANISER: Said(0)})
        for place in range(EVENTS):
            key, day = f"{place:02}", self.month.replace(day=FIRST + place)
            event = Event.objects.create(
                slug=slug(key),
                title=title(key, 0),
                starts_on=day,
                ends_on=day,
                state=State.PUBLISHED,
                languages=["de"],
                formats=["congress"],
                audiences=["municipal"],
            )
            Participation.objects.create(event=event, organisation=organiser, position=0)
            self.witness.begins({key: Said(0, day=day)})
        self.witness.ends([ORGANISER, *self.keys])

    @property
    def keys(self) -> list[str]:
        return [f"{place:02}" for place in range(EVENTS)]

    def edit(self) -> None:
        """One edit, in some place, by some way; it is committed when this returns."""
        self.number += 1
        self.draw.choice(self.ways)()

    def _some(self, most: int) -> list[str]:
        return self.draw.sample(self.keys, self.draw.randint(1, most))

    def _titled(self, keys: Sequence[str], write: Callable[[], object]) -> None:
        last = {key: self.witness.last(key) for key in keys}
        self._written(
            {key: Said(self.number, said.is_visible, said.day) for key, said in last.items()}, write
        )

    def _written(self, states: dict[str, Said], write: Callable[[], object]) -> None:
        self.witness.begins(states)
        write()
        self.witness.ends(states)

    def _title_saved(self) -> None:
        (key,) = self._some(1)
        event = Event.objects.get(slug=slug(key))
        event.title = title(key, self.number)
        self._titled([key], event.save)

    def _titles_updated(self) -> None:
        keys = self._some(5)
        stem = Concat(
            Value("Prüftagung "), Right("slug", 2), Value(f" Stand {self.number}"), output_field=CharField()
        )
        self._titled(keys, lambda: Event.objects.filter(slug__in=map(slug, keys)).update(title=stem))

    def _titles_in_sql(self) -> None:
        keys = self._some(5)
        self._titled(
            keys,
            lambda: _execute(
                "UPDATE events_event SET title = 'Prüftagung ' || right(slug, 2) || %s WHERE slug = ANY(%s)",
                f" Stand {self.number}",
                [slug(key) for key in keys],
            ),
        )

    def _titles_in_bulk(self) -> None:
        keys = self._some(5)
        events = list(Event.objects.filter(slug__in=map(slug, keys)).order_by("-pk"))
        for event in events:
            event.title = title(event.slug[-2:], self.number)
        self._titled(keys, lambda: Event.objects.bulk_update(events, ["title"]))

    def _day(self) -> None:
        (key,) = self._some(1)
        day = self.month.replace(day=self.draw.randint(FIRST, LAST))
        last = self.witness.last(key)
        events = Event.objects.filter(slug=slug(key))
        self._written(
            {key: Said(last.mark, last.is_visible, day)}, lambda: events.update(starts_on=day, ends_on=day)
        )

    def _turned(self) -> None:
        """Withdrawn if it can be seen, published if not, as editors do it."""
        (key,) = self._some(1)
        last, event = self.witness.last(key), Event.objects.get(slug=slug(key))
        states = {key: Said(last.mark, not last.is_visible, last.day)}
        if last.is_visible:
            self._written(states, lambda: actions.withdraw(event, note="Prüfung"))
        else:
            self._written(states, lambda: actions.publish(event))

    def _turned_in_sql(self) -> None:
        keys = self._some(3)
        last = {key: self.witness.last(key) for key in keys}
        self._written(
            {key: Said(said.mark, not said.is_visible, said.day) for key, said in last.items()},
            lambda: _execute(
                "UPDATE events_event SET state = CASE state WHEN 'published' THEN 'withdrawn'"
                " ELSE 'published' END WHERE slug = ANY(%s)",
                [slug(key) for key in keys],
            ),
        )

    def _organiser(self) -> None:
        organiser = Organisation.objects.get(slug=ORGANISER)
        organiser.name = organiser_name(self.number)
        self._written({ORGANISER: Said(self.number)}, organiser.save)

    def _organiser_in_sql(self) -> None:
        """Together with a title, in one transaction."""
        (key,) = self._some(1)
        last = self.witness.last(key)

        def write() -> None:
            with transaction.atomic():
                organisers = Organisation.objects.filter(slug=ORGANISER)
                organisers.update(name=organiser_name(self.number), short_name=F("short_name"))
                Event.objects.filter(slug=slug(key)).update(title=title(key, self.number))

        states = {key: Said(self.number, last.is_visible, last.day), ORGANISER: Said(self.number)}
        self._written(states, write)


def slug(key: str) -> str:
    return f"prueftagung-{key}"


def title(key: str, number: int) -> str:
    return f"Prüftagung {key} Stand {number}"


def organiser_name(number: int) -> str:
    return f"Prüfverband {ORGANISER} Stand {number}"


def _execute(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
