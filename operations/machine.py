"""Facts of the machine that every installation has: the database and the place for pictures."""

import datetime as dt
import platform
import shutil
import tomllib
from collections.abc import Iterable
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from operations.facts import Fact, metric
from operations.jobs import DAY
from operations.models import ErrorNotice

# Less than that free, and it is time to make room.
LEAST_FREE = 1_000_000_000


def software(at: dt.datetime) -> Iterable[Fact]:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    words = _("%(version)s, Django %(django)s, Python %(python)s")
    told = {
        "version": project["version"],
        "django": django.get_version(),
        "python": platform.python_version(),
    }
    yield Fact(_("Software"), words % told)


def errors(at: dt.datetime) -> Iterable[Fact]:
    """Those that were mailed lately; without recipients nobody knows."""
    kinds = ErrorNotice.objects.filter(mailed_at__gt=at - DAY).count()
    if not settings.ERROR_RECIPIENTS and not kinds:
        yield Fact(_("Errors"), _("are not mailed to anybody (ERROR_RECIPIENTS)"))
        return
    words = ngettext("%(kinds)d kind within a day", "%(kinds)d kinds within a day", kinds) % {"kinds": kinds}
    remedy = _("Look into the log; those who run the site got a mail.") if kinds else ""
    number = metric("errors_mailed", "Kinds of errors that were mailed within a day.", kinds)
    yield Fact(_("Errors"), words, remedy, number)


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
