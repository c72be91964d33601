"""Reading much of the database as it stood at one moment, whatever is committed meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def of_one_moment() -> Iterator[None]:
    """All queries within see one state, and can write nothing.

    Inside a transaction nothing changes: that one has said what it wants to see.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
