"""What every test may ask for: a stopped clock and a small cast of well-known entries."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import time_machine
from django.core.cache import cache
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make_cast
from tests.emptying import emptying_what_was_written, forget_measures, measured
from tests.factories import NOW
from tests.lasting import STAGE, is_ours


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    STAGE.prepare(item)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's own, and a quicker way to take back what tests commit."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(emptying_what_was_written())
        yield


@pytest.fixture(scope="module", autouse=True)
def _unmeasured(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What the planner knows is a module's own."""
    yield
    if is_ours():
        with django_db_blocker.unblock():
            tables = measured()
            if tables:
                STAGE.clear(django_db_blocker)
                forget_measures(tables)


@pytest.fixture
def now() -> Iterator[None]:
    """The clock stands at NOW for all of Python; the database's own clock goes on."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast(db: None, now: None) -> Cast:
    """A handful of entries that tests know by name (see tests/cast.py), with the clock at NOW."""
    return STAGE.copy() or make_cast()


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search reads all that has changed, however slow the machine is."""
    monkeypatch.setattr("index.refresh.SECONDS_PER_REQUEST", None)


@pytest.fixture(autouse=True)
def _clean_language() -> Iterator[None]:
    """A test that switches the language or fills the cache does so for itself alone."""
    with translation.override("de"):
        yield
    cache.clear()
