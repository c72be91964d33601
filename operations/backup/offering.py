"""What operations are told of backups: the daily one, how old the newest is, what stands in all of them."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import date as shown
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operations import facts, jobs
from operations.backup import left_out, making, offer_digest

# A daily backup that is older has failed, or its timer has stopped.
OLDEST = dt.timedelta(hours=36)


def offer_backups() -> None:
    offer_digest("tables", tables)
    facts.offer("backup", newest)
    if settings.BACKUP_FOLDER:
        jobs.offer("back_up", gettext_lazy("Make a backup"), jobs.DAY)


def newest(at: dt.datetime) -> Iterable[facts.Fact]:
    label = _("Newest backup")
    if not settings.BACKUP_FOLDER:
        yield facts.Fact(label, _("not made by this site: BACKUP_FOLDER is not set"))
        return
    found = making.backups(Path(settings.BACKUP_FOLDER))
    remedy = _("Run back_up, and look why the timer does not.")
    if not found:
        yield facts.Fact(label, _("none yet"), remedy)
        return
    made = making.made_at(found[0])
    told = shown(timezone.localtime(made), "SHORT_DATETIME_FORMAT")
    value = f"{told}, {filesizeformat(found[0].stat().st_size)}"
    number = facts.metric("backup_timestamp_seconds", "When the newest backup was made.", made.timestamp())
    yield facts.Fact(label, value, "" if at - made <= OLDEST else remedy, number)


def tables() -> str:
    """How many rows each table has, those apart that do not outlive a crash or are in no backup."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relpersistence = 'p'"
            " AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        names = [name for (name,) in cursor.fetchall() if name not in left_out()]
        counts = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in names)  # noqa: S608
        cursor.execute(counts)
        told = sorted(cursor.fetchall())
    return hashlib.sha256(repr(told).encode()).hexdigest()
