"""Very many primary keys in a query."""

from collections.abc import Collection

from django.db.models.expressions import RawSQL


def among(keys: Collection[int]) -> RawSQL:
    """For `pk__in` and the like: one array rather than a parameter for each key, which Django looks at one
    by one, longer than the database takes to answer."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
