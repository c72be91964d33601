"""Very many primary keys in a query."""

from collections.abc import Collection

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def among(keys: Collection[int]) -> RawSQL:
    """For `pk__in` and the like: one array rather than a parameter for each key, which Django looks at one
    by one, longer than the database takes to answer."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


def one_of(column: str, keys: Collection[int]) -> RawSQL:
    """The same as a condition on a column that only one of the query's tables has: each key is then looked up
    in an index, also where the planner would rather join a small table as a whole."""
    condition = f"{column} = ANY(%s::bigint[])"
    return RawSQL(condition, [list(keys)], output_field=BooleanField())  # noqa: S611 - columns are our words
