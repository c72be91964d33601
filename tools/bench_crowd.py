"""Many events like those of the catalogue, for measurements of the search: invented of its words and links.

Titles and summaries are put together from real ones, so that words are as frequent as people use them; names
that nobody else bears make the vocabulary grow as a large catalogue's does. Alike on every machine.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.utils.text import slugify
from psycopg2.extras import execute_values

from events.models import Appearance, Event, EventQuerySet, EventTopic, EventVenue, Participation, Venue
from events.models.choices import Mode
from lib import gazetteer

# Days around the given one on which the events take place, most of them over.
BEFORE, AFTER = 3_000, 700
# Different names that are made up.
NAMES = 20_000
_SYLLABLES = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su"]
_LINKS: tuple[type[models.Model], ...] = (Participation, EventTopic, EventVenue, Appearance)
_STEPS = ((0, 1), (0, 7), (1, 31), (3, 101))
# German towns that a crowded month takes place in.
TOWNS = 200

Row = tuple[Any, ...]


def fill(events: int, today: dt.date) -> None:
    """Adds that many published events to the real ones, which must be there.

    Triggers are left out, so nobody has told the index (see `index.rebuilding`) or the catalogue's version.
    """

    def day(n: int) -> dt.date:
        return today + dt.timedelta(days=(n * 7919) % (BEFORE + AFTER) - BEFORE)

    _add(_rows(events, Event.objects.all(), day), _LINKS)


def fill_month(events: int, first: dt.date) -> None:
    """The same with all events on days of one month, each in a German town: most of them in few of them."""
    like = Event.objects.exclude(mode=Mode.ONLINE)
    _add(
        _rows(events, like, lambda n: first + dt.timedelta(days=n % 26)),
        [model for model in _LINKS if model is not EventVenue],
    )
    venues = Venue.objects.bulk_create(_halls())
    found = Event.objects.filter(slug__startswith="menge-").order_by("pk").values_list("pk", flat=True)
    EventVenue.objects.bulk_create(
        EventVenue(event_id=pk, venue=venues[int(TOWNS ** (n * 0.618 % 1)) - 1]) for n, pk in enumerate(found)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _halls() -> Iterator[Venue]:
    """One in each of the largest towns."""
    lines = (gazetteer.FOLDER / "places.tsv").read_text(encoding="utf-8").splitlines()
    towns = {}
    for _key, name, _english, state, country, *_where, people in (line.split("\t") for line in lines):
        if country == "DE":
            towns[name] = (int(people), state)
    largest = sorted(towns, key=lambda name: towns[name], reverse=True)[:TOWNS]
    for n, name in enumerate(largest):
        yield Venue(slug=f"menge-halle-{n}", name=f"Stadthalle {name}", city=name, state=towns[name][1])


def _add(rows: Iterator[Row], links: Sequence[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "CREATE TEMP TABLE crowd (n int, model bigint, slug text, title text, summary text, day date)"
        )
        execute_values(cursor, "INSERT INTO crowd VALUES %s", rows, page_size=5_000)
        cursor.execute("SELECT coalesce(max(id), 0) FROM events_event")
        last = cursor.fetchone()[0]
        _copy(cursor, Event, "id", {
            "id": f"{last} + crowd.n", "uid": "gen_random_uuid()", "slug": "crowd.slug",
            "title": "crowd.title", "summary": "crowd.summary", "title_en": "''",
            "starts_on": "crowd.day", "ends_on": "crowd.day + crowd.n % 3",
            "start_time": "NULL", "end_time": "NULL", "date_precision": "'day'",
            "parent_id": "NULL", "edition": "NULL", "state": "'published'", "publish_from": "NULL",
            "series_id": "CASE WHEN crowd.n % 4 = 0 THEN other.series_id END",
        })  # fmt: skip
        for model in links:
            own = {"id": "DEFAULT", "event_id": f"{last} + crowd.n", "session_id": "NULL"}
            _copy(cursor, model, "event_id", own)
        cursor.execute("DROP TABLE crowd")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('events_event', 'id'), max(id)) FROM events_event"
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def _rows(events: int, like: EventQuerySet, day_of: Callable[[int], dt.date]) -> Iterator[Row]:
    """(number, the event whose facts it shares, slug, title, summary, day)."""
    found = list(like.order_by("slug").values_list("pk", "title", "summary"))
    for n in range(1, events + 1):
        # Shifted with each lap, or the same words would meet again and again.
        lap = n // len(found)
        model, one, other, third = (found[(n * step + lap * k) % len(found)] for k, step in _STEPS)
        first, last = one[1].split(), other[1].split()
        title = " ".join([*first[: (len(first) + 1) // 2], *last[len(last) // 2 :]])
        day = day_of(n)
        name = _name((n * 6151) % NAMES)
        yield (
            n,
            model[0],
            f"menge-{n}-{slugify(title)[:60]}".rstrip("-"),
            f"{title} {day.year}"[:250],
            f"{third[2][:550]} Leitung: {name}.",
            day,
        )


def _name(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:05}").capitalize()


def _copy(cursor: Any, model: type[models.Model], event: str, own: dict[str, str]) -> None:
    """Copies the rows of the events that the crowd takes after, `event` being the column that names them.

    All columns that are stored; `own` says which differ, as SQL.
    """
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not field.generated and own.get(field.column) != "DEFAULT"
    ]
    told = ", ".join(own.get(column, f'other."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {told} "  # noqa: S608
        f"FROM crowd JOIN {table} AS other ON other.{event} = crowd.model"
    )
