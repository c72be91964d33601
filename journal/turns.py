"""Who changes the catalogue takes turns; the database sees to it (see `lib.triggers.takes_turns`)."""

from django.db import connection

# The number that stands in the migration too.
TURN = 7_303_011


def take_turn() -> None:
    """Until the transaction ends nobody else writes. For who locks whole tables: before the first of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
