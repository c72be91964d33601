"""Former addresses that come back when what was done to their entries is undone."""

from collections.abc import Iterable
from typing import Any

from addresses.models import FormerSlug, model_of


def put_back(rows: Iterable[dict[str, Any]]) -> None:
    """`rows` are {column: value}. What is an entry's address by now stays that."""
    for row in rows:
        noun, slug = row["noun"], row["slug"]
        if not model_of(noun).objects.filter(slug=slug).exists():
            FormerSlug.objects.update_or_create(noun=noun, slug=slug, defaults={"target": row["target"]})
