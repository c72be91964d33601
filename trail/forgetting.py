"""Words that are to be read nowhere any more, not even in the history.

When a person is anonymised the database does the same by itself (see the migrations of people and of events).
This is for what editors rewrite by hand afterwards: the sentence that named somebody is on the trail then.
"""

from collections.abc import Collection

from django.db import connection, transaction

from trail.models import Change

# Shorter words would strike what is no name; the database leaves them alone as well.
SHORTEST = 4


@transaction.atomic
def strike(words: Collection[str]) -> int:
    """Puts a dash in place of these words wherever the trail holds them. Returns in how many changes."""
    found = sum(
        Change.objects.extra(
            where=["position(%s IN concat(before::text, reason)) > 0"], params=[word]
        ).count()
        for word in words
        if len(word) >= SHORTEST
    )
    forget(words)
    return found


def forget(words: Collection[str]) -> None:
    """The same without counting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trail_strike(%s)", [list(words)])
