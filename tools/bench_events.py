"""Many events for measurements: invented, of the year 2031, alike on every machine."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from events.models import Event, EventTopic, EventVenue, Participation, PreviousDate, Topic, Venue
from organisations.models import Organisation

PLACES, BODIES, SUBJECTS = 300, 200, 40
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
STATUSES = {1: "cancelled", 21: "rescheduled", 41: "postponed", 61: "moved_online"}


def fill(events: int) -> None:
    """Puts that many published events into the database, with places, topics, organisers, former dates.

    Triggers are left out: what they note does not matter here and takes longer than all the rest.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for rows in (_around(), map(_event, range(1, events + 1)), _links(events)):
            _write(rows)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def clear() -> None:
    """Takes them out again."""
    models_of_the_crowd = (Event, Topic, Venue, Organisation)
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models_of_the_crowd)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {names} CASCADE")


def _write(rows: Iterator[models.Model]) -> None:
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, found in by_model.items():
        model._default_manager.bulk_create(found, batch_size=1000)


def _around() -> Iterator[models.Model]:
    for n in range(1, BODIES + 1):
        name = f"Ministerium für Digitales und Verwaltung {n}"
        yield Organisation(pk=n, slug=f"organisation-{n}", name=name, kind="authority", level="state")
    for n in range(1, SUBJECTS + 1):
        yield Topic(pk=n, slug=f"thema-{n}", name_de=f"Thema {n}, Daten; Register", name_en=f"Topic {n}")
    for n in range(1, PLACES + 1):
        yield Venue(
            pk=n, slug=f"halle-{n}", name=f"Kongresshalle {n}", street=f"Musterstraße {n}", city="Berlin",
            postal_code="10115", state="DE-BE", country="DE", latitude=52.5, longitude=13.4,
        )  # fmt: skip


def _event(n: int) -> Event:
    """One in three has hours, one in 40 only a month, one in 20 did not come as it was announced."""
    vague, timed = n % 40 == 0, n % 3 == 0 and n % 40 > 0
    first = dt.date(2031, 5, 1) if vague else dt.date(2031, 1, 1) + dt.timedelta(days=n % 365)
    last = dt.date(2031, 5, 31) if vague else first + dt.timedelta(days=2 if n % 3 == 1 else 0)
    hybrid = n % 5 == 3
    return Event(
        pk=n,
        uid=uuid.UUID(int=n),
        slug=f"tagung-{n}",
        title=f"Kongress für die digitale Verwaltung, Ausgabe {n}",
        title_en=f"Congress {n}",
        summary="Länder und Kommunen zeigen, was sie anbieten: Register; Fachverfahren, Cloud. "
        + "Mit vielen Beispielen aus der Praxis. " * (n % 4),
        starts_on=first,
        ends_on=last,
        start_time=dt.time(9) if timed else None,
        end_time=dt.time(17, 30) if timed else None,
        timezone="Europe/Vienna" if n % 50 == 7 else "Europe/Berlin",
        date_precision="month" if vague else "day",
        status=STATUSES.get(n % 80, "scheduled"),
        sold_out=n % 30 == 2,
        mode="hybrid" if hybrid else "onsite",
        online_url=f"https://stream.example/{n}" if hybrid else "",
        registration_url=f"https://kongress.example/{n}/anmeldung",
        registration_deadline=first - dt.timedelta(days=20) if n % 2 == 0 else None,
        is_free=n % 2 == 0,
        state="published",
        published_at=CREATED + dt.timedelta(minutes=n),
        revision=n % 7,
    )


def _links(events: int) -> Iterator[models.Model]:
    for n in range(1, events + 1):
        yield EventVenue(event_id=n, venue_id=1 + n % PLACES)
        for k in (0, 1):
            yield EventTopic(event_id=n, topic_id=1 + (n + k * 7) % SUBJECTS, position=k)
            role = ("organiser", "partner")[k]
            body = 1 + (n + k * 11) % BODIES
            yield Participation(event_id=n, organisation_id=body, role=role, position=k)
        if STATUSES.get(n % 80) == "rescheduled":
            yield PreviousDate(event_id=n, starts_on=dt.date(2030, 9, 1), ends_on=dt.date(2030, 9, 2))
