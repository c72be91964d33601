"""SQL for the triggers that keep columns true whichever way a row is written."""

from django.db.migrations import RunSQL


def touch(table: str) -> RunSQL:
    """`modified_at` is set by the database on every update of the table."""
    return RunSQL(
        f"CREATE TRIGGER {table}_touch BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION noun_touch()",
        f"DROP TRIGGER {table}_touch ON {table}",
    )


def remember_slugs(table: str, noun: str) -> RunSQL:
    """A changed slug of the table is remembered as a former address of the noun."""
    return RunSQL(
        f"CREATE TRIGGER {table}_remember_slug AFTER INSERT OR UPDATE OF slug OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION noun_remember_slug('{noun}')",
        f"DROP TRIGGER {table}_remember_slug ON {table}",
    )
