"""Entries that all tests of a module start from, made once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written at the beginning is there for every test of the module, and then gone.

    For fixtures of that scope that also ask for `django_db_setup`. Each test works on top, in a transaction
    within this one, and takes back only what it did itself.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
