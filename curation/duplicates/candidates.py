"""Where to look: the few entries that are worth comparing with one, found by indexes of the database.

One statement for any number of entries, each of which costs about as much whatever the size of the catalogue:
names by trigrams, events by their days as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from curation.duplicates.facts import EventFacts, Facts, PersonFacts
from curation.duplicates.judging_events import FAR
from curation.duplicates.vocabulary import ACADEMIC
from curation.duplicates.wording import read
from lib.alike import names_of

# How much of a name must stand in another's, in trigrams: low, since spelling is judged afterwards.
_LEAST = 0.4
# Of titles around the same days, which are read without the index and as they are spelled; and of those
# further away.
_LEAST_TITLE, _LEAST_FAR = 0.35, 0.7
# Days around an event's own in which anything that resembles it is looked at.
_AROUND = 14
_MOST = 25
# Names of one entry that are asked for.
_MOST_NAMES = 8

# {noun: (table, columns with names, columns with lists of names)}, as the indexes have them.
TABLES: dict[str, tuple[str, list[str], list[str]]] = {
    "series": ("events_series", ["name", "name_en", "short_name"], ["aliases"]),
    "organisation": ("organisations_organisation", ["name", "name_en", "short_name"], ["aliases"]),
    "speaker": ("speakers_speaker", ["given_name", "family_name"], ["aliases"]),
    "topic": ("events_topic", ["name_de", "name_en"], ["synonyms"]),
    "venue": ("events_venue", ["name", "city"], []),
}

Found = dict[int, set[int]]


def candidates(noun: str, probes: Sequence[Facts]) -> Found:
    """{number of the probe in the row: keys of other entries}"""
    texts = [(n, probe.key, text) for n, probe in enumerate(probes) for text in _texts(probe)]
    if not texts:
        return {}
    sql = _events_sql() if noun == "event" else _names_sql(noun)
    columns: list[Any] = [list(column) for column in zip(*texts, strict=True)]
    if noun == "event":
        columns += [list(column) for column in zip(*_days(probes, texts), strict=True)]
    found: Found = defaultdict(set)
    with transaction.atomic(), connection.cursor() as cursor:
        for kind, least in (("word", _LEAST), ("strict_word", _LEAST_FAR)):
            cursor.execute(f"SELECT set_config('pg_trgm.{kind}_similarity_threshold', '{least}', true)")
        cursor.execute(sql, columns)
        for number, key in cursor.fetchall():
            found[number].add(key)
    return found


def _texts(probe: Facts) -> list[str]:
    """The names to ask for, without titles, legal forms, years and numbers, unless nothing else is left."""
    names: Iterable[str] = probe.names
    if isinstance(probe, PersonFacts):
        names = [f"{probe.given} {probe.family}", *probe.names]
    short = getattr(probe, "short", "")
    town = getattr(probe, "city", "") if not short else ""
    told = [_plain(name, probe) for name in [*names, short] if name]
    if town and not isinstance(probe, PersonFacts):
        told += [f"{name} {town}" for name in told[:1]]
    return list(dict.fromkeys(text for text in told if text))[:_MOST_NAMES]


def _plain(name: str, probe: Facts) -> str:
    words = read(name).words
    if isinstance(probe, PersonFacts):
        bare = name.replace(".", " ").split()
        kept = [word for word in bare if not set(read(word).words) & ACADEMIC]
        return " ".join(kept)
    return " ".join(words) or name


def _names_sql(noun: str) -> str:
    table, columns, lists = TABLES[noun]
    names = names_of(columns, lists, "entry")
    shown = "AND entry.anonymised_at IS NULL " if noun == "speaker" else ""
    return (
        "WITH probe AS MATERIALIZED (SELECT n, key, noun_alike(ARRAY[text]) AS text "  # noqa: S608
        "FROM unnest(%s::int[], %s::bigint[], %s::text[]) AS asked (n, key, text)) "
        "SELECT DISTINCT probe.n, found.id FROM probe CROSS JOIN LATERAL ("
        f"SELECT entry.id FROM {table} AS entry WHERE probe.text <%% {names} AND entry.id <> probe.key "
        f"{shown}ORDER BY word_similarity(probe.text, {names}) DESC LIMIT {_MOST}) AS found"
    )


def _days(probes: Sequence[Facts], texts: Sequence[tuple[int, int, str]]) -> list[tuple[Any, ...]]:
    """(first day, last day, series, edition) of the event that each text belongs to."""
    rows = []
    for number, _key, _text in texts:
        event = probes[number]
        assert isinstance(event, EventFacts)  # noqa: S101
        rows.append((event.first, event.last, event.series, event.edition))
    return rows


def _events_sql() -> str:
    """Around the same days anything that resembles it or is of its series; further away only what has nearly
    its title, or its number in the series."""
    near = "SELECT entry.id, entry.series_id, word_similarity(probe.text, entry.sort_title) AS near"
    return (
        "WITH probe AS MATERIALIZED "  # noqa: S608
        "(SELECT n, key, noun_alike(ARRAY[text]) AS text, first, last, series, edition "
        "FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::date[], %s::date[], %s::bigint[], %s::int[]) "
        "AS asked (n, key, text, first, last, series, edition)) "
        "SELECT DISTINCT probe.n, found.id FROM probe CROSS JOIN LATERAL ("
        # OFFSET 0 keeps the likeness from being worked out twice.
        f"(SELECT id FROM ({near} FROM events_event AS entry WHERE entry.id <> probe.key "
        f"AND entry.starts_on <= probe.last + {_AROUND} AND entry.ends_on >= probe.first - {_AROUND} "
        "OFFSET 0) AS told "
        f"WHERE told.series_id = probe.series OR told.near >= {_LEAST_TITLE} "
        f"ORDER BY told.near DESC LIMIT {_MOST}) "
        f"UNION (SELECT id FROM ({near} FROM events_event AS entry WHERE probe.text <<%% entry.sort_title "
        f"AND entry.id <> probe.key AND entry.starts_on BETWEEN probe.first - {FAR} AND probe.last + {FAR} "
        "OFFSET 0) AS told ORDER BY told.near DESC LIMIT 10) "
        "UNION (SELECT entry.id FROM events_event AS entry WHERE entry.series_id = probe.series "
        "AND entry.edition = probe.edition AND entry.id <> probe.key LIMIT 5)"
        ") AS found"
    )
