"""What tests of kept pieces look at."""

from django.db import connection


def kept(table):
    """(event, language) of all that the table holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT event, language FROM {table} ORDER BY event, language")
        return cursor.fetchall()
