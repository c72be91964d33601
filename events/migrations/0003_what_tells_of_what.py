"""Whatever an output tells of an entry raises the entry's `modified_at`; what a calendar tells, its revision.

Replaces the row-wise triggers of 0002 by triggers that run once per statement. Rows written in the
transaction that made the event raise no revision.
"""

from importlib import import_module

from django.db.migrations import Migration as Base
from django.db.migrations import RunSQL

from lib.triggers import after, function, leaves_tombstones, raises_version, tells, touches_owner

before = import_module("events.migrations.0002_triggers")

EVENT = "events_event"
# Tables whose rows belong to an event, and whether its calendars tell of them.
LISTS = {
    "events_previousdate": True,
    "events_eventvenue": True,
    "events_eventtopic": True,
    "events_participation": True,
    "events_session": True,
    "events_appearance": False,
    "events_award": False,
    "events_price": False,
    "events_source": False,
}
TABLES = [EVENT, "events_series", "events_seriesorganiser", "events_topic", "events_venue", *LISTS]

# -- the row-wise triggers of before go -------------------------------------------------------------

ORGANISATION = "organisations_organisation"
FORMER_FUNCTIONS = {
    "events_bump_event": before.BUMP_EVENT,
    "events_bump_events_of_venue": before.BUMP_VENUE_EVENTS,
    "events_bump_events_of_organisation": before.BUMP_ORGANISATION_EVENTS,
}
FORMER_TRIGGERS = [
    ("events_venue_bump", "UPDATE", "events_venue", "events_bump_events_of_venue"),
    ("organisations_organisation_bump_events", "UPDATE", ORGANISATION, "events_bump_events_of_organisation"),
    *(
        (f"events_{child}_bump", "INSERT OR UPDATE OR DELETE", f"events_{child}", "events_bump_event")
        for child in before.CHILDREN
    ),
]
AWAY = [
    *(
        RunSQL(
            f"DROP TRIGGER {name} ON {table}",
            f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {called}()",
        )
        for name, when, table, called in FORMER_TRIGGERS
    ),
    *(RunSQL(f"DROP FUNCTION {name}()", sql) for name, sql in FORMER_FUNCTIONS.items()),
]

# -- what a calendar tells of the event's own row ---------------------------------------------------

TOLD = [*before.TOLD, "series_id", "is_sample"]
KEEP_EVENT_BEFORE = before.KEEP_EVENT.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def columns(row, names):
    return ", ".join(f"{row}.{name}" for name in names)


KEEP_EVENT = KEEP_EVENT_BEFORE
for row in ("NEW", "OLD"):
    KEEP_EVENT = KEEP_EVENT.replace(f"({columns(row, before.TOLD)})", f"({columns(row, TOLD)})")

# -- what parts, wholes, neighbouring editions and the series say of an event -----------------------

MENTIONED = [
    "uid", "slug", "title", "title_en", "formats", "status", "is_sample", "state", "publish_from",
    "starts_on", "ends_on", "start_time", "end_time", "timezone", "date_precision",
    "edition", "series_id", "parent_id",
]
KEYS = ("id", "parent_id", "series_id", "starts_at")


DIFFER = f"({columns('stale', MENTIONED)}) IS DISTINCT FROM ({columns('fresh', MENTIONED)})"
SEEN = {
    "INSERT": f"SELECT {columns('fresh', KEYS)} FROM fresh WHERE state = 'published'",
    "UPDATE": " UNION ".join(
        f"SELECT {columns(row, KEYS)} FROM stale JOIN fresh USING (id) WHERE {row}.state = 'published' AND {DIFFER}"
        for row in ("stale", "fresh")
    ),
    "DELETE": f"SELECT {columns('stale', KEYS)} FROM stale WHERE state = 'published'",
}


def neighbour(than, order):
    return f"""(SELECT other.id FROM events_event AS other
        WHERE other.series_id = seen.series_id AND other.state = 'published'
            AND (other.publish_from IS NULL OR other.publish_from <= now())
            AND (other.starts_at, other.id) {than} (seen.starts_at, seen.id)
        ORDER BY other.starts_at {order}, other.id {order} LIMIT 1)"""


def tell_around(kind):
    return f"""
    IF NOT EXISTS ({SEEN[kind]}) THEN
        RETURN NULL;
    END IF;
    WITH seen AS MATERIALIZED ({SEEN[kind]}), around AS (
        SELECT parent_id AS id FROM seen
        UNION SELECT child.id FROM events_event AS child JOIN seen ON child.parent_id = seen.id
        UNION SELECT near.id FROM seen CROSS JOIN LATERAL (
            {neighbour("<", "DESC")} UNION ALL {neighbour(">", "ASC")}) AS near
    ), series AS (
        UPDATE events_series SET modified_at = now()
        WHERE id IN (SELECT series_id FROM seen) AND modified_at <> now()
    )
    UPDATE events_event SET modified_at = now() WHERE id IN (SELECT id FROM around) AND modified_at <> now();"""


AROUND = [
    operation
    for kind in ("INSERT", "UPDATE", "DELETE")
    for operation in (
        function(f"events_event_tell_around_{kind.lower()}", tell_around(kind)),
        *after(EVENT, "tell_around", f"events_event_tell_around_{kind.lower()}()", [kind]),
    )
]

# -- what events, series and topics say of other entries --------------------------------------------


def events_by(table, column, keys="told"):
    return f"SELECT event_id FROM {table} WHERE {column} = ANY ({keys})"


INVOLVED = " UNION ".join(
    events_by(table, "organisation_id")
    for table in ("events_participation", "events_appearance", "events_award")
)
ORGANISED = "SELECT series_id FROM events_seriesorganiser WHERE organisation_id = ANY (told)"
NAMES = ["name", "name_en"]
LINKED = [
    *tells(
        ORGANISATION,
        "events",
        ["uid", "slug", "short_name", "website", "wikidata", "kind"],
        {EVENT: f"id IN ({INVOLVED})", "events_series": f"id IN ({ORGANISED})"},
        NAMES,
        f"id IN ({events_by('events_participation', 'organisation_id', 'revising')})",
    ),
    *tells(
        "speakers_speaker",
        "events",
        ["uid", "slug", "academic_title", "given_name", "family_name", "website", "wikidata", "anonymised_at"],
        {EVENT: f"id IN ({events_by('events_appearance', 'speaker_id')})"},
    ),
    *tells(
        "events_series",
        "events",
        ["uid", "slug", "short_name", "website"],
        {EVENT: "series_id = ANY (told)", "events_series": "predecessor_id = ANY (told)"},
        NAMES,
        "series_id = ANY (revising)",
    ),
    *tells(
        "events_topic",
        "events",
        ["uid", "slug"],
        {EVENT: f"id IN ({events_by('events_eventtopic', 'topic_id')})", "events_topic": "parent_id = ANY (told)"},
        ["name_de", "name_en"],
        f"id IN ({events_by('events_eventtopic', 'topic_id', 'revising')})",
    ),
    *tells(
        "events_venue",
        "events",
        ["uid", "slug", "website", "accessibility", "accessibility_note"],
        {EVENT: f"id IN ({events_by('events_eventvenue', 'venue_id')})"},
        ["name", "kind", "street", "postal_code", "city", "state", "country", "latitude", "longitude"],
        f"id IN ({events_by('events_eventvenue', 'venue_id', 'revising')})",
    ),
]

VISIBLE = "(entry.state = 'published' AND (entry.publish_from IS NULL OR entry.publish_from <= now()))"
DUE = "CASE WHEN entry.state = 'published' AND entry.publish_from > now() THEN entry.publish_from END"


class Migration(Base):
    dependencies = [
        ("events", "0003_stable_identifiers"),
        ("addresses", "0003_dates_that_only_rise"),
        ("journal", "0001_what_changed"),
        ("organisations", "0003_stable_identifiers"),
        ("speakers", "0003_stable_identifiers"),
    ]

    operations = [
        *AWAY,
        RunSQL(KEEP_EVENT, KEEP_EVENT_BEFORE),
        *(operation for table in TABLES for operation in raises_version(table)),
        *leaves_tombstones(EVENT, "event", seen=VISIBLE, gone="withdrawn", until=DUE),
        *leaves_tombstones("events_series", "series", seen="true", gone="deleted"),
        *leaves_tombstones("events_topic", "topic", seen="true", gone="deleted"),
        *leaves_tombstones("events_venue", "venue", seen="true", gone="deleted"),
        *(operation for table, told in LISTS.items() for operation in touches_owner(table, "event_id", EVENT, told)),
        *touches_owner("events_appearance", "speaker_id", "speakers_speaker"),
        *touches_owner("events_seriesorganiser", "series_id", "events_series"),
        *AROUND,
        *LINKED,
    ]
