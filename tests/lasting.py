"""Entries that several tests start from, made once: those of a module, and the cast."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from tests.cast import Cast, make_cast
from tests.factories import NOW


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is written at the beginning is there for every test of the module, and then gone.

    For fixtures of that scope that also ask for `django_db_setup`. Each test works on top, in a transaction
    within this one, and takes back only what it did itself.
    """
    STAGE.clear(blocker)
    STAGE.is_taken = True
    try:
        with blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        STAGE.is_taken = False


def settle() -> None:
    """Lets the database do now what it puts off until a commit; otherwise each test's end does it again."""
    connection.check_constraints()


class Stage:
    """The cast, kept while tests that want it follow one another; all others find no trace of it.

    Making it costs the database a tenth of a second, more than most tests that look at it.
    """

    def __init__(self) -> None:
        self.cast: Cast | None = None
        self.transaction: transaction.Atomic | None = None
        # By the entries of a module: a transaction of ours would have to end between theirs.
        self.is_taken = False

    def prepare(self, item: pytest.Item) -> None:
        """Before any fixture of the test."""
        blocker = item.config.stash[blocking_manager_key]
        if not wants_cast(item):
            self.clear(blocker)
        elif is_ours() and not (self.is_taken or self.transaction):
            with blocker.unblock(), time_machine.travel(NOW, tick=False):
                self.transaction = transaction.atomic()
                self.transaction.__enter__()
                self.cast = make_cast()
                settle()

    def clear(self, blocker: DjangoDbBlocker) -> None:
        if self.transaction:
            with blocker.unblock():
                transaction.set_rollback(True)
                self.transaction.__exit__(None, None, None)
            self.transaction = self.cast = None

    def copy(self) -> Cast | None:
        """Objects of the test's own: it may change them as it likes."""
        return deepcopy(self.cast)


def is_ours() -> bool:
    """Whether the tests' database is there already."""
    return connection.settings_dict["NAME"].startswith("test_")


def wants_cast(item: pytest.Item) -> bool:
    """Whether it works with the cast, in a transaction: others see what is committed only."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return "cast" in names and "transactional_db" not in names and not (marker and marker.kwargs)


STAGE = Stage()
