"""Migrations do not let the running site wait: who waits for a lock has everybody else queue behind."""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

# A migration that gets no lock within this time fails and has changed nothing: run it again.
LOCK_TIMEOUT = "5s"


def limit_waiting(sender: Any) -> None:
    """From now on each `migrate`, whose signals the app `sender` gets like any other."""
    pre_migrate.connect(_limit, sender=sender, dispatch_uid="operations.migrating")
    post_migrate.connect(_lift, sender=sender, dispatch_uid="operations.migrating")


def _limit(using: str, **_signal: Any) -> None:
    # Behind a pool nobody knows whose session that would be.
    if not settings.DATABASE_POOLED:
        with connections[using].cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [LOCK_TIMEOUT])


def _lift(using: str, **_signal: Any) -> None:
    if not settings.DATABASE_POOLED:
        with connections[using].cursor() as cursor:
            cursor.execute("RESET lock_timeout")
