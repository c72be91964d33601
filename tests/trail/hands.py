"""Hands for tests that make several steps in one transaction, which would be one step on the trail."""

from contextlib import contextmanager

from django.db import connection

from trail.models import Change


def new_step():
    """As if the transaction ended here and another one began: what follows is another step."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS events_event_remember_version IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('kongressatlas.transaction', '', true)")
        cursor.execute("SELECT trail_transaction()")
        return cursor.fetchone()[0]


@contextmanager
def step():
    """What the block does is a step of its own; its number is known from the beginning."""
    yield new_step()
    new_step()


def steps():
    return list(Change.objects.order_by("pk").values_list("kind", "table", "owner", "before"))
