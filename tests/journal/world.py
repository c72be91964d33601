"""A small world of entries, random edits of any table in it, and all that outputs tell of each entry."""

import datetime as dt
import json

from django.db import DataError, IntegrityError, connection, models, transaction

from events.around import editions_around
from events.models import Event, Series, Session, Topic, Venue
from events.outputs import cpev, ical, json_feed, jsonld, programme
from lib.nouns import Noun
from organisations.models import Organisation
from speakers.models import Speaker
from tests.events.outputs.cast import ENGLISH, GERMAN
from tests.factories import (
    NOW,
    AppearanceFactory,
    AwardFactory,
    EventFactory,
    OrganisationFactory,
    PreviousDateFactory,
    PriceFactory,
    SeriesFactory,
    SeriesOrganiserFactory,
    SessionFactory,
    SourceFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)

NOUNS = [Event, Series, Topic, Venue, Organisation, Speaker]
# What says when something changed, and what is made of the rest.
LEFT_OUT = {
    "id",
    "uid",
    "created_at",
    "modified_at",
    "is_sample",
    "anonymised_at",
    "withdrawn_at",
    "revision",
}


def build():
    """Five events, two of them editions, one a part of another, with one of everything around them."""
    organisations = OrganisationFactory.create_batch(3)
    organisations[0].parent = organisations[1]
    organisations[0].save()
    topics, venues, speakers = (f.create_batch(2) for f in (TopicFactory, VenueFactory, SpeakerFactory))
    series = SeriesFactory()
    SeriesOrganiserFactory(series=series, organisation=organisations[0])
    around = {"topics": topics, "venues": venues[:1], "organisers": organisations[:2]}
    events = [EventFactory(series=series, starts_on=dt.date(2027, 5, day), **around) for day in (1, 4, 9)]
    events += [EventFactory(parent=events[0]), EventFactory(state="draft", published_at=None)]
    for event, speaker in zip(events, speakers, strict=False):
        when = {"date": event.starts_on, "start_time": dt.time(9), "end_time": dt.time(10)}
        session = SessionFactory(event=event, **when)
        AppearanceFactory(event=event, speaker=speaker, session=session, organisation=organisations[2])
        AwardFactory(event=event, organisation=organisations[2])
        for factory in (PreviousDateFactory, PriceFactory, SourceFactory):
            factory(event=event)


# -- edits -----------------------------------------------------------------------------------------


def edit(chance, tables):
    """One random edit, by one of the ways there are; what the database refuses does not happen."""
    model = chance.choice(tables)
    row = chance.choice(list(model.objects.all()) or [None])
    if row is None:
        return ""
    way = chance.choice([_save, _update, _sql, _sql, _remove])
    try:
        with transaction.atomic():
            told = way(chance, row)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, DataError, models.ProtectedError):
        return ""
    return f"{way.__name__} {model.__name__} {told}"


def _save(chance, row):
    column = _column(chance, row)
    setattr(row, column.attname, _value(chance, row, column))
    row.save()
    return column.name


def _update(chance, row):
    column = _column(chance, row)
    type(row).objects.filter(pk=row.pk).update(**{column.attname: _value(chance, row, column)})
    return column.name


def _sql(chance, row):
    column = _column(chance, row)
    value = column.get_db_prep_save(_value(chance, row, column), connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {row._meta.db_table} SET "{column.column}" = %s WHERE id = %s', [value, row.pk]
        )
    return column.name


def _remove(chance, row):
    if isinstance(row, Noun) and chance.random() < 0.8:
        raise IntegrityError
    row.delete()
    return str(row)


def _column(chance, row):
    return chance.choice(columns(type(row)))


def columns(model):
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and field.name not in LEFT_OUT and not isinstance(field, models.FileField)
    ]


def _value(chance, row, column):
    old = getattr(row, column.attname)
    if column.choices:
        return chance.choice(list(dict(column.flatchoices)))
    if isinstance(column, models.ForeignKey):
        return chance.choice(list(column.related_model.objects.values_list("pk", flat=True)))
    if isinstance(column, models.BooleanField):
        return not old
    if isinstance(column, models.DateTimeField):
        return chance.choice(
            [None, dt.datetime(2027, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)]
        )
    if isinstance(column, models.DateField):
        return (old or dt.date(2027, 5, 1)) + dt.timedelta(days=chance.randint(-9, 9))
    if isinstance(column, models.TimeField):
        return dt.time(chance.randint(0, 23))
    if isinstance(column, models.DecimalField | models.IntegerField):
        return chance.randint(1, 40)
    special = {"timezone": "Europe/Paris", "currency": "CHF", "wikidata": "Q42", "hashtag": "#neu"}
    return _text(chance, column, special)


def _text(chance, column, special):
    if column.name in special:
        return special[column.name]
    word = f"neu-{chance.randint(0, 9999)}"
    if "url" in column.name or column.name == "website":
        return f"https://{word}.example"
    return [word] if column.get_internal_type() == "ArrayField" else word


# -- what is told ----------------------------------------------------------------------------------


def told():
    """{(noun, key): what is told of the entry}; drafts and the anonymised are told nowhere."""
    found = {("event", event.pk): _event(event) for event in Event.objects.for_detail().published(NOW)}
    for model in NOUNS[1:]:
        for row in model.objects.all():
            found[model._meta.model_name, row.pk] = _columns(row)
    for series in Series.objects.all():
        found["series", series.pk] += _names(link.organisation for link in series.organiser_links.all())
    return found


def told_to_calendars():
    """{key: what the event's calendars tell}, but for when it changed."""
    found = {}
    for event in Event.objects.for_detail().published(NOW):
        texts = [
            _calendar(ical.event_calendar, event, GERMAN),
            _calendar(ical.event_calendar, event, ENGLISH),
        ]
        texts.append(_calendar(programme.calendar, event, "https://programm.example", GERMAN))
        found[event.pk] = texts
    return found


def _calendar(build, *arguments):
    try:
        lines = build(*arguments).decode().splitlines()
    except ValueError as refused:
        return str(refused)
    stamps = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
    return [line for line in lines if not line.startswith(stamps)]


def _event(event):
    around = editions_around(event)
    neighbours = around.previous, around.next
    forms = [json_feed.item(event, site) for site in (GERMAN, ENGLISH)]
    forms.append(jsonld.event_page(event, GERMAN, NOW))
    forms.append(cpev.event_document(event, GERMAN, NOW, *neighbours))
    rows = [row for name in ("prices", "sources", "awards", "sessions") for row in getattr(event, name).all()]
    return json.dumps(forms) + "".join(map(_columns, [event, *rows]))


def _columns(row):
    """The entry's own columns, and the names of what they lead to."""
    own = {field.name: str(getattr(row, field.attname)) for field in columns(type(row))}
    linked = [
        getattr(row, field.name) for field in columns(type(row)) if isinstance(field, models.ForeignKey)
    ]
    skipped = (Event, Session)  # the first is told above, the second by its number
    return json.dumps(own) + _names(one for one in linked if one and not isinstance(one, skipped))


def _names(things):
    return "".join(f"{one.uid} {one.slug} {one}" for one in things)
