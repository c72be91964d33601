"""Facts of the machine that every installation has: the database and the place for pictures."""

import datetime as dt
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from operations.facts import Fact, metric

# Less than that free, and it is time to make room.
LEAST_FREE = 1_000_000_000


def database(at: dt.datetime) -> Iterable[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
    words = _("PostgreSQL %(version)s, %(size)s") % {"version": version, "size": filesizeformat(size)}
    number = metric("database_size_bytes", "What the database takes on the disk.", size)
    yield Fact(_("Database"), words, metric=number)


def disk(at: dt.datetime) -> Iterable[Fact]:
    """Where pictures lie; before the first one the folder may not be there yet."""
    place = Path(settings.MEDIA_ROOT)
    while not place.exists() and place != place.parent:
        place = place.parent
    free = shutil.disk_usage(place).free
    remedy = "" if free >= LEAST_FREE else _("Make room, or move the folder MEDIA_ROOT.")
    number = metric("media_free_bytes", "What is free on the disk where pictures lie.", free)
    yield Fact(_("Free disk space for pictures"), filesizeformat(free), remedy, number)
