"""In which state the catalogue is, and up to which moment that state is complete."""

import datetime as dt
from typing import NamedTuple

from django.db import connection

from journal.models import CatalogueVersion
from lib.reading import Away, stay_on_primary

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Version(NamedTuple):
    """`number` rises with each transaction that changed anything public; `at` is when the last one did."""

    number: int
    at: dt.datetime


def current() -> Version:
    """The version now, in one query. Ask before reading data, or they may be older than the number."""
    row = CatalogueVersion.objects.values_list("number", "at").first()
    return Version(*row) if row else Version(0, NEVER)


def raise_with_commit() -> None:
    """For what changes pages and is no change of a noun's row; once for all that the transaction does."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO journal_pending VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING")


def settled_at() -> dt.datetime:
    """Every transaction that stamps rows with an earlier `modified_at` or `gone_at` has ended.

    Rows bear the start of their transaction, so one that lasts may bring forth rows that look older than
    others already seen. Who asks "what changed since" begins the next time at this moment, taken before
    the rows were read. Any open transaction of this database holds it back, since all may still write. Those
    of other roles are seen only with the right pg_read_all_stats. A replica knows of none of them: the
    request reads on in the primary. While that is away nothing is settled.
    """
    try:
        stay_on_primary()
    except Away:
        return NEVER
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), min(xact_start)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
