"""What events of a synthetic catalogue have around them: organisations, people, places, series, topics."""

import json
from pathlib import Path
from typing import Any

from psycopg2.extras import execute_values

from events.models import Series, SeriesOrganiser, Topic, Venue
from lib import gazetteer
from organisations.models import Organisation
from speakers.models import Speaker
from tools.speed.writing import insert, number_on

CATALOGUE = Path(__file__).resolve().parents[2] / "data" / "catalogue.json"
# Names that are made up, and the largest towns of Germany.
NAMES, TOWNS = 20_000, 400
NOUNS = (Series, Topic, Venue, Organisation, Speaker)
TEXTS = "(SELECT count(*) FROM crowd_text)::int"
_SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su"]
_GIVEN = ["Ariane", "Birgit", "Cem", "Dirk", "Elif", "Frank", "Gesine", "Heike", "Ivo", "Jana", "Kai", "Lena"]
_KINDS = (
    ("Ministerium für Digitales", "authority", "state"),
    ("Stadt", "municipality", "municipal"),
    ("Landkreis", "municipality", "municipal"),
    ("Verband", "association", "private"),
    ("Gesellschaft für IT", "company", "private"),
    ("Hochschule", "research", "state"),
    ("Rechenzentrum", "public_enterprise", "municipal"),
    ("Netzwerk", "network", "private"),
)


def sizes(events: int) -> dict[str, int]:
    """How many there are of each among so many events: the more, the slower they grow."""
    return {
        "organisations": round(12 * events**0.45),
        "venues": round(8 * events**0.5),
        "people": round(6 * events**0.7),
        "series": max(10, events // 12),
    }


def fill(cursor: Any, events: int) -> None:
    """In need of `writing.prepare`. Leaves the temporary tables `crowd_name` and `crowd_text`."""
    many = sizes(events)
    _texts(cursor)
    _topics(cursor)
    _organisations(cursor, many["organisations"])
    _venues(cursor, many["venues"])
    _people(cursor, many["people"])
    _series(cursor, many["series"], many["organisations"])
    number_on(cursor, *NOUNS)


def _texts(cursor: Any) -> None:
    """Words as people use them: beginnings and ends of real titles, real summaries; and invented names."""
    events = json.loads(CATALOGUE.read_text(encoding="utf-8"))["events"]
    rows = []
    for n, event in enumerate(events, start=1):
        words = event["title"].split()
        middle = (len(words) + 1) // 2
        start, end = " ".join(words[:middle]), " ".join(words[len(words) // 2 :])
        rows.append((n, start, end, event["summary"][:500], event["formats"], event.get("audiences", [])))
    cursor.execute(
        "CREATE TEMP TABLE crowd_text "
        "(n int PRIMARY KEY, start text, ending text, summary text, formats text[], audiences text[])"
    )
    execute_values(cursor, "INSERT INTO crowd_text VALUES %s", rows)
    cursor.execute("CREATE TEMP TABLE crowd_name (n int PRIMARY KEY, name text)")
    names = [(n + 1, _name(n)) for n in range(NAMES)]
    execute_values(cursor, "INSERT INTO crowd_name VALUES %s", names, page_size=5_000)
    cursor.execute("ANALYZE crowd_text, crowd_name")


def _name(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:05}").capitalize()


def _topics(cursor: Any) -> None:
    """The real ones: their number does not grow with that of the events."""
    topics = json.loads(CATALOGUE.read_text(encoding="utf-8"))["topics"]
    rows = [(n, one["slug"], one["name_de"], one.get("name_en", "")) for n, one in enumerate(topics, start=1)]
    cursor.execute("CREATE TEMP TABLE crowd_topic (n int, slug text, name_de text, name_en text)")
    execute_values(cursor, "INSERT INTO crowd_topic VALUES %s", rows)
    columns = {"id": "n", "slug": "slug", "name_de": "name_de", "name_en": "name_en", "uid": _uid("topic")}
    insert(cursor, Topic, columns, "crowd_topic")


def _uid(noun: str) -> str:
    return f"md5('{noun}' || n)::uuid"


def _organisations(cursor: Any, many: int) -> None:
    cursor.execute("CREATE TEMP TABLE crowd_kind (k int, start text, kind text, level text)")
    kinds = [(k, *kind) for k, kind in enumerate(_KINDS)]
    execute_values(cursor, "INSERT INTO crowd_kind VALUES %s", kinds)
    source = (
        f"generate_series(1, {many}) AS n(n) JOIN crowd_kind ON k = n.n % {len(_KINDS)} "
        f"JOIN crowd_name AS name ON name.n = pg_temp.pick(n.n, 1, {NAMES})"
    )
    columns = {
        "id": "n.n", "slug": "'stelle-' || n.n", "uid": "md5('organisation' || n.n)::uuid",
        "name": "start || ' ' || name.name", "kind": "kind", "level": "level",
        "short_name": "CASE WHEN n.n % 3 = 0 THEN name.name ELSE '' END",
        "website": "'https://stelle-' || n.n || '.example'",
    }  # fmt: skip
    insert(cursor, Organisation, columns, source)


def _venues(cursor: Any, many: int) -> None:
    """Halls, most of them in few towns."""
    cursor.execute(
        "CREATE TEMP TABLE crowd_town (n int, city text, state text, latitude numeric, longitude numeric)"
    )
    execute_values(cursor, "INSERT INTO crowd_town VALUES %s", _towns())
    source = (
        f"generate_series(1, {many}) AS n(n) "
        f"JOIN crowd_town AS town ON town.n = pg_temp.skewed(n.n, 2, {TOWNS})"
    )
    columns = {
        "id": "n.n", "slug": "'halle-' || n.n", "uid": "md5('venue' || n.n)::uuid",
        "name": "'Stadthalle ' || city || ' ' || n.n", "city": "city", "state": "state",
        "street": "'Am Markt ' || n.n", "postal_code": "'10115'",
        "latitude": "latitude + n.n % 7 * 0.003", "longitude": "longitude + n.n % 11 * 0.003",
    }  # fmt: skip
    insert(cursor, Venue, columns, source)


def _towns() -> list[tuple[int, str, str, str, str]]:
    lines = (gazetteer.FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines()
    facts = [line.split("\t") for line in lines]
    found = sorted(
        {(-int(people), name, state, *where) for _key, name, _en, state, land, *where, people in facts
         if land == "DE"}
    )  # fmt: skip
    return [(n, *town[1:]) for n, town in enumerate(found[:TOWNS], start=1)]  # type: ignore[misc]


def _people(cursor: Any, many: int) -> None:
    given = f"ARRAY{_GIVEN}"
    columns = {
        "id": "n.n", "slug": "'person-' || n.n", "uid": "md5('speaker' || n.n)::uuid",
        "given_name": f"pg_temp.one_of(n.n, 3, {given})", "family_name": "name.name",
        "academic_title": "CASE WHEN n.n % 6 = 0 THEN 'Dr.' ELSE '' END",
    }  # fmt: skip
    source = (
        f"generate_series(1, {many}) AS n(n) "
        f"JOIN crowd_name AS name ON name.n = pg_temp.pick(n.n, 4, {NAMES})"
    )
    insert(cursor, Speaker, columns, source)


def _series(cursor: Any, many: int, organisations: int) -> None:
    columns = {
        "id": "n.n", "slug": "'reihe-' || n.n", "uid": "md5('series' || n.n)::uuid",
        "name": "text.start || ' ' || name.name", "summary": "left(text.summary, 290)",
    }  # fmt: skip
    source = (
        f"generate_series(1, {many}) AS n(n) "
        f"JOIN crowd_name AS name ON name.n = pg_temp.pick(n.n, 5, {NAMES}) "
        "JOIN crowd_text AS text ON text.n = "
        f"pg_temp.pick(n.n, 6, {TEXTS})"
    )
    insert(cursor, Series, columns, source)
    link = {"series_id": "n", "organisation_id": f"pg_temp.skewed(n, 7, {organisations})"}
    insert(cursor, SeriesOrganiser, link, f"generate_series(1, {many}) AS n")
