"""All that the index says, for comparing."""

from django.db import connection

from index.models import Name, Word


def told():
    """All that the index says, in a form that does not depend on how it came about."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT noun, object, words::text, head::text, forms, texts, starts_at, ends_at "
            "FROM index_document ORDER BY noun, object"
        )
        documents = cursor.fetchall()
    names = Name.objects.values_list("noun", "object", "text", "start", "rank", "canonical", "meaning")
    words = Word.objects.values_list("form", "plain", "key", "parts", "count")
    return documents, sorted(names), sorted((*row[:3], tuple(row[3]), row[4]) for row in words)
