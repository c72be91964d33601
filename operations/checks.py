"""`check --deploy` on the installation itself: where it lies, how it is reached, what is in its database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Model

# Folders that a new version of the code replaces, or that a web server might hand out with the code.
PLACES = {
    "STATIC_ROOT": "/var/lib/kongressatlas/static",
    "MEDIA_ROOT": "/var/lib/kongressatlas/media",
    "BACKUP_FOLDER": "/var/backups/kongressatlas",
}


@register(Tags.compatibility, deploy=True)
def address(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The site is one for visitors: by https, and under a name."""
    if settings.SITE_IS_HTTPS and not settings.SITE_IS_LOCAL:
        return []
    wrong = f"SITE_URL is {settings.SITE_URL}, which is no address for the public."
    return [Error(wrong, hint="Set it to https:// and the site's name.", id="operations.address")]


@register(Tags.compatibility, deploy=True)
def places(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What is written lies beside the code, not in it."""
    found: list[CheckMessage] = []
    for name, usual in PLACES.items():
        place = getattr(settings, name)
        if place and Path(place).resolve().is_relative_to(settings.BASE_DIR):
            wrong = f"{name} lies within the code: {place}."
            found.append(Warning(wrong, hint=f"Set it to {usual}, say.", id="operations.places"))
    return found


@register(Tags.compatibility, deploy=True)
def backup(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Somebody makes backups."""
    if settings.BACKUP_FOLDER:
        return []
    hint = "Set BACKUP_FOLDER, or name operations.backup in SILENCED_CHECKS where others make backups."
    return [Warning("No backups are made: BACKUP_FOLDER is empty.", hint=hint, id="operations.backup")]


@register(Tags.database, deploy=True)
def samples(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Invented entries have no place on a site for the public; asked with `--database default` alone."""
    if "default" not in (databases or ()) or settings.SAMPLES_ALLOWED:
        return []
    try:
        told = [f"{number} {model._meta.verbose_name_plural}" for model, number in _samples()]
    except DatabaseError as problem:
        wrong = f"The database could not be asked for samples: {type(problem).__name__}."
        return [Error(wrong, hint="Run `migrate` first.", id="operations.samples")]
    if not told:
        return []
    wrong = f"The database holds invented entries: {', '.join(told)}."
    return [Error(wrong, hint="`manage.py remove_samples` removes them.", id="operations.samples")]


def _samples() -> Iterator[tuple[type[Model], int]]:
    known = set(connection.introspection.table_names())
    for model in apps.get_models():
        if any(field.name == "is_sample" for field in model._meta.local_fields):
            if model._meta.db_table not in known:
                continue
            if number := model._default_manager.filter(is_sample=True).count():
                yield model, number
