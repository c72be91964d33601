"""Edits of all tables that a list goes by, by any way that writes rows."""

import datetime as dt
from collections.abc import Callable
from itertools import count

from django.db import connection, transaction

from events.models import Event, EventTopic, EventVenue, Participation, Topic, Venue
from organisations.models import Organisation
from tests.factories import NOW, TODAY, EventFactory, OrganisationFactory, ParticipationFactory, TopicFactory

# What has been added and deleted lets go of its number, so how many there are would tell one twice.
_NUMBERS = count()


def one(model, number):
    """Any row, the same for the same number."""
    rows = list(model.objects.order_by("pk"))
    return rows[number % len(rows)]


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def move(n):
    event = one(Event, n)
    event.starts_on = event.ends_on = TODAY + dt.timedelta(days=n % 90 - 45)
    event.start_time = event.end_time = None
    event.save()


def add(n):
    EventFactory(
        slug=f"neu-{next(_NUMBERS)}",
        starts_on=TODAY + dt.timedelta(days=n % 60 - 20),
        ends_on=TODAY + dt.timedelta(days=n % 60 - 20 + n % 3),
        topics=[one(Topic, n)],
        venues=[one(Venue, n)],
        state="published" if n % 5 else "draft",
        formats=["congress"],
    )


def schedule(n):
    """Public in the days to come."""
    later = NOW + dt.timedelta(hours=n % 72)
    Event.objects.filter(pk=one(Event, n).pk, state="published").update(publish_from=later)


def withdraw_or_publish(n):
    event = one(Event, n)
    is_out = event.state == "published"
    event.state, event.withdrawn_at = ("draft" if is_out else "published"), None
    event.save()


def delete_many(n):
    doomed = [event.pk for event in Event.objects.order_by("pk") if event.pk % 17 == n % 17][:2]
    Event.objects.filter(pk__in=doomed).delete()


def link_topics(n):
    EventTopic.objects.filter(event=one(Event, n)).delete()
    sql(
        "INSERT INTO events_eventtopic (event_id, topic_id, position) "
        "SELECT %s, id, 0 FROM events_topic LIMIT %s",
        one(Event, n).pk,
        n % 3,
    )


def change_roles(n):
    Participation.objects.filter(organisation=one(Organisation, n), role="organiser").update(role="sponsor")
    event, organisation = one(Event, n), one(Organisation, n + 1)
    Participation.objects.filter(event=event, organisation=organisation).delete()
    ParticipationFactory(event=event, organisation=organisation, role=["host", "organiser", "partner"][n % 3])


def rename(n):
    sql("UPDATE events_topic SET name_de = %s, name_en = '' WHERE id = %s", f"Thema {n}", one(Topic, n).pk)
    Organisation.objects.filter(pk=one(Organisation, n).pk).update(short_name=f"K{n % 7}" if n % 2 else "")


def swap_slugs(n):
    """Two rows get each other's address: whoever remembers slugs mixes them up."""
    model = [Topic, Organisation][n % 2]
    first, second = one(model, n), one(model, n + 1)
    if first != second:
        with transaction.atomic():
            for row, slug in ((first, "dazwischen"), (second, first.slug), (first, second.slug)):
                model.objects.filter(pk=row.pk).update(slug=slug)


def move_venue(n):
    city, state, country = [("Köln", "DE-NW", "DE"), ("Koeln", "DE-NW", "DE"), ("Wien", "AT-9", "AT")][n % 3]
    Venue.objects.filter(pk=one(Venue, n).pk).update(city=city, state=state, country=country)


def use_venue(n):
    EventVenue.objects.filter(pk=one(EventVenue, n).pk).update(use=["venue", "broadcast"][n % 2])
    place, event = one(Venue, n).pk, one(Event, n).pk
    if not EventVenue.objects.filter(venue=place, event=event).exists():
        link = EventVenue.objects.filter(event=event).values_list("pk").order_by("pk").first() or [0]
        sql("UPDATE events_eventvenue SET venue_id = %s WHERE id = %s", place, link[0])


def change_facts(n):
    sql(
        "UPDATE events_event SET formats = '{hackathon,congress,hackathon}', audiences = '{federal}', "
        "is_free = %s, status = %s WHERE id %% 5 = %s",
        [True, False, None][n % 3],
        ["scheduled", "cancelled"][n % 2],
        n % 5,
    )


def change_nothing(n):
    Event.objects.filter(pk=one(Event, n).pk).update(description=f"Text {n}")


def undo(n):
    """What a transaction takes back was never there."""
    with transaction.atomic():
        move(n)
        add(n)
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def grow(n):
    """New nouns, named by events at once."""
    event = one(Event, n)
    known = Topic.objects.count() + Organisation.objects.count()
    EventTopic.objects.create(event=event, topic=TopicFactory(slug=f"thema-neu-{known}"))
    ParticipationFactory(event=event, organisation=OrganisationFactory(slug=f"haus-neu-{known}"))


EDITS: list[Callable[[int], None]] = [
    move, add, schedule, withdraw_or_publish, delete_many, link_topics, change_roles, rename, swap_slugs,
    move_venue, use_venue, change_facts, change_nothing, undo, grow,
]  # fmt: skip
