"""A synthetic catalogue of any size: the same for the same number and day, whatever the machine.

Words are those of real titles and summaries. Organisers, towns and topics follow Zipf's law; most events are
over, the more of them the nearer to today; a tenth lie ahead. There is no trail of what editors did.
"""

import datetime as dt
from typing import Any

from django.db import connection

from events.models import (
    Appearance,
    Event,
    EventTopic,
    EventVenue,
    Participation,
    PreviousDate,
    Price,
    PublishedVersion,
    Session,
    Source,
)
from journal.models import CatalogueVersion
from tools.speed import around
from tools.speed.writing import insert, number_on, prepare

YEARS_BACK, DAYS_AHEAD = 25, 500
# Each month as often as it deserves: little happens in August and at the end of the year.
_MONTHS = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 11, 11, 12]
_WAYS = ["onsite"] * 16 + ["online"] * 2 + ["hybrid"] * 2
_STATES = ["scheduled"] * 36 + ["rescheduled", "moved_online", "cancelled", "postponed"]
_LINKS = (
    # role, the rank's salt, how many of 100 events have one
    ("organiser", 31, 100),
    ("co_organiser", 32, 30),
    ("host", 33, 15),
    ("partner", 34, 35),
    ("sponsor", 35, 20),
)
_ROLES = ["speaker", "speaker", "keynote", "panellist", "moderator"]


def fill(events: int, today: dt.date) -> None:
    """That many published events with all that belongs to them, in an empty database that has been migrated.

    Triggers are left out, so nobody has told the index (see `index.rebuilding`); the catalogue's version is
    raised at the end, once.
    """
    many = around.sizes(events)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        prepare(cursor)
        around.fill(cursor, events)
        _draw(cursor, events, today)
        _events(cursor, many["series"])
        _places(cursor, many["venues"])
        _participations(cursor, many["organisations"])
        _appearances(cursor, many["people"])
        _details(cursor)
        # Or each version would be put together by reading whole tables.
        cursor.execute("ANALYZE")
        _versions(cursor)
        number_on(cursor, Event, PublishedVersion)
        _raise_version(cursor)
        tables = ("", "_name", "_text", "_topic", "_kind", "_town")
        cursor.execute("DROP TABLE " + ", ".join(f"crowd{table}" for table in tables))
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def clear() -> None:
    """Takes the events and all around them out again, and raises the version once more."""
    nouns = (Event, *around.NOUNS)
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in nouns)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        # What triggers would have taken away.
        kept = ", ".join(f"events_{kind}piece" for kind in ("calendar", "page", "node", "record"))
        cursor.execute(f"TRUNCATE {kept}")
        _raise_version(cursor)
        cursor.execute("SET session_replication_role = DEFAULT")


def _draw(cursor: Any, events: int, today: dt.date) -> None:
    """What the rows of one event have to agree about: its days, its mode, its state, when it was entered."""
    past = (
        f"make_date({today.year} - floor({YEARS_BACK} * power(pg_temp.luck(n, 2), 2))::int, "
        f"(ARRAY{_MONTHS})[pg_temp.pick(n, 3, {len(_MONTHS)})], pg_temp.pick(n, 4, 28))"
    )
    ahead = f"DATE '{today}' + 1 + floor({DAYS_AHEAD} * power(pg_temp.luck(n, 2), 2))::int"
    cursor.execute(
        f"""
        CREATE TEMP TABLE crowd AS
        WITH raw AS (
            SELECT n, CASE WHEN pg_temp.luck(n, 1) < 0.9 THEN {past} ELSE {ahead} END AS day,
                   pg_temp.luck(n, 1) >= 0.9 AS ahead
            FROM generate_series(1::bigint, {events}) AS n
        ), moved AS (
            SELECT n, CASE WHEN NOT ahead AND day >= '{today}' THEN day - 364 ELSE day END AS day FROM raw
        ), working AS (
            SELECT n, CASE extract(dow FROM day) WHEN 0 THEN day + 1 WHEN 6 THEN day - 1 ELSE day END AS day
            FROM moved
        )
        SELECT n, day, greatest(0, pg_temp.pick(n, 5, 5) - 3) AS further, n % 50 = 3 AS vague,
               pg_temp.one_of(n, 6, ARRAY{_WAYS}) AS mode, pg_temp.one_of(n, 7, ARRAY{_STATES}) AS status,
               least(day - 120, DATE '{today}' - pg_temp.pick(n, 8, 200)) + TIME '09:00' AS entered
        FROM working
        """  # noqa: S608
    )
    cursor.execute("ALTER TABLE crowd ADD PRIMARY KEY (n)")
    cursor.execute("ANALYZE crowd")


def _events(cursor: Any, series: int) -> None:
    first = "CASE WHEN vague THEN date_trunc('month', day)::date ELSE day END"
    month = "date_trunc('month', day)"
    last = f"CASE WHEN vague THEN ({month} + interval '1 month')::date - 1 ELSE day + further END"
    timed = "NOT vague AND further = 0 AND pg_temp.luck(crowd.n, 13) < 0.4"
    columns = {
        "id": "crowd.n", "uid": "md5('event' || crowd.n)::uuid",
        "slug": "'kongress-' || lower(name.name) || '-' || crowd.n",
        "title": "left(concat_ws(' ', one.start, other.ending, name.name, extract(year FROM day)), 250)",
        "summary": "one.summary || ' ' || name.name || '.'",
        "starts_on": first, "ends_on": last, "date_precision": "CASE WHEN vague THEN 'month' ELSE 'day' END",
        "start_time": f"CASE WHEN {timed} THEN TIME '09:00' END",
        "end_time": f"CASE WHEN {timed} THEN TIME '17:00' END",
        "mode": "mode", "online_access": "CASE WHEN mode = 'onsite' THEN '' ELSE 'after_registration' END",
        "status": "status", "is_free": "CASE crowd.n % 6 WHEN 0 THEN true WHEN 1 THEN false END",
        "website": "'https://kongress-' || crowd.n || '.example'",
        "registration_deadline": "CASE WHEN crowd.n % 8 = 0 THEN day - 20 END",
        "formats": "one.formats", "audiences": "one.audiences", "languages": "ARRAY['de']",
        "series_id": "CASE WHEN pg_temp.luck(crowd.n, 14) < 0.45 "
        f"THEN 1 + floor({series} * power(pg_temp.luck(crowd.n, 15), 1.3))::int END",
        "revision": "CASE crowd.n % 5 WHEN 2 THEN 1 ELSE 0 END",
        "state": "'published'", "published_at": "entered", "created_at": "entered", "modified_at": "entered",
    }  # fmt: skip
    source = (
        f"crowd JOIN crowd_text AS one ON one.n = pg_temp.pick(crowd.n, 10, {around.TEXTS}) "
        f"JOIN crowd_text AS other ON other.n = pg_temp.pick(crowd.n, 11, {around.TEXTS}) "
        f"JOIN crowd_name AS name ON name.n = pg_temp.pick(crowd.n, 12, {around.NAMES})"
    )
    insert(cursor, Event, columns, source)


def _places(cursor: Any, venues: int) -> None:
    """One where people go, seldom a second; and one to four topics."""
    for position, salt, share in ((0, 21, 100), (1, 22, 4)):
        columns = {
            "event_id": "n", "venue_id": f"pg_temp.skewed(n, {salt}, {venues})", "position": str(position)
        }  # fmt: skip
        there = f"crowd WHERE mode <> 'online' AND pg_temp.luck(n, {salt + 2}) * 100 < {share}"
        insert(cursor, EventVenue, columns, there, single=True)
    topics = "(SELECT count(*) FROM crowd_topic)::int"
    for position, share in enumerate((100, 90, 60, 20)):
        columns = {
            "event_id": "n",
            "topic_id": f"pg_temp.skewed(n, {41 + position}, {topics})",
            "position": str(position),
        }
        insert(cursor, EventTopic, columns, f"crowd WHERE pg_temp.luck(n, 45) * 100 < {share}", single=True)


def _participations(cursor: Any, organisations: int) -> None:
    for position, (role, salt, share) in enumerate(_LINKS):
        columns = {
            "event_id": "n", "organisation_id": f"pg_temp.skewed(n, {salt}, {organisations})",
            "role": f"'{role}'", "position": str(position),
        }  # fmt: skip
        there = f"crowd WHERE pg_temp.luck(n, {salt + 20}) * 100 < {share}"
        insert(cursor, Participation, columns, there, single=True)


def _appearances(cursor: Any, people: int) -> None:
    """A quarter of the events name people, nine each on average; the frequent ones speak often."""
    columns = {
        "event_id": "n", "speaker_id": f"pg_temp.skewed(n * 32 + k, 61, {people})", "position": "k",
        "role": f"pg_temp.one_of(n * 32 + k, 62, ARRAY{_ROLES})", "office": "'Referatsleitung'",
    }  # fmt: skip
    source = "crowd, generate_series(0, 16) AS k WHERE n % 4 = 1 AND k < pg_temp.pick(n, 63, 17)"
    insert(cursor, Appearance, columns, source, single=True)


def _details(cursor: Any) -> None:
    """Programmes of 18 of 100 events (a few of them long), sources, prices, former dates."""
    programme = {
        "event_id": "n", "uid": "md5('session' || n || ' ' || k)::uuid", "position": "k",
        "title": "'Programmpunkt ' || k", "date": "day",
        "start_time": "TIME '09:00' + k * interval '40 minutes'",
        "end_time": "TIME '09:30' + k * interval '40 minutes'", "room": "'Saal ' || k % 3",
    }  # fmt: skip
    parts = "CASE WHEN n % 50 = 7 THEN 12 ELSE pg_temp.pick(n, 71, 3) END"
    insert(
        cursor,
        Session,
        programme,
        f"crowd, generate_series(0, 11) AS k WHERE NOT vague AND pg_temp.luck(n, 72) < 0.18 AND k < {parts}",
    )
    for position, share in ((0, 100), (1, 43)):
        source = {
            "event_id": "n", "url": f"'https://nachweis-{position}.example/' || n", "title": "'Programm'",
            "publisher": "'Veranstalter'", "retrieved": "entered::date", "position": str(position),
        }  # fmt: skip
        insert(cursor, Source, source, f"crowd WHERE pg_temp.luck(n, 73) * 100 < {share}")
    insert(cursor, Price, {"event_id": "n", "amount": "50 + n % 900"}, "crowd WHERE n % 30 = 1")
    former = {"event_id": "n", "starts_on": "day - 90", "ends_on": "day - 90 + further"}
    insert(cursor, PreviousDate, former, "crowd WHERE status = 'rescheduled'")


def _versions(cursor: Any) -> None:
    """What was public of each, as the database itself says it; of every fifth something else before."""
    said = "events_facts(event)"
    first = {
        "event_id": "event.id", "revision": "0", "at": "event.published_at",
        "facts": f"CASE WHEN event.id % 5 = 2 THEN {said} || '{{\"sold_out\": true}}' ELSE {said} END",
    }  # fmt: skip
    insert(cursor, PublishedVersion, first, "events_event AS event")
    second = {
        "event_id": "event_id", "revision": "1", "at": "at + interval '30 days'",
        "facts": "facts || '{\"sold_out\": false}'",
    }  # fmt: skip
    insert(
        cursor, PublishedVersion, second, "events_publishedversion WHERE event_id % 5 = 2 ORDER BY event_id"
    )


def _raise_version(cursor: Any) -> None:
    table = CatalogueVersion._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} (id, number, at) VALUES (1, 1, now()) "  # noqa: S608
        f"ON CONFLICT (id) DO UPDATE SET number = {table}.number + 1, at = now()"
    )
