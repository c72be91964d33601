"""What the database is asked for a snapshot: see `events.bits.reading`."""

# ruff: noqa: S608 - put together from the names in this module alone

from typing import Any

from events.models.choices import ORGANISING, Precision, State, Status, VenueUse

PARAMETERS: dict[str, Any] = {
    "published": State.PUBLISHED.value,
    "venue": VenueUse.VENUE.value,
    "day": Precision.DAY.value,
    "postponed": Status.POSTPONED.value,
    "organising": [role.value for role in ORGANISING],
}


def _instant(column: str) -> str:
    return f"(extract(epoch FROM {column}) * 1000000)::bigint"


def _day(column: str) -> str:
    """As Python's ordinals."""
    return f"({column} - date '0001-01-01' + 1)"


def _sent(number: str, order: str = "", only: str = "", size: int = 8) -> str:
    return f"string_agg(int{size}send({number}), ''::bytea {order}) {only}"


# The state, whether this very transaction has changed anything, and the last note.
_STATE = f"""
    'number', (SELECT number FROM journal_catalogueversion),
    'at', (SELECT {_instant("at")} FROM journal_catalogueversion),
    'has_changed', NOT pg_is_in_recovery() AND pg_current_xact_id_if_assigned() IS NOT NULL,
    'anchor', (SELECT max(id) FROM events_touched),
    'anchor_at', (SELECT {_instant("at")} FROM events_touched ORDER BY id DESC LIMIT 1)
"""

_BEGINNING, _SET = "ORDER BY place", "FILTER (WHERE publish_from IS NOT NULL)"
# Seven parts, each of one row. Days are numbers of four bytes, as places are, all others of eight.
COLUMNS = {
    "keys": _sent("id", _BEGINNING),
    "starts": _sent(_instant("starts_at"), _BEGINNING),
    "ends": _sent(_instant("ends_at"), _BEGINNING),
    "first": _sent(_day("starts_on"), _BEGINNING, size=4),
    "last": _sent(_day("ends_on"), _BEGINNING, size=4),
    "due": _sent(_instant("publish_from"), "ORDER BY publish_from, id", _SET),
    "due_keys": _sent("id", "ORDER BY publish_from, id", _SET),
}
_TOPICS = "id, slug, name_de, coalesce(nullif(name_en, ''), name_de)"
_ORGANISERS = "id, slug, coalesce(nullif(short_name, ''), name), coalesce(nullif(short_name, ''), name)"


def _linked(name: str, value: str, rows: str) -> str:
    """What a table of its own tells of events, by their keys."""
    return f"SELECT '{name}', ({value})::text, {_sent('event_id')} FROM {rows} GROUP BY {value}"


# {facet: the column of an event's own row, its value as text}. Of lists, which hold the same again and again,
# the whole is told; of what is true or false only what is true.
LISTS = {"format": "formats", "audience": "audiences", "language": "languages"}
OWN = {
    **{name: (column, f"to_json({column})::text") for name, column in LISTS.items()},
    "mode": ("mode", "mode"),
    "status": ("status", "status"),
    "free": ("is_free", "CASE WHEN is_free THEN '1' END"),
    "undated": ("is_undated", "CASE WHEN is_undated THEN '1' END"),
}


def _own() -> str:
    """All of these by places, in one walk through the rows."""
    names = " ".join(f"WHEN GROUPING({column}) THEN '{name}'" for name, (column, _value) in OWN.items())
    values = " ".join(f"WHEN GROUPING({column}) THEN {value}" for column, value in OWN.values())
    sets = ", ".join(f"({column})" for column, _value in OWN.values())
    return (
        f"(SELECT * FROM (SELECT CASE 0 {names} END AS name, CASE 0 {values} END AS value, "
        f"{_sent('place', size=4)} FROM listed GROUP BY GROUPING SETS ({sets})) AS own "
        "WHERE value IS NOT NULL ORDER BY name)"
    )


# The table of events is wide: it is gone through once.
_LISTED = """
WITH listed AS MATERIALIZED (
    SELECT (row_number() OVER (ORDER BY starts_at, id) - 1)::int AS place, id, starts_at, ends_at, starts_on,
        ends_on, publish_from, mode, status, is_free, formats, audiences, languages,
        date_precision <> %(day)s OR status = %(postponed)s AS is_undated
    FROM events_event WHERE state = %(published)s
)
"""
_PARTS = [
    f"SELECT 'state', json_build_object({_STATE})::text, NULL::bytea",
    "SELECT told.* FROM (SELECT "
    + ", ".join(f"{told} AS {name}_" for name, told in COLUMNS.items())
    + " FROM listed) AS whole CROSS JOIN LATERAL (VALUES "
    + ", ".join(f"('{name}', '', {name}_)" for name in COLUMNS)
    + ") AS told",
    _linked("topic", "topic_id", "events_eventtopic"),
    # State, town and country of each venue: its events are gone through once.
    "SELECT 'venue', json_build_array(state, city_slug, city, country)::text, told FROM "
    f"(SELECT venue_id, {_sent('event_id')} AS told FROM events_eventvenue WHERE use = %(venue)s "
    "GROUP BY venue_id) AS linked JOIN events_venue ON events_venue.id = venue_id",
    _linked("organiser", "organisation_id", "events_participation WHERE role = ANY (%(organising)s)"),
    _own(),
    *(
        f"SELECT 'names of {facet}', json_agg(json_build_array({columns}))::text, NULL::bytea FROM {table}"
        for facet, columns, table in (
            ("topic", _TOPICS, "events_topic"),
            ("organiser", _ORGANISERS, "organisations_organisation"),
        )
    ),
]
# Rows of (part, value, bytes): the state, the columns, the facets, the names as JSON.
ALL = _LISTED + " UNION ALL ".join(_PARTS)


# -- what has changed -------------------------------------------------------------------------------

_LINKED = {
    "topic": "SELECT topic_id FROM events_eventtopic WHERE event_id = event.id",
    "organiser": "SELECT DISTINCT organisation_id FROM events_participation "
    "WHERE event_id = event.id AND role = ANY (%(organising)s)",
    **{
        name: f"SELECT DISTINCT {told} FROM events_eventvenue AS link JOIN events_venue AS venue "
        f"ON venue.id = venue_id WHERE event_id = event.id AND use = %(venue)s AND {column} <> ''"
        for name, told, column in (
            ("state", "venue.state", "venue.state"),
            ("city", "ARRAY[city_slug, city]", "city_slug"),
            ("country", "country", "country"),
        )
    },
}
_OWN = {
    "key": "event.id",
    "starts": _instant("starts_at"),
    "ends": _instant("ends_at"),
    "first": _day("starts_on"),
    "last": _day("ends_on"),
    "due": _instant("publish_from"),
    "format": "ARRAY(SELECT DISTINCT unnest(formats))",
    "audience": "ARRAY(SELECT DISTINCT unnest(audiences))",
    "language": "ARRAY(SELECT DISTINCT unnest(languages))",
    "mode": "ARRAY[mode]",
    "status": "ARRAY[status]",
    "free": "CASE WHEN is_free THEN '{1}' ELSE '{}' END::text[]",
    # A change of the precision alone changes `starts_at`, so it is noted.
    "undated": "CASE WHEN date_precision <> %(day)s OR status = %(postponed)s THEN '{1}' ELSE '{}' END"
    "::text[]",
    **{name: f"ARRAY({query})" for name, query in _LINKED.items()},
}
_ROW = ", ".join(f"'{name}', {told}" for name, told in _OWN.items())


def _noted(kind: str) -> str:
    return f"SELECT unnest(keys) FROM news WHERE kind = '{kind}'"


def _renamed(kind: str, columns: str, table: str) -> str:
    return f"""json_build_object(
        'touched', (SELECT array_agg(DISTINCT key) FROM ({_noted(kind)}) AS told (key)),
        'named', (SELECT json_agg(json_build_array({columns})) FROM {table} WHERE id IN ({_noted(kind)}))
    )::text"""


# Rows of (part, JSON). `number` and `at` are those of the last note known.
CHANGES = f"""
WITH news AS MATERIALIZED (SELECT kind, keys FROM events_touched WHERE id > %(number)s),
touched AS MATERIALIZED (
    {_noted("event")}
    UNION SELECT event_id FROM events_eventvenue WHERE venue_id IN ({_noted("venue")})
    LIMIT %(most)s + 1
),
few (are) AS (SELECT count(*) <= %(most)s FROM touched)
SELECT 'state', json_build_object({_STATE},
    'is_known', EXISTS (SELECT FROM events_touched WHERE id = %(number)s AND at = %(at)s),
    'is_all', EXISTS (SELECT FROM news WHERE kind = 'all'),
    'touched', (SELECT count(*) FROM touched))::text
UNION ALL SELECT 'topics', {_renamed("topic", _TOPICS, "events_topic")}
UNION ALL SELECT 'organisers', {_renamed("organisation", _ORGANISERS, "organisations_organisation")}
UNION ALL SELECT 'events', json_build_object(
    'touched', (SELECT array_agg(id) FROM touched AS told (id) WHERE (SELECT are FROM few)),
    'rows', (SELECT json_agg(json_build_object({_ROW})) FROM events_event AS event
        WHERE id IN (SELECT * FROM touched) AND state = %(published)s AND (SELECT are FROM few))
)::text
"""
