"""A plugin of pytest: the former release's tests empty tables although tables unknown to them refer to these.

TRUNCATE names all tables of its models at once, and PostgreSQL refuses where another one refers to them. No
site empties tables so; what the former code may delete is asked by its own tests.
"""

from typing import Any


def pytest_configure() -> None:
    """Not before: Django's parts import each other in an order of their own."""
    import django.db  # noqa: F401
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush

    def with_others(self: Any, style: Any, tables: Any, **told: Any) -> Any:
        return flush(self, style, tables, **told | {"allow_cascade": True})

    DatabaseOperations.sql_flush = with_others  # type: ignore[method-assign]
